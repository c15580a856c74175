// Runs in the page: asks whether folders that were dropped or opened with the app are to be watched.
import { failureIn } from '../engine/failure.ts';
import { useAddRoot } from '../engine/queries.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureText } from '../ui/failure-text.tsx';
import { AddFolderIcon, FolderIcon } from '../ui/icons.ts';
import { PathLine } from '../ui/path-line.tsx';

export interface WatchDialogProps {
  /** Absolute. */
  readonly folders: readonly string[];
  readonly onClose: () => void;
}

export function WatchDialog({ folders, onClose }: WatchDialogProps) {
  const t = useT();
  const format = useFormat();
  const add = useAddRoot();
  const watch = async () => {
    try {
      for (const path of folders) await add.mutateAsync(path);
      onClose();
    } catch {
      // Said below; what came before it is watched.
    }
  };
  return (
    <Dialog
      title={t('shell.watchTitle', { count: folders.length, n: format.number(folders.length) })}
      icon={<AddFolderIcon size={20} strokeWidth={1.75} />}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" autoFocus disabled={add.isPending} onClick={() => void watch()}>
            {t('shell.watch')}
          </Button>
        </>
      }
    >
      <ul className="entries-boxed">
        {folders.map((path) => (
          <li key={path} className="entry">
            <FolderIcon size={20} strokeWidth={1.75} aria-hidden />
            <div className="entry-text">
              <PathLine path={path} />
            </div>
          </li>
        ))}
      </ul>
      <p className="dialog-aside">{t('shell.watchExplain')}</p>
      {add.error && <FailureText failure={failureIn(add.error)} />}
    </Dialog>
  );
}
