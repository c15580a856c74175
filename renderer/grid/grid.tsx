// Runs in the page: the justified, virtualised grid of results, walked with the arrow keys.
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { KeyboardEvent, Ref } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import type { Plan, Result } from '../../contract/search.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { Cell } from './cell.tsx';
import { useExtent, useSteadyScroll } from './grid-layout.ts';
import { dateHeadings } from './date-headings.ts';
import { packRows, rowOf, shownAspect, verticalNeighbour } from './pack-rows.ts';
import './grid.css';

const GAP = 4;
const HEADING_HEIGHT = 52;
/** What stays above the grid while it scrolls. */
const BAR_HEIGHT = 44;

export interface GridHandle {
  /** Moves the focus to an item, or to the current one. */
  focus(itemId?: ItemId): void;
}

export interface GridProps {
  readonly ref: Ref<GridHandle>;
  readonly items: readonly Result[];
  readonly total: number;
  readonly sort: Plan['sort'];
  readonly label: string;
  /** Height of a row to come near to, in CSS pixels. */
  readonly target: number;
  readonly question: string;
  readonly scroller: HTMLElement | null;
  readonly onOpen: (item: Result) => void;
  readonly onMoreLike: (item: Result) => void;
  /** The end of what is loaded comes into sight. */
  readonly onEnd: () => void;
}

export function Grid(props: GridProps) {
  const { ref, items, total, sort, target, question, scroller, onOpen, onMoreLike, onEnd } = props;
  const t = useT();
  const format = useFormat();
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [currentId, setCurrentId] = useState<ItemId | null>(null);
  const wanted = useRef<ItemId | null>(null);
  const holdsFocus = useRef(false);
  const { width, top } = useExtent(element);

  const rows = useMemo(() => {
    if (width === 0) return [];
    const groups = sort === 'relevance' ? null : dateHeadings(items, sort, format, t('item.undated'));
    const boxes = items.map((item, index) => ({
      aspect: shownAspect(item.width, item.height),
      group: groups?.[index] ?? null,
    }));
    // At least two pictures side by side, however narrow the window.
    return packRows(boxes, {
      width,
      target: Math.min(target, width / 2.2),
      gap: GAP,
      headingHeight: HEADING_HEIGHT,
    });
  }, [items, sort, width, target, format, t]);
  useSteadyScroll(scroller, rows, items, top, question);

  const indexOf = useMemo(() => new Map(items.map((item, index) => [item.itemId, index])), [items]);
  const current = currentId === null ? 0 : (indexOf.get(currentId) ?? 0);
  const currentRow = rowOf(rows, current);
  const keyOf = useCallback((index: number) => `${String(index)}-${String(rows[index]?.height)}`, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => {
      const row = rows[index];
      return row ? row.height + (row.kind === 'boxes' ? GAP : 0) : 0;
    },
    getItemKey: keyOf,
    overscan: 5,
    scrollMargin: top,
    scrollPaddingStart: BAR_HEIGHT,
    // The current row stays in the page, so that Tab always finds its way back into the grid.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), ...(currentRow >= 0 ? [currentRow] : [])])].sort(
        (a, b) => a - b,
      ),
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 8) onEnd();
  }, [lastShown, rows.length, onEnd]);

  const focusItem = useCallback(
    (index: number) => {
      const item = items[index];
      if (!item) return;
      wanted.current = item.itemId;
      setCurrentId(item.itemId);
      const row = rowOf(rows, index);
      // The first row brings its heading into sight.
      virtual.scrollToIndex(row === 1 ? 0 : row, { align: 'auto' });
      const cell = element?.querySelector<HTMLElement>(`[data-item="${String(item.itemId)}"]`);
      if (!cell) return;
      wanted.current = null;
      cell.focus({ preventScroll: true });
    },
    [items, rows, virtual, element],
  );
  // A picture that was not in the page when it was asked for gets the focus once it is; and when rows are
  // laid out anew, the focused picture may be put into another row: then it gets the focus back.
  useLayoutEffect(() => {
    const lost = holdsFocus.current && document.activeElement === document.body;
    const sought = wanted.current ?? (lost ? items[current]?.itemId : undefined);
    if (sought === undefined) return;
    const cell = element?.querySelector<HTMLElement>(`[data-item="${String(sought)}"]`);
    if (!cell) return;
    wanted.current = null;
    cell.focus({ preventScroll: true });
  });
  useImperativeHandle(
    ref,
    () => ({
      focus: (itemId) => focusItem(itemId === undefined ? current : (indexOf.get(itemId) ?? current)),
    }),
    [focusItem, indexOf, current],
  );

  const onFocus = useCallback((item: Result) => setCurrentId(item.itemId), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const item = items[current];
    const ahead = document.dir === 'rtl' ? -1 : 1;
    const page = Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / (target + GAP)) - 1);
    const far = (step: 1 | -1) => {
      let index = current;
      for (let i = 0; i < page; i += 1) index = verticalNeighbour(rows, index, step, GAP);
      return index;
    };
    const last = items.length - 1;
    const moves: Record<string, () => number> = {
      ArrowRight: () => Math.min(last, Math.max(0, current + ahead)),
      ArrowLeft: () => Math.min(last, Math.max(0, current - ahead)),
      ArrowDown: () => verticalNeighbour(rows, current, 1, GAP),
      ArrowUp: () => verticalNeighbour(rows, current, -1, GAP),
      PageDown: () => far(1),
      PageUp: () => far(-1),
      Home: () => 0,
      End: () => last,
    };
    const move = moves[event.key];
    if (move) focusItem(move());
    else if (item && (event.key === 'Enter' || event.key === ' ')) onOpen(item);
    else if (item && event.key.toLowerCase() === 'm') onMoreLike(item);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={setElement}
      className="grid"
      role="listbox"
      aria-label={props.label}
      aria-orientation="horizontal"
      style={{ blockSize: virtual.getTotalSize() }}
      onKeyDown={onKeyDown}
      onFocus={() => {
        holdsFocus.current = true;
      }}
      onBlur={(event) => {
        // A picture that leaves the page takes the focus with it without anybody having moved it.
        if (event.target.isConnected) holdsFocus.current = false;
      }}
    >
      {shown.map(({ key, index, start }) => {
        const row = rows[index];
        if (!row) return null;
        const place = { transform: `translateY(${String(start - top)}px)`, blockSize: row.height };
        if (row.kind === 'heading')
          return (
            <div key={key} className="grid-heading" role="presentation" style={place}>
              <span aria-hidden>{row.label}</span>
            </div>
          );
        return (
          <div key={key} className="grid-row" role="presentation" style={place}>
            {row.widths.map((cellWidth, place) => {
              const item = items[row.first + place];
              if (!item) return null;
              return (
                <Cell
                  key={item.itemId}
                  item={item}
                  index={row.first + place}
                  count={total}
                  width={cellWidth}
                  current={row.first + place === current}
                  onOpen={onOpen}
                  onFocus={onFocus}
                />
              );
            })}
          </div>
        );
      })}
    </div>
  );
}
