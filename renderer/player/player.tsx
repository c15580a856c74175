// Runs in the page: a film or a sound in the whole window, from the moment that matches, with its words beside it.
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import type { Result, SearchInput } from '../../contract/search.ts';
import { useEngine } from '../engine/engine.ts';
import { failureIn } from '../engine/failure.ts';
import { usePlayback, useRelevance, useWaveform } from '../engine/playback.ts';
import type { GridList } from '../grid/grid-list.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { useCommand } from '../shell/commands.ts';
import { useCanAct, useFact } from '../shell/facts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Modal } from '../ui/dialog.tsx';
import { FailureText } from '../ui/failure-text.tsx';
import {
  AudioIcon,
  BackIcon,
  ClipEndIcon,
  ClipStartIcon,
  CloseIcon,
  DetailsIcon,
  MoreLikeIcon,
  NextIcon,
  PauseIcon,
  PreviousIcon,
  ResumeIcon,
} from '../ui/icons.ts';
import { CopyButton } from '../viewer/copy-button.tsx';
import { Details } from '../viewer/details.tsx';
import { Heart, useMarkCommands } from '../viewer/marks.tsx';
import { useViewed } from '../viewer/use-viewed.ts';
import { clock } from './clock.ts';
import { linkTo } from './link.ts';
import { SavingLine } from './saving-line.tsx';
import { Timeline } from './timeline.tsx';
import type { ClipEnds } from './timeline.tsx';
import { Transcript } from './transcript.tsx';
import { usePlayable } from './use-playable.ts';
import { usePlayhead } from './use-playhead.ts';
import { useSave } from './use-save.ts';
import './player.css';

const STEP_MS = 5_000;
const FAR_MS = 10_000;
const BEST_SHOWN = 5;
const FORMATS = ['srt', 'vtt', 'txt'] as const;

/** What is searched for, as the engine is asked; null: nothing. */
export interface Question {
  readonly request: SearchInput | null;
  readonly key: string;
}

export interface PlayerProps {
  readonly list: GridList;
  readonly itemId: ItemId;
  /** Where to begin; null: at the moment that matches best. */
  readonly startMs: number | null;
  readonly question: Question;
  readonly showsDetails: boolean;
  readonly onDetails: () => void;
  readonly onGo: (itemId: ItemId) => void;
  readonly onSearchBy: (item: Result, alone: boolean) => void;
  readonly onClose: () => void;
}

/** Moments of a result that can be gone to, best first. */
const momentsOf = (item: Result | null) =>
  (item?.moments ?? []).flatMap(({ momentId, startMs, text }) =>
    startMs === null ? [] : [{ momentId, startMs, text }],
  );

/** Waits for what is known of the item: where to begin depends on it. */
export function Player(props: PlayerProps) {
  const { list, itemId, question, startMs } = props;
  const t = useT();
  const seen = useViewed(list, itemId);
  const best = question.request === null ? undefined : momentsOf(seen.item)[0];
  return (
    <Modal
      className="viewer player"
      onClose={props.onClose}
      label={t('player.title', { name: seen.viewed.name })}
    >
      {seen.item !== null && (
        <Frame key={itemId} {...props} seen={seen} beginMs={startMs ?? best?.startMs ?? 0} />
      )}
    </Modal>
  );
}

type FrameProps = PlayerProps & {
  readonly seen: ReturnType<typeof useViewed>;
  readonly beginMs: number;
};

