// Runs in the page: which rows are in sight, in the same frame in which the scroll position changes.
import { useEffect, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { rowAt } from './pack-rows.ts';
import type { Row } from './pack-rows.ts';

export interface Window {
  /** Index of the first row to show, and of the one after the last. */
  readonly first: number;
  readonly end: number;
  /**
   * So quick that nothing can be looked at (a dragged scrubber): then no preview is asked for that would
   * be out of sight before it has come.
   */
  readonly rushing: boolean;
}

/** Share of the window's height that is ready beyond its edges while it moves slowly. */
const READY = 0.75;
/** More of the window's height than this between two events is rushing. */
const RUSH = 1.2;
/** Still for so long, the person looks. */
const STILL_MS = 70;

/** @param top - how far the rows begin below the top of what scrolls */
export function useWindow(scroller: HTMLElement | null, rows: readonly Row[], top: number): Window {
  const [window, setWindow] = useState<Window>({ first: 0, end: 0, rushing: false });

  useLayoutEffect(() => {
    if (!scroller) return undefined;
    let before = scroller.scrollTop;
    let still: ReturnType<typeof setTimeout> | undefined;
    const look = (rushing: boolean): Window => {
      const height = scroller.clientHeight;
      const ready = rushing ? 0 : height * READY;
      const y = scroller.scrollTop - top;
      const first = rowAt(rows, y - ready);
      // A heading comes with the row below it: the first picture in sight has its month above it.
      return { first, end: Math.min(rows.length, rowAt(rows, y + height + ready) + 1), rushing };
    };
    const show = (next: Window) =>
      setWindow((now) =>
        now.first === next.first && now.end === next.end && now.rushing === next.rushing ? now : next,
      );
    const onScroll = () => {
      const moved = Math.abs(scroller.scrollTop - before);
      before = scroller.scrollTop;
      const rushing = moved > scroller.clientHeight * RUSH;
      clearTimeout(still);
      if (rushing) still = setTimeout(() => show(look(false)), STILL_MS);
      // At once and not when React finds time: the frame that shows the new position shows its pictures.
      flushSync(() => show(look(rushing)));
    };
    show(look(false));
    const sizes = new ResizeObserver(() => show(look(false)));
    sizes.observe(scroller);
    scroller.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(still);
      sizes.disconnect();
      scroller.removeEventListener('scroll', onScroll);
    };
  }, [scroller, rows, top]);

  // Rows may have become fewer since the window was looked at.
  const end = Math.min(window.end, rows.length);
  return { ...window, first: Math.min(window.first, end), end };
}

/** Calls once the window has come to rest, and again when what is in it changes. */
export function useWhenStill(window: Window, act: (first: number, end: number) => void): void {
  const { first, end, rushing } = window;
  useEffect(() => {
    if (!rushing) act(first, end);
  }, [first, end, rushing, act]);
}
