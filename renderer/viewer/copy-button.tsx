// Runs in the page: copies a path and says so where it was asked.
import { useEffect, useState } from 'react';
import { useT } from '../i18n/i18n.ts';
import { IconButton } from '../ui/button.tsx';
import { CheckIcon, CopyIcon } from '../ui/icons.ts';

const SAID_MS = 1_600;

/** By the old way, which needs no permission: the app's page has none. */
function copyBySelection(text: string, near: Element): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'spoken-only';
  // Within the dialog: what is outside a modal dialog cannot be focused.
  near.append(field);
  field.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated without a successor that works here
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
}

export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const t = useT();
  const [said, setSaid] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (said === null) return undefined;
    const timer = setTimeout(() => setSaid(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async (button: HTMLElement) => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('copied');
    } catch {
      const copied = copyBySelection(text, button.closest('dialog') ?? document.body);
      button.focus();
      setSaid(copied ? 'copied' : 'failed');
    }
  };
  const now = said === null ? label : t(said === 'copied' ? 'common.copied' : 'common.notCopied');
  return (
    <>
      <IconButton label={now} tip="above-end" onClick={(event) => void copy(event.currentTarget)}>
        {said === 'copied' ? <CheckIcon size={16} aria-hidden /> : <CopyIcon size={16} aria-hidden />}
      </IconButton>
      <span className="spoken-only" role="status">
        {said === null ? '' : now}
      </span>
    </>
  );
}
