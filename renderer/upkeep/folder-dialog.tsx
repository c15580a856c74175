// Runs in the page in a browser: walks the folders of this machine as the engine lists them.
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { failureIn } from '../engine/failure.ts';
import { useFolders } from '../engine/queries.ts';
import { useT } from '../i18n/i18n.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureText } from '../ui/failure-text.tsx';
import { FolderIcon, NextIcon, UpIcon } from '../ui/icons.ts';
import { crumbsOf } from './crumbs.ts';
import './folder-dialog.css';

export interface FolderDialogProps {
  readonly title: string;
  readonly onAnswer: (path: string | null) => void;
}

export function FolderDialog({ title, onAnswer }: FolderDialogProps) {
  const t = useT();
  const [path, setPath] = useState<string | undefined>(undefined);
  const folders = useFolders(path);
  const listing = folders.data;
  const list = useRef<HTMLUListElement>(null);
  const shown = listing?.path;
  useEffect(() => {
    // Another folder begins at its top, with the keyboard on its first entry.
    list.current?.scrollTo(0, 0);
    list.current?.querySelector('button')?.focus();
  }, [shown]);

  const onKeyDown = (event: KeyboardEvent) => {
    const entries = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = entries.findIndex((entry) => entry === document.activeElement);
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: entries.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) entries[Math.min(entries.length - 1, Math.max(0, to))]?.focus();
    else if (event.key === 'ArrowRight' && at >= 0) entries[at]?.click();
    else if ((event.key === 'ArrowLeft' || event.key === 'Backspace') && listing?.parent)
      setPath(listing.parent);
    else if (event.key.length === 1 && event.key !== ' ') {
      const letter = event.key.toLocaleLowerCase();
      const later = [...entries.slice(at + 1), ...entries.slice(0, at + 1)];
      later.find((entry) => entry.textContent.toLocaleLowerCase().startsWith(letter))?.focus();
      return;
    } else return;
    event.preventDefault();
  };

  return (
    <Dialog
      size="wide"
      title={title}
      onClose={() => onAnswer(null)}
      footer={
        <>
          <span className="folder-chosen">
            <bdi className="path">{listing?.path}</bdi>
          </span>
          <Button onClick={() => onAnswer(null)}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={!listing} onClick={() => onAnswer(listing?.path ?? null)}>
            {t('folders.choose')}
          </Button>
        </>
      }
    >
      <div className="folder-way">
        <IconButton
          label={t('folders.up')}
          shortcut="←"
          tip="below-start"
          disabled={!listing?.parent}
          onClick={() => listing?.parent && setPath(listing.parent)}
        >
          <UpIcon size={18} aria-hidden />
        </IconButton>
        <nav aria-label={t('folders.way')}>
          <ol>
            {crumbsOf(listing?.path ?? '').map((crumb) => (
              <li key={crumb.path}>
                <button type="button" onClick={() => setPath(crumb.path)}>
                  {crumb.name}
                </button>
              </li>
            ))}
          </ol>
        </nav>
      </div>
      {folders.error && <FailureText failure={failureIn(folders.error)} />}
      <div className="folder-columns" data-busy={folders.isPlaceholderData || undefined}>
        <nav aria-label={t('folders.places')}>
          <ul>
            {listing?.places.map((place) => (
              <li key={place.path}>
                <button
                  type="button"
                  className="folder-entry"
                  aria-current={place.path === listing.path || undefined}
                  onClick={() => setPath(place.path)}
                >
                  {place.name}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <ul ref={list} className="folder-list" aria-label={t('folders.inside')} onKeyDown={onKeyDown}>
          {listing?.folders.map((folder) => (
            <li key={folder.path}>
              <button type="button" className="folder-entry" onClick={() => setPath(folder.path)}>
                <FolderIcon size={17} aria-hidden />
                <bdi>{folder.name}</bdi>
                <NextIcon size={15} aria-hidden />
              </button>
            </li>
          ))}
          {listing?.folders.length === 0 && <li className="folder-none">{t('folders.none')}</li>}
        </ul>
      </div>
    </Dialog>
  );
}
