// Runs in the page: exports what is selected into a folder: copies, one ZIP, or what is known as a table.
import { useMemo, useState } from 'react';
import type { ExportForm } from '../../contract/export.ts';
import type { ItemId } from '../../contract/ids.ts';
import { failureIn } from '../engine/failure.ts';
import { useExport } from '../engine/leaving.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureText } from '../ui/failure-text.tsx';
import { ExportIcon } from '../ui/icons.ts';
import { useFolderPicker } from '../upkeep/folder-picker.tsx';
import './export-dialog.css';

const FORMS: readonly ExportForm[] = ['copies', 'zip', 'json', 'csv'];

export interface ExportDialogProps {
  readonly itemIds: readonly ItemId[];
  readonly onClose: () => void;
}

export function ExportDialog({ itemIds, onClose }: ExportDialogProps) {
  const t = useT();
  const format = useFormat();
  const pick = useFolderPicker();
  const [form, setForm] = useState<ExportForm>('copies');
  // What was selected when the dialog opened.
  const [chosen] = useState(() => [...itemIds]);
  const { progress, running, error, start } = useExport(useMemo(() => chosen, [chosen]));
  const choose = async () => {
    const folder = await pick(t('export.pick'));
    if (folder !== null) start(form, folder);
  };
  const done = progress !== null && progress.path !== null;
  return (
    <Dialog
      icon={<ExportIcon size={19} strokeWidth={1.9} />}
      title={t('export.title', { count: chosen.length, n: format.number(chosen.length) })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t(done ? 'common.close' : 'common.cancel')}</Button>
          {!done && (
            <Button look="primary" disabled={running} onClick={() => void choose()}>
              {t('export.choose')}
            </Button>
          )}
        </>
      }
    >
      <fieldset className="choices" disabled={running || done}>
        <legend className="spoken-only">{t('export.form')}</legend>
        {FORMS.map((one) => (
          <label key={one} className="choice">
            <input type="radio" name="export-form" checked={form === one} onChange={() => setForm(one)} />
            <span>
              <strong>{t(`export.${one}`)}</strong>
              <small>{t(`export.${one}Explain`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {running && (
        <div className="export-progress">
          <progress
            aria-label={t('export.progress')}
            value={progress?.done ?? 0}
            max={Math.max(1, chosen.length)}
          />
          <small>
            {t('progress.of', {
              done: format.number(progress?.done ?? 0),
              total: format.number(chosen.length),
            })}
          </small>
        </div>
      )}
      {done && (
        <p className="export-done" role="status">
          {t('export.done', { bytes: format.bytes(progress.bytes) })}{' '}
          <bdi className="path">{progress.path}</bdi>
        </p>
      )}
      {progress !== null && progress.missed.length > 0 && (
        <p className="export-missed">
          {t('export.missed', {
            count: progress.missed.length,
            n: format.number(progress.missed.length),
            names: format.list(progress.missed.slice(0, 5).map(({ name }) => name)),
          })}
        </p>
      )}
      {error !== null && <FailureText failure={failureIn(error)} />}
    </Dialog>
  );
}
