// Runs in the page: one line about what is being taken out, was, or could not be.
import { useFormat, useT } from '../i18n/i18n.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { FailureText } from '../ui/failure-text.tsx';
import { CloseIcon } from '../ui/icons.ts';
import type { Saving } from './use-save.ts';

export function SavingLine({ saving, onClose }: { readonly saving: Saving; readonly onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  return (
    <div className="player-saving">
      {saving.state === 'writing' && (
        <p role="status">
          {t('player.saving')}
          {saving.share !== null && ` · ${t('player.preparingOf', { share: format.percent(saving.share) })}`}
        </p>
      )}
      {saving.state === 'saved' && <p role="status">{t('player.saved', { path: saving.path })}</p>}
      {saving.state === 'failed' && (
        <>
          <FailureText failure={saving.failure} />
          {saving.failure.code === 'FOLDER_WATCHED' && (
            <Button onClick={saving.again}>{t('player.watchedYes')}</Button>
          )}
        </>
      )}
      <IconButton
        label={t(saving.state === 'writing' ? 'common.cancel' : 'common.close')}
        tip="above-end"
        onClick={onClose}
      >
        <CloseIcon size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
