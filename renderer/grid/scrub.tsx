// Runs in the page: a film in the grid, seen along its length while the pointer moves over its cell.
import { useRef, useState, type PointerEvent } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import { stripOf } from '../../contract/strip.ts';
import { useEngine } from '../engine/engine.ts';
import { StripTile } from '../player/strip-tile.tsx';
import './scrub.css';

/** Below this the pointer only passes by: nothing is fetched for it. */
const REST_MS = 120;

interface Scrubbed {
  readonly share: number;
  readonly width: number;
  readonly height: number;
}

/** Where the pointer is in a cell, 0 to 1; null: nowhere, or it only passes. A finger scrolls and does not scrub. */
export function useScrub(on: boolean) {
  const [at, setAt] = useState<Scrubbed | null>(null);
  const since = useRef<number | null>(null);
  const leave = () => {
    since.current = null;
    setAt(null);
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    if (!on || event.pointerType === 'touch') return;
    since.current ??= event.timeStamp;
    if (event.timeStamp - since.current < REST_MS) return;
    const { left, width, height } = event.currentTarget.getBoundingClientRect();
    setAt({ share: Math.min(1, Math.max(0, (event.clientX - left) / width)), width, height });
  };
  return { at, handlers: on ? { onPointerMove: move, onPointerLeave: leave } : {} };
}

export interface ScrubProps {
  readonly itemId: ItemId;
  readonly durationMs: number;
  readonly at: Scrubbed;
}

/** Shown once the strip has come; a film that has none yet keeps its poster. */
export function Scrub({ itemId, durationMs, at: { share, width, height } }: ScrubProps) {
  const { media } = useEngine();
  return (
    <span className="scrub" aria-hidden>
      <StripTile
        strip={stripOf(durationMs)}
        source={media(itemId, 'strip')}
        {...{ share, width, height }}
        className="scrub-tile"
      />
      <span className="scrub-line" style={{ left: `${String(share * 100)}%` }} />
    </span>
  );
}
