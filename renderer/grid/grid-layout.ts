// Runs in the page: the grid's size on the screen, and keeping what is looked at in place when it changes.
import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import type { GridList } from './grid-list.ts';
import { rowAt, rowOf } from './pack-rows.ts';
import type { Row } from './pack-rows.ts';

export interface Extent {
  readonly width: number;
  /** How far the grid begins below the top of what scrolls. */
  readonly top: number;
}

/** Measures an element, again whenever it or what stands beside it changes its size, comes or goes. */
export function useExtent(element: HTMLElement | null, scroller: HTMLElement | null): Extent {
  const [extent, setExtent] = useState<Extent>({ width: 0, top: 0 });
  useLayoutEffect(() => {
    if (!element || !scroller) return undefined;
    const sizes = new ResizeObserver(() => {
      const top =
        element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
      const next = { width: element.clientWidth, top: Math.round(top) };
      setExtent((before) => (before.width === next.width && before.top === next.top ? before : next));
    });
    const watchAll = () => {
      sizes.disconnect();
      sizes.observe(element);
      for (const child of scroller.children) sizes.observe(child);
    };
    const children = new MutationObserver(watchAll);
    children.observe(scroller, { childList: true });
    watchAll();
    return () => {
      sizes.disconnect();
      children.disconnect();
    };
  }, [element, scroller]);
  return extent;
}

interface Anchor {
  readonly itemId: ItemId;
  /** From the top of the window to the top of its row. */
  readonly offset: number;
}

/**
 * When rows change under the same question (pictures came, the window was resized), the first picture in
 * sight stays where it is; another question begins at the top.
 */
export function useSteadyScroll(
  scroller: HTMLElement | null,
  rows: readonly Row[],
  list: GridList,
  top: number,
  question: string,
): void {
  const anchor: RefObject<Anchor | null> = useRef(null);
  const asked = useRef(question);

  useLayoutEffect(() => {
    if (!scroller) return;
    if (asked.current !== question) {
      asked.current = question;
      anchor.current = null;
      scroller.scrollTop = 0;
      return;
    }
    const kept = anchor.current;
    if (!kept) return;
    const row = rows[rowOf(rows, list.indexOf(kept.itemId))];
    if (row) scroller.scrollTop = top + row.top - kept.offset;
  }, [scroller, rows, list, top, question]);

  useEffect(() => {
    if (!scroller) return undefined;
    const remember = () => {
      const { scrollTop } = scroller;
      const row = rows[rowAt(rows, scrollTop - top)];
      const itemId = row && list.idAt(row.first);
      anchor.current =
        row && itemId !== undefined && scrollTop > 0 ? { itemId, offset: top + row.top - scrollTop } : null;
    };
    // Before the window is shown anew: after it, reading the position would lay the page out once more.
    scroller.addEventListener('scroll', remember, { passive: true, capture: true });
    return () => {
      scroller.removeEventListener('scroll', remember, { capture: true });
    };
  }, [scroller, rows, list, top]);
}
