// Runs in the page: what the library takes on the disk, how it is, and what can be done when it is not well.
import { useState } from 'react';
import { failureIn } from '../engine/failure.ts';
import { useDiagnostics, useRebuild, useStatus } from '../engine/settings.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { FailureText } from '../ui/failure-text.tsx';
import { StorageIcon, WarningIcon } from '../ui/icons.ts';
import { MoveDialog } from './move-dialog.tsx';

const PARTS = ['previews', 'index', 'packs', 'library', 'logs'] as const;

function saveText(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  // Read by then; the address alone would keep the text in memory.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function StorageTab({ onErrors }: { readonly onErrors: () => void }) {
  const t = useT();
  const format = useFormat();
  const status = useStatus().data;
  const rebuild = useRebuild();
  const diagnostics = useDiagnostics();
  const [asking, setAsking] = useState(false);
  const [moving, setMoving] = useState(false);
  const total = status ? PARTS.reduce((sum, part) => sum + status.bytes[part], 0) : 0;
  const failure = rebuild.error ?? diagnostics.error;
  return (
    <>
      <section className="setting" aria-labelledby="storage-title">
        <h3 id="storage-title">{t('storage.title')}</h3>
        {status && (
          <>
            <div className="storage-bar" aria-hidden>
              {PARTS.map((part) => (
                <span
                  key={part}
                  data-part={part}
                  style={{ flexGrow: status.bytes[part] / Math.max(1, total) }}
                />
              ))}
            </div>
            <dl className="storage-parts">
              {PARTS.map((part) => (
                <div key={part} data-part={part}>
                  <dt>{t(`storage.${part}`)}</dt>
                  <dd>{format.bytes(status.bytes[part])}</dd>
                </div>
              ))}
            </dl>
            <p className="setting-note">
              {t('storage.where', { bytes: format.bytes(total) })}{' '}
              <bdi className="path">{status.library}</bdi>
            </p>
            <div className="setting-actions">
              <Button icon={<StorageIcon size={15} aria-hidden />} onClick={() => setMoving(true)}>
                {t('move.open')}
              </Button>
            </div>
          </>
        )}
      </section>
      <section className="setting" aria-labelledby="health-title">
        <h3 id="health-title">{t('health.title')}</h3>
        {status && (
          <p className="setting-note">
            {t('health.counts', {
              items: format.number(status.items),
              files: format.number(status.files),
              queue: format.number(status.queue),
            })}
          </p>
        )}
        <div className="setting-actions">
          <Button icon={<WarningIcon size={15} aria-hidden />} onClick={onErrors}>
            {status && status.errors > 0
              ? t('errors.count', { count: status.errors, n: format.number(status.errors) })
              : t('menu.errors')}
          </Button>
          <Button
            disabled={diagnostics.isPending}
            onClick={() =>
              diagnostics.mutate(undefined, {
                onSuccess: (text) => saveText('afterimage-diagnostics.json', text),
              })
            }
          >
            {t('health.diagnostics')}
          </Button>
          <Button disabled={rebuild.isPending || asking} onClick={() => setAsking(true)}>
            {t('health.rebuild')}
          </Button>
        </div>
        <p className="setting-note">{t('health.diagnosticsExplain')}</p>
        {asking && (
          <div className="entry-ask" role="group" aria-label={t('health.rebuild')}>
            <p>{t('health.rebuildAsk')}</p>
            <Button autoFocus onClick={() => setAsking(false)}>
              {t('common.cancel')}
            </Button>
            <Button
              look="danger"
              onClick={() => {
                setAsking(false);
                rebuild.mutate(undefined);
              }}
            >
              {t('health.rebuildYes')}
            </Button>
          </div>
        )}
        {rebuild.isSuccess && (
          <p className="setting-note" role="status">
            {t('health.rebuilt')}
          </p>
        )}
        {failure && <FailureText failure={failureIn(failure)} />}
      </section>
      {moving && status && <MoveDialog from={status.library} onClose={() => setMoving(false)} />}
    </>
  );
}
