// Runs in the page: the line of a film's or a sound's time: where it stands, what matches, what it looks like there.
import { useState } from 'react';
import type { PointerEvent } from 'react';
import { CUT_OFF } from '../../contract/cut-off.ts';
import type { MomentRelevance, Strip } from '../../contract/playback.ts';
import { useT } from '../i18n/i18n.ts';
import { clock } from './clock.ts';
import { StripTile } from './strip-tile.tsx';
import { Waveform } from './waveform.tsx';

export interface ClipEnds {
  readonly startMs: number | null;
  readonly endMs: number | null;
}

export interface TimelineProps {
  readonly nowMs: number;
  readonly lengthMs: number;
  readonly moments: readonly MomentRelevance[];
  readonly strip: Strip | null;
  readonly stripSource: string;
  readonly aspect: number;
  readonly peaks: readonly number[] | null;
  readonly clip: ClipEnds;
  readonly onSeek: (ms: number) => void;
}

/** Height of a tile above the line, CSS pixels. */
const TILE = 90;

export function Timeline(props: TimelineProps) {
  const { nowMs, lengthMs, moments, strip, stripSource, aspect, peaks, clip, onSeek } = props;
  const t = useT();
  const [hover, setHover] = useState<number | null>(null);
  const share = (ms: number) => (lengthMs > 0 ? Math.min(1, Math.max(0, ms / lengthMs)) : 0);
  const percent = (ms: number) => `${(share(ms) * 100).toFixed(3)}%`;
  const at = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  return (
    <div
      className="timeline"
      role="slider"
      tabIndex={0}
      aria-label={t('player.timeline')}
      aria-valuemin={0}
      aria-valuemax={Math.round(lengthMs / 1000)}
      aria-valuenow={Math.round(nowMs / 1000)}
      aria-valuetext={t('player.at', { now: clock(nowMs), length: clock(lengthMs) })}
      data-wave={peaks !== null || undefined}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        onSeek(at(event) * lengthMs);
      }}
      onPointerMove={(event) => {
        setHover(at(event));
        if (event.buttons === 1) onSeek(at(event) * lengthMs);
      }}
      onPointerLeave={() => setHover(null)}
    >
      {peaks && <Waveform peaks={peaks} share={share(nowMs)} />}
      <span className="timeline-relevance" aria-hidden>
        {moments.map(({ momentId, startMs, endMs, relevance }) => (
          <span
            key={momentId}
            data-match={relevance >= CUT_OFF || undefined}
            style={{
              left: percent(startMs),
              inlineSize: `max(3px, calc(${percent(endMs)} - ${percent(startMs)} - 1px))`,
              blockSize: `${String(Math.round(6 + relevance * 94))}%`,
            }}
          />
        ))}
      </span>
      <span className="timeline-line">
        <span className="timeline-played" style={{ inlineSize: percent(nowMs) }} />
      </span>
      {clip.startMs !== null && (
        <span
          className="timeline-clip"
          style={{
            left: percent(clip.startMs),
            inlineSize: `max(2px, calc(${percent(clip.endMs ?? nowMs)} - ${percent(clip.startMs)}))`,
          }}
        />
      )}
      <span className="timeline-head" style={{ left: percent(nowMs) }} />
      {hover !== null && lengthMs > 0 && (
        <span className="timeline-tip" style={{ left: `${String(hover * 100)}%` }}>
          {strip && (
            <StripTile
              strip={strip}
              source={stripSource}
              share={hover}
              width={TILE * aspect}
              height={TILE}
              className="timeline-tile"
            />
          )}
          <span>{clock(hover * lengthMs)}</span>
        </span>
      )}
    </div>
  );
}