function Frame({ list, itemId, question, seen, beginMs: begin, ...props }: FrameProps) {
  const t = useT();
  const format = useFormat();
  const { client, media } = useEngine();
  const { index, item, viewed, details } = seen;
  const [beginMs] = useState(begin);
  const playback = usePlayback(itemId);
  const data = playback.data;
  const isAudio =
    item?.kind === 'audio' || (data !== undefined && data.video === null && data.audio !== null);
  const playable = usePlayable(data);
  const { setElement, nowMs, lengthMs, playing, seek, toggle } = usePlayhead(
    beginMs,
    data?.durationMs ?? item?.durationMs ?? null,
  );
  const relevance = useRelevance(itemId, question.request, question.key);
  const waveform = useWaveform(itemId, isAudio && data?.audio !== null);
  const [clip, setClip] = useState<ClipEnds>({ startMs: null, endMs: null });
  const [transcriptId, setTranscriptId] = useState<number | null>(null);
  const saver = useSave();
  const transcripts = data?.transcripts ?? [];
  const transcript = transcripts.find((one) => one.transcriptId === transcriptId) ?? transcripts[0];
  const best = question.request === null ? [] : momentsOf(item).slice(0, BEST_SHOWN);
  const hasClip = clip.startMs !== null && clip.endMs !== null && clip.endMs > clip.startMs;

  const go = (by: 1 | -1) => {
    const to = index < 0 ? undefined : list.idAt(index + by);
    if (to !== undefined) props.onGo(to);
  };
  useFact('previous', index > 0);
  useFact('next', index >= 0 && index < list.count - 1);
  const [canGoBack, canGoOn] = [useCanAct('previous'), useCanAct('next')];
  // The arrow keys go through the film: the menu's words mean the neighbours.
  useCommand('previous', () => go(-1));
  useCommand('next', () => go(1));
  const setEnd = (end: 'startMs' | 'endMs') =>
    setClip((before) => {
      const next = { ...before, [end]: nowMs };
      if (next.startMs === null) return { ...next, startMs: 0 };
      // An end before the beginning begins another clip.
      return next.endMs !== null && next.endMs <= next.startMs
        ? end === 'startMs'
          ? { startMs: next.startMs, endMs: null }
          : { startMs: 0, endMs: next.endMs }
        : next;
    });
  const exportClip = () => {
    const { startMs, endMs } = clip;
    if (startMs === null || endMs === null) return;
    void saver.save(async (folder, evenIfWatched, onShare, signal) => {
      const request = { itemId, startMs, endMs, folder, evenIfWatched };
      let path: string | null = null;
      for await (const event of await client.playback.exportClip(request, { signal })) {
        onShare(event.share);
        path = event.path;
      }
      return path;
    });
  };
  const exportTranscript = (form: (typeof FORMATS)[number]) => {
    if (!transcript) return;
    const { transcriptId: id } = transcript;
    void saver.save(async (folder, evenIfWatched, _, signal) => {
      const request = { itemId, transcriptId: id, format: form, folder, evenIfWatched };
      return (await client.playback.exportTranscript(request, { signal })).path;
    });
  };

  const mark = useMarkCommands(item);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
    const onButton = event.target instanceof HTMLButtonElement;
    const ahead = document.dir === 'rtl' ? -1 : 1;
    const keys: Record<string, () => void> = {
      ArrowRight: () => (event.shiftKey ? go(1) : seek(nowMs + ahead * STEP_MS)),
      ArrowLeft: () => (event.shiftKey ? go(-1) : seek(nowMs - ahead * STEP_MS)),
      Home: () => seek(0),
      End: () => seek(lengthMs),
      j: () => seek(nowMs - FAR_MS),
      l: () => seek(nowMs + FAR_MS),
      k: toggle,
      '[': () => setEnd('startMs'),
      ']': () => setEnd('endMs'),
      c: () => event.currentTarget.querySelector<HTMLButtonElement>('.player-copy button')?.click(),
      h: mark.toggle,
      i: props.onDetails,
      m: () => item && props.onSearchBy(item, true),
      ...(onButton ? {} : { ' ': toggle }),
    };
    const key = keys[event.key] ?? keys[event.key.toLowerCase()];
    if (!key) return;
    event.preventDefault();
    key();
  };

  const link = data ? linkTo({ hash: data.hash, startMs: nowMs }) : '';
  const aspect = viewed.size ? viewed.size.width / viewed.size.height : 16 / 9;
  const common = {
    src: playable.source ?? undefined,
    preload: 'auto',
    onError: playable.onRefused,
    onClick: toggle,
  };
  return (
    <div className="viewer-frame" tabIndex={-1} data-first onKeyDown={onKeyDown}>
      <header className="viewer-bar">
        <IconButton label={t('viewer.back')} shortcut="Esc" tip="below-start" onClick={props.onClose}>
          <BackIcon size={20} aria-hidden />
        </IconButton>
        <div className="viewer-name">
          <strong>
            <bdi>{viewed.name}</bdi>
          </strong>
        </div>
        <Heart item={item} />
        <IconButton
          label={t('viewer.moreLike')}
          shortcut="M"
          tip="below-end"
          onClick={() => item && props.onSearchBy(item, true)}
        >
          <MoreLikeIcon size={19} aria-hidden />
        </IconButton>
        <IconButton
          label={t('viewer.details')}
          shortcut="I"
          tip="below-end"
          pressed={props.showsDetails}
          onClick={props.onDetails}
        >
          <DetailsIcon size={19} aria-hidden />
        </IconButton>
      </header>
      <div className="viewer-body">
        <div className="player-main">
          <div className="player-stage">
            {playable.source === null && !isAudio && item?.hasPreview && (
              <img className="player-poster" src={media(itemId, 'preview')} alt="" />
            )}
            {playable.source !== null &&
              (isAudio ? (
                <audio key={playable.source} ref={setElement} {...common} />
              ) : (
                <video
                  key={playable.source}
                  ref={setElement}
                  {...common}
                  poster={item?.hasPreview ? media(itemId, 'preview') : undefined}
                  playsInline
                />
              ))}
            {isAudio &&
              (item?.hasPreview ? (
                <img className="player-cover" src={media(itemId, 'preview')} alt="" />
              ) : (
                <AudioIcon size={72} strokeWidth={1} aria-hidden />
              ))}
            {playable.progress && (
              <div className="player-preparing" role="status">
                <p>{t('player.preparing')}</p>
                <progress
                  max={1}
                  value={playable.progress.share ?? undefined}
                  aria-label={t('player.preparing')}
                />
                <p className="player-aside">
                  {[
                    playable.progress.share !== null &&
                      t('player.preparingOf', { share: format.percent(playable.progress.share) }),
                    playable.progress.remainingMs !== null &&
                      t('player.left', { time: format.duration(playable.progress.remainingMs) }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </div>
            )}
            {playable.failure && (
              <div className="player-preparing">
                <p>{t('player.cannotPlay')}</p>
                <FailureText failure={playable.failure} />
              </div>
            )}
            {playback.error && <FailureText failure={failureIn(playback.error)} />}
          </div>
          <div className="player-controls">
            {best.length > 0 && (
              <ul className="player-moments" aria-label={t('player.moments')}>
                {best.map(({ momentId, startMs, text }) => (
                  <li key={momentId}>
                    <button
                      type="button"
                      aria-label={t('player.moment', { time: clock(startMs) })}
                      title={text ?? undefined}
                      onClick={() => seek(startMs)}
                    >
                      {clock(startMs)}
                      {text !== null && <span>{text}</span>}
                    </button>
                  </li>
                ))}
              </ul>
            )}
            <Timeline
              nowMs={nowMs}
              lengthMs={lengthMs}
              moments={relevance.data ?? []}
              strip={data?.strip ?? null}
              stripSource={media(itemId, 'strip')}
              aspect={aspect}
              peaks={waveform.data?.peaks ?? null}
              clip={clip}
              onSeek={seek}
            />
            <div className="player-buttons">
              <IconButton
                label={t('viewer.previous')}
                shortcut="Shift ←"
                tip="above"
                disabled={!canGoBack}
                onClick={() => go(-1)}
              >
                <PreviousIcon size={19} aria-hidden />
              </IconButton>
              <IconButton
                label={t(playing ? 'player.pause' : 'player.play')}
                shortcut="K"
                tip="above"
                onClick={toggle}
              >
                {playing ? <PauseIcon size={22} aria-hidden /> : <ResumeIcon size={22} aria-hidden />}
              </IconButton>
              <IconButton
                label={t('viewer.next')}
                shortcut="Shift →"
                tip="above"
                disabled={!canGoOn}
                onClick={() => go(1)}
              >
                <NextIcon size={19} aria-hidden />
              </IconButton>
              <span className="player-clock">
                {clock(nowMs)} <span>/ {clock(lengthMs)}</span>
              </span>
              <span className="player-rest" />
              {hasClip && (
                <span className="player-clip">
                  <span>
                    {t('player.clip', { from: clock(clip.startMs, true), until: clock(clip.endMs, true) })}
                  </span>
                  <Button look="primary" onClick={exportClip}>
                    {t('player.exportClip')}
                  </Button>
                  <IconButton
                    label={t('player.dropClip')}
                    tip="above-end"
                    onClick={() => setClip({ startMs: null, endMs: null })}
                  >
                    <CloseIcon size={16} aria-hidden />
                  </IconButton>
                </span>
              )}
              <IconButton
                label={t('player.clipStart')}
                shortcut="["
                tip="above-end"
                onClick={() => setEnd('startMs')}
              >
                <ClipStartIcon size={19} aria-hidden />
              </IconButton>
              <IconButton
                label={t('player.clipEnd')}
                shortcut="]"
                tip="above-end"
                onClick={() => setEnd('endMs')}
              >
                <ClipEndIcon size={19} aria-hidden />
              </IconButton>
              <span className="player-copy">
                <CopyButton text={link} label={t('player.copyLink')} />
              </span>
            </div>
            {saver.saving && <SavingLine saving={saver.saving} onClose={() => saver.cancel()} />}
          </div>
        </div>
        <aside
          className="player-side"
          aria-label={t(props.showsDetails ? 'viewer.details' : 'player.transcript')}
        >
          {props.showsDetails ? (
            <div className="details" tabIndex={0}>
              {details.data && <Details item={details.data} why={item?.why ?? []} />}
            </div>
          ) : (
            <>
              {data && (
                <Transcript
                  transcripts={transcripts}
                  chosen={transcript}
                  onChoose={setTranscriptId}
                  nowMs={nowMs}
                  query={question.request?.text ?? ''}
                  onSeek={seek}
                />
              )}
              {transcript && (
                <div className="transcript-save">
                  <span>{t('player.exportTranscript')}</span>
                  {FORMATS.map((form) => (
                    <Button key={form} look="quiet" onClick={() => exportTranscript(form)}>
                      {`.${form}`}
                    </Button>
                  ))}
                </div>
              )}
            </>
          )}
        </aside>
      </div>
    </div>
  );
}
