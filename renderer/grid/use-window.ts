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
   * So quick that nothing can be looked at (a dragged scrubber): then the pictures are
   * painted and no cells are made that would be out of sight before their previews have come.
   */
  readonly rushing: boolean;
}

/** Share of the window's height that is ready beyond its edges while it moves slowly. */
const READY = 0.75;
/** More of the window's height than this between two events is rushing. */
const RUSH = 1.2;
/** Still for so long, the person looks. */
const STILL_MS = 140;

/**
 * Work for when the page has nothing to do: a clock alone would take a window that is late, with more of
 * the hand's movement waiting, for one that stands still, and make it later.
 */
function whenIdle() {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let idle: number | undefined;
  return {
    cancel(): void {
      clearTimeout(timer);
      if (idle !== undefined) cancelIdleCallback(idle);
    },
    after(ms: number, work: () => void): void {
      timer = setTimeout(() => {
        idle = requestIdleCallback(work);
      }, ms);
    },
  };
}

/** @param top - how far the rows begin below the top of what scrolls */
export function useWindow(scroller: HTMLElement | null, rows: readonly Row[], top: number): Window {
  const [window, setWindow] = useState<Window>({ first: 0, end: 0, rushing: false });

  useLayoutEffect(() => {
    if (!scroller) return undefined;
    let before = scroller.scrollTop;
    const later = whenIdle();
    const look = (rushing: boolean, share: number): Window => {
      const height = scroller.clientHeight;
      const y = scroller.scrollTop - top;
      const first = rowAt(rows, y - height * share);
      return { first, end: Math.min(rows.length, rowAt(rows, y + height * (1 + share)) + 1), rushing };
    };
    const show = (next: Window) =>
      setWindow((now) =>
        now.first === next.first && now.end === next.end && now.rushing === next.rushing ? now : next,
      );
    const showAll = () => show(look(false, READY));
    const onScroll = () => {
      const moved = Math.abs(scroller.scrollTop - before);
      before = scroller.scrollTop;
      const rushing = moved > scroller.clientHeight * RUSH;
      later.cancel();
      // What is in sight first, and what is beyond it when that stands.
      if (rushing)
        later.after(STILL_MS, () => {
          show(look(false, 0));
          later.after(0, showAll);
        });
      // At once and not when React finds time: the frame that shows the new position shows its pictures.
      flushSync(() => show(look(rushing, rushing ? 0 : READY)));
    };
    showAll();
    const sizes = new ResizeObserver(showAll);
    sizes.observe(scroller);
    scroller.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      later.cancel();
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
