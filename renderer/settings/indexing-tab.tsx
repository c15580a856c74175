// Runs in the page: how much of the machine indexing may use, and when it rests.
import type { Settings } from '../../contract/upkeep.ts';
import { useProgress } from '../engine/engine.ts';
import { usePause } from '../engine/queries.ts';
import { useSetSettings, useSettings } from '../engine/settings.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { PauseIcon, ResumeIcon } from '../ui/icons.ts';

const EFFORTS: readonly Settings['effort'][] = ['full', 'half', 'quiet'];

export function IndexingTab() {
  const t = useT();
  const settings = useSettings().data;
  const set = useSetSettings();
  const pause = usePause();
  const progress = useProgress();
  const paused = progress?.phase === 'paused';
  const waits = paused && progress.pausedFor === 'battery';
  const moving = paused && progress.pausedFor === 'move';
  return (
    <>
      <fieldset className="setting">
        <legend>{t('effort.title')}</legend>
        {EFFORTS.map((effort) => (
          <label key={effort} className="choice">
            <input
              type="radio"
              name="effort"
              checked={settings?.effort === effort}
              onChange={() => set.mutate({ effort })}
            />
            <span>
              <strong>{t(`effort.${effort}`)}</strong>
              <small>{t(`effort.${effort}Explain`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <section className="setting" aria-labelledby="rest-title">
        <h3 id="rest-title">{t('rest.title')}</h3>
        <label className="setting-switch">
          <input
            type="checkbox"
            checked={settings?.pauseOnBattery === true}
            onChange={(event) => set.mutate({ pauseOnBattery: event.target.checked })}
          />
          <span>
            {t('rest.battery')}
            <small>{t('rest.batteryExplain')}</small>
          </span>
        </label>
        <div className="setting-actions">
          <Button
            icon={paused ? <ResumeIcon size={15} aria-hidden /> : <PauseIcon size={15} aria-hidden />}
            disabled={waits || moving}
            onClick={() => pause.mutate(!paused)}
          >
            {t(paused ? 'progress.resume' : 'progress.pause')}
          </Button>
          <span className="setting-note" role="status">
            {waits
              ? t('rest.waits')
              : moving
                ? t('move.status')
                : progress
                  ? t(`phase.${progress.phase}`)
                  : ''}
          </span>
        </div>
      </section>
    </>
  );
}
