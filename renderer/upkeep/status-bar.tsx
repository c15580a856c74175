// Runs in the page: what the engine is doing, in one quiet line that is there only while there is something to say.
import { useEffect, useState } from 'react';
import type { Progress } from '../../contract/upkeep.ts';
import { useConnection, useEngine, useProgress } from '../engine/engine.ts';
import { usePause } from '../engine/queries.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { LostIcon, PauseIcon, ResumeIcon, WarningIcon } from '../ui/icons.ts';
import './status-bar.css';

/** A reconnect that takes no longer than this is not worth a word. */
const SILENT_MS = 800;

function Lost() {
  const t = useT();
  const { connection } = useEngine();
  const state = useConnection();
  const [late, setLate] = useState(false);
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SILENT_MS);
    const clock = setInterval(() => setNowMs(Date.now()), 500);
    return () => {
      clearTimeout(timer);
      clearInterval(clock);
    };
  }, []);
  if (!late || state.phase === 'open') return null;
  const seconds = state.phase === 'waiting' ? Math.max(1, Math.ceil((state.retryAtMs - nowMs) / 1000)) : 0;
  return (
    <footer className="status-bar status-lost" role="status">
      <LostIcon size={16} aria-hidden />
      <p>
        {t('connection.lost')}{' '}
        {state.phase === 'waiting' ? t('connection.retryIn', { count: seconds }) : t('connection.trying')}{' '}
        {state.attempt > 4 && t('connection.restarted')}
      </p>
      {state.phase === 'waiting' && (
        <Button look="quiet" onClick={connection.retryNow}>
          {t('connection.now')}
        </Button>
      )}
    </footer>
  );
}

/** So few are left that a part of one is worth telling. */
const FEW = 5;

function useProgressWords(): (progress: Progress) => string {
  const t = useT();
  const format = useFormat();
  return ({ phase, done, total, within, rate, remainingMs }) => {
    const parts = [t(`phase.${phase}`)];
    if (phase !== 'idle' && total > 0)
      parts.push(t('progress.of', { done: format.number(done), total: format.number(total) }));
    // One long film among few: its own share is what moves.
    if (phase !== 'paused' && within > 0 && total - done <= FEW)
      parts.push(t('progress.within', { share: format.number(Math.round((within / (total - done)) * 100)) }));
    if (phase !== 'paused' && phase !== 'idle' && rate > 0)
      parts.push(t('progress.rate', { n: format.number(rate < 10 ? rate : Math.round(rate)) }));
    if (phase !== 'paused' && remainingMs !== null && remainingMs > 0)
      parts.push(t('progress.left', { time: format.duration(remainingMs) }));
    return parts.join(' · ');
  };
}

export interface StatusBarProps {
  readonly onErrors: () => void;
}

export function StatusBar({ onErrors }: StatusBarProps) {
  const t = useT();
  const format = useFormat();
  const words = useProgressWords();
  const connection = useConnection();
  const progress = useProgress();
  const pause = usePause();
  if (connection.phase !== 'open') return <Lost />;
  const working = progress !== null && progress.phase !== 'idle';
  const errors = progress?.errors ?? 0;
  const filling = progress?.filling ?? null;
  if (!working && errors === 0 && filling === null) return null;
  const paused = progress?.phase === 'paused';
  const moving = progress?.pausedFor === 'move';
  const errorsSaid = t('errors.count', { count: errors, n: format.number(errors) });
  return (
    <footer className="status-bar">
      {working && !moving && (
        <progress
          aria-label={t('progress.label')}
          value={progress.done + progress.within}
          max={Math.max(1, progress.total)}
          data-paused={paused || undefined}
        />
      )}
      {working && <p>{moving ? t('move.status') : words(progress)}</p>}
      {filling && (
        <p className="status-filling">
          {t('progress.filling', { done: format.number(filling.done), total: format.number(filling.total) })}
        </p>
      )}
      {errors > 0 && (
        <Button
          look="quiet"
          icon={<WarningIcon size={15} aria-hidden />}
          aria-label={errorsSaid}
          onClick={onErrors}
        >
          <span className="status-long">{errorsSaid}</span>
          <span className="status-short">{format.number(errors)}</span>
        </Button>
      )}
      {working && !moving && (
        <IconButton
          label={t(paused ? 'progress.resume' : 'progress.pause')}
          tip="above-end"
          onClick={() => pause.mutate(!paused)}
        >
          {paused ? <ResumeIcon size={16} aria-hidden /> : <PauseIcon size={16} aria-hidden />}
        </IconButton>
      )}
    </footer>
  );
}
