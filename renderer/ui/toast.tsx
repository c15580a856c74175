// Runs in the page: a sentence over the lower edge that goes by itself, with the way back where there is one.
import type { Notice } from '../use-notice.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from './button.tsx';
import { UndoIcon } from './icons.ts';
import './toast.css';

export function Toast({ notice }: { readonly notice: Notice | null }) {
  const t = useT();
  return (
    <div className="toast-place">
      <div className="toast" data-empty={notice === null || undefined}>
        <p role="status">{notice?.text}</p>
        {notice?.onUndo && (
          <Button look="quiet" icon={<UndoIcon size={15} aria-hidden />} onClick={notice.onUndo}>
            {t('edit.undo')}
          </Button>
        )}
      </div>
    </div>
  );
}
