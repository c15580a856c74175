// Runs in the page: moves the library: where to, what that takes, how far it is, and how it ended.
import { useEffect, useRef, useState } from 'react';
import type { MovePlan, MoveState } from '../../contract/moving.ts';
import { useConnection } from '../engine/engine.ts';
import { failureIn } from '../engine/failure.ts';
import { useMoveOrders, useMovePlan, useMoveState } from '../engine/moving.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureText } from '../ui/failure-text.tsx';
import { FolderIcon } from '../ui/icons.ts';
import { useFolderPicker } from '../upkeep/folder-picker.tsx';
import './move-dialog.css';

function Plan({ from, plan }: { readonly from: string; readonly plan: MovePlan | undefined }) {
  const t = useT();
  const format = useFormat();
  return (
    <dl className="move-plan">
      <div>
        <dt>{t('move.from')}</dt>
        <dd>
          <bdi className="path">{from}</bdi>
        </dd>
      </div>
      {plan && (
        <>
          <div>
            <dt>{t('move.to')}</dt>
            <dd>
              <bdi className="path">{plan.to}</bdi>
            </dd>
          </div>
          <div>
            <dt>{t('move.size')}</dt>
            <dd>{format.bytes(plan.bytes)}</dd>
          </div>
          <div>
            <dt>{t('move.free')}</dt>
            <dd>{format.bytes(plan.freeBytes)}</dd>
          </div>
        </>
      )}
    </dl>
  );
}

function Running({ state, isLost }: { readonly state: MoveState; readonly isLost: boolean }) {
  const t = useT();
  const format = useFormat();
  const { phase, doneBytes, totalBytes, bytesPerSecond, remainingMs } = state;
  const parts = [t('move.of', { done: format.bytes(doneBytes), total: format.bytes(totalBytes) })];
  if (bytesPerSecond !== null) parts.push(t('move.rate', { bytes: format.bytes(bytesPerSecond) }));
  if (remainingMs !== null) parts.push(t('progress.left', { time: format.duration(remainingMs) }));
  const copying = phase === 'copying' && !isLost && state.state === 'running';
  return (
    <>
      <progress
        className="move-progress"
        aria-label={t('move.progress')}
        value={doneBytes}
        max={Math.max(1, totalBytes)}
      />
      <p className="move-numbers">
        {copying
          ? parts.join(' · ')
          : t(phase === 'checking' && !isLost ? 'move.checking' : 'move.switching')}
      </p>
      <p className="move-place">
        <FolderIcon size={18} aria-hidden />
        <bdi className="path">{state.to}</bdi>
      </p>
      <p className="setting-note">{t('move.background')}</p>
    </>
  );
}

export interface MoveDialogProps {
  /** Where the library lies as the dialog opens. */
  readonly from: string;
  readonly onClose: () => void;
}

export function MoveDialog({ from, onClose }: MoveDialogProps) {
  const t = useT();
  const format = useFormat();
  const pick = useFolderPicker();
  const state = useMoveState();
  const isLost = useConnection().phase !== 'open';
  const plan = useMovePlan();
  const { start, stop } = useMoveOrders();
  const [opened] = useState(from);
  const [keep, setKeep] = useState(false);
  const [seen, setSeen] = useState(false);
  // A move that ended before this dialog was opened is not its matter.
  if (state?.state === 'running' && !seen) setSeen(true);
  const ended = seen && state !== null && state.state !== 'running' ? state : null;
  const running = state !== null && (state.state === 'running' || (ended?.state === 'moved' && isLost));
  const moved = !running && ended?.state === 'moved';
  const view = running ? 'running' : moved ? 'moved' : 'choosing';

  const place = useRef<HTMLDivElement>(null);
  const before = useRef(view);
  useEffect(() => {
    // The button that was pressed is gone: the keyboard goes on from what took its place.
    if (before.current !== view) place.current?.focus();
    before.current = view;
  }, [view]);

  const choose = async () => {
    const folder = await pick(t('move.pick'));
    if (folder === null) return;
    start.reset();
    plan.mutate(folder);
  };
  const there = plan.data;
  const missing = there ? there.neededBytes - there.freeBytes : 0;
  const failure = plan.error ?? start.error ?? stop.error;
  return (
    <Dialog
      title={t('move.title')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t(view === 'choosing' ? 'common.cancel' : 'common.close')}</Button>
          {view === 'running' && (
            <Button
              disabled={stop.isPending || isLost || state?.phase === 'switching'}
              onClick={() => stop.mutate()}
            >
              {t('move.stop')}
            </Button>
          )}
          {view === 'choosing' && (
            <Button
              look={there ? 'plain' : 'primary'}
              disabled={plan.isPending || start.isPending}
              onClick={() => void choose()}
            >
              {t(there ? 'move.chooseOther' : 'move.choose')}
            </Button>
          )}
          {view === 'choosing' && there && (
            <Button
              look="primary"
              disabled={missing > 0 || start.isPending}
              onClick={() => start.mutate({ to: there.to, keep }, { onSuccess: () => setSeen(true) })}
            >
              {t('move.start')}
            </Button>
          )}
        </>
      }
    >
      <div ref={place} className="move" tabIndex={-1} aria-label={t('move.title')} role="group">
        {view === 'choosing' && (
          <>
            <p>{t('move.explain')}</p>
            <Plan from={opened} plan={there} />
            {there && missing > 0 && (
              <p className="move-missing" role="alert">
                {t('move.missing', { bytes: format.bytes(missing) })}
              </p>
            )}
            {there && missing <= 0 && there.neededBytes < there.bytes && (
              <p className="setting-note">{t('move.oneDisk')}</p>
            )}
            {there && (
              <label className="setting-switch">
                <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.target.checked)} />
                <span>
                  {t('move.keep')}
                  <small>{t('move.keepExplain')}</small>
                </span>
              </label>
            )}
          </>
        )}
        {view === 'running' && state && <Running state={state} isLost={isLost} />}
        {moved && (
          <>
            <p role="status">
              {t('move.done', {
                bytes: format.bytes(ended.doneBytes),
                time: format.duration(ended.seconds * 1000),
              })}
            </p>
            <p className="move-place">
              <FolderIcon size={18} aria-hidden />
              <bdi className="path">{ended.to}</bdi>
            </p>
            <p className="setting-note">{t('move.led')}</p>
          </>
        )}
        {ended?.state === 'stopped' && <p role="status">{t('move.stopped')}</p>}
        {ended?.failure && view === 'choosing' && <FailureText failure={ended.failure} />}
        {failure && view === 'choosing' && <FailureText failure={failureIn(failure)} />}
      </div>
    </Dialog>
  );
}
