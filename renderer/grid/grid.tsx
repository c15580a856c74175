// Runs in the page: the justified, virtualised grid of pictures, walked with the arrow keys.
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { KeyboardEvent, Ref } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import type { Plan } from '../../contract/search.ts';
import { useFormat } from '../i18n/i18n.ts';
import { useFact } from '../shell/facts.ts';
import { Cell } from './cell.tsx';
import { dateGroups } from './date-headings.ts';
import { foldLeader } from './fold-leader.ts';
import { useExtent, useSteadyScroll } from './grid-layout.ts';
import type { GridList } from './grid-list.ts';
import { heightOf, packRows, rowOf, verticalNeighbour, widthsOf } from './pack-rows.ts';
import type { Row } from './pack-rows.ts';
import { RushCanvas } from './rush-canvas.tsx';
import { Scrubber } from './scrubber.tsx';
import type { Mark } from './scrubber.tsx';
import { useWhenStill, useWindow } from './use-window.ts';
import './grid.css';

const GAP = 4;
const HEADING_HEIGHT = 52;
/** What stays above the grid while it scrolls. */
const BAR_HEIGHT = 44;
/** A list of fewer windows than this is scrolled through without help. */
const WINDOWS_TO_SCRUB = 2;

export interface GridHandle {
  /** Moves the focus to an item, or to the current one. */
  focus(itemId?: ItemId): void;
}

export interface GridProps {
  readonly ref: Ref<GridHandle>;
  readonly list: GridList;
  readonly sort: Plan['sort'];
  readonly label: string;
  /** Height of a row to come near to, in CSS pixels. */
  readonly target: number;
  readonly question: string;
  readonly scroller: HTMLElement | null;
  readonly onOpen: (itemId: ItemId) => void;
  readonly onMoreLike: (itemId: ItemId) => void;
  /** The end of what is loaded comes into sight. */
  readonly onEnd: () => void;
  /** Results of which what is alike stands beside them. */
  readonly unfolded: readonly ItemId[];
  readonly onFold: (itemId: ItemId) => void;
}

/** Scrolls a row into sight, where it is not; what stays above the grid covers nothing of it. */
function reveal(scroller: HTMLElement, top: number, row: Row): void {
  const start = top + row.top - BAR_HEIGHT;
  const end = top + row.top + row.height - scroller.clientHeight;
  if (scroller.scrollTop > start) scroller.scrollTop = start;
  else if (scroller.scrollTop < end) scroller.scrollTop = end + GAP;
}

export function Grid(props: GridProps) {
  const { ref, list, sort, target, question, scroller, onOpen, onMoreLike, onEnd, unfolded, onFold } = props;
  const format = useFormat();
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [currentId, setCurrentId] = useState<ItemId | null>(null);
  const wanted = useRef<ItemId | null>(null);
  const holdsFocus = useRef(false);
  const { width, top } = useExtent(element, scroller);
  // Cards that came: what is in sight is shown anew.
  useSyncExternalStore(list.subscribe, list.version);

  const groups = useMemo(
    () => (sort === 'relevance' ? [] : dateGroups(list.count, list.wallMsAt, sort, format)),
    [list, sort, format],
  );
  const rows = useMemo(() => {
    if (width === 0) return [];
    // At least two pictures side by side, however narrow the window.
    return packRows(list.count, list.aspectAt, groups, {
      width,
      target: Math.min(target, width / 2.2),
      gap: GAP,
      headingHeight: HEADING_HEIGHT,
    });
  }, [list, groups, width, target]);
  useSteadyScroll(scroller, rows, list, top, question);

  const current = Math.max(0, currentId === null ? 0 : list.indexOf(currentId));
  const currentRow = rowOf(rows, current);
  const window = useWindow(scroller, rows, top);
  const want = useCallback(
    (first: number, end: number) => {
      const last = rows[end - 1];
      if (rows[first] && last)
        list.want(rows[first].first, last.kind === 'boxes' ? last.first + last.count : last.first);
    },
    [rows, list],
  );
  useWhenStill(window, want);
  useEffect(() => {
    if (rows.length > 0 && window.end >= rows.length - 4) onEnd();
  }, [window.end, rows.length, onEnd]);

  const height = heightOf(rows);
  const marks = useMemo<readonly Mark[]>(() => {
    const headings = rows.filter((row) => row.kind === 'heading');
    return groups.map((group, index) => ({ ...group, top: top + (headings[index]?.top ?? 0) }));
  }, [rows, groups, top]);
  const scrubbed = scroller !== null && marks.length > 1 && height > scroller.clientHeight * WINDOWS_TO_SCRUB;

  const cellOf = useCallback(
    (itemId: ItemId) => element?.querySelector<HTMLElement>(`[data-item="${String(itemId)}"]`),
    [element],
  );
  const focusItem = useCallback(
    (index: number) => {
      const itemId = list.idAt(index);
      const at = rowOf(rows, index);
      // The first row of a group brings its heading into sight.
      const row = rows[at - 1]?.kind === 'heading' ? rows[at - 1] : rows[at];
      if (itemId === undefined || !row) return;
      wanted.current = itemId;
      setCurrentId(itemId);
      if (scroller && rows[at]) {
        reveal(scroller, top, row);
        reveal(scroller, top, rows[at]);
      }
      const cell = cellOf(itemId);
      if (!cell) return;
      wanted.current = null;
      cell.focus({ preventScroll: true });
    },
    [list, rows, scroller, top, cellOf],
  );
  // A picture that was not in the page when it was asked for gets the focus once it is; and when rows are
  // laid out anew, the focused picture may be put into another row: then it gets the focus back.
  useLayoutEffect(() => {
    const lost = holdsFocus.current && document.activeElement === document.body;
    const sought = wanted.current ?? (lost ? list.idAt(current) : undefined);
    const cell = sought === undefined ? null : cellOf(sought);
    if (!cell) return;
    wanted.current = null;
    cell.focus({ preventScroll: true });
  });
  useImperativeHandle(
    ref,
    () => ({
      focus: (itemId) => {
        const index = itemId === undefined ? current : list.indexOf(itemId);
        focusItem(index < 0 ? current : index);
      },
    }),
    [focusItem, list, current],
  );

  useFact('previous', current > 0);
  useFact('next', current < list.count - 1);

  const onFocus = useCallback((itemId: ItemId) => setCurrentId(itemId), []);
  const openAt = useCallback(
    (index: number) => {
      const itemId = list.idAt(index);
      if (itemId !== undefined) onOpen(itemId);
    },
    [list, onOpen],
  );
  /** + opens what is alike, - puts it back, also from one of those that were opened. */
  const fold = (key: string): boolean => {
    const leader = key === '+' || key === '-' ? foldLeader(list, current, unfolded) : null;
    if (leader === null || key !== (leader.open ? '-' : '+')) return false;
    // Where the cursor is put back with the others, it goes to the one that stays.
    if (leader.index !== current) focusItem(leader.index);
    onFold(leader.itemId);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const itemId = list.idAt(current);
    const ahead = document.dir === 'rtl' ? -1 : 1;
    const below = (index: number, step: 1 | -1) => verticalNeighbour(rows, list.aspectAt, index, step, GAP);
    const page = Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / (target + GAP)) - 1);
    const far = (step: 1 | -1) => {
      let index = current;
      for (let i = 0; i < page; i += 1) index = below(index, step);
      return index;
    };
    const last = list.count - 1;
    const moves: Record<string, () => number> = {
      ArrowRight: () => Math.min(last, Math.max(0, current + ahead)),
      ArrowLeft: () => Math.min(last, Math.max(0, current - ahead)),
      ArrowDown: () => below(current, 1),
      ArrowUp: () => below(current, -1),
      PageDown: () => far(1),
      PageUp: () => far(-1),
      Home: () => 0,
      End: () => last,
    };
    const move = moves[event.key];
    if (move) focusItem(move());
    else if (itemId !== undefined && (event.key === 'Enter' || event.key === ' ')) onOpen(itemId);
    else if (itemId !== undefined && event.key.toLowerCase() === 'm') onMoreLike(itemId);
    else if (!fold(event.key)) return;
    event.preventDefault();
  };

  const inSight = Array.from({ length: window.end - window.first }, (_, place) => window.first + place);
  // In a rush only headings are elements: the pictures are painted together.
  const shown = window.rushing ? inSight.filter((index) => rows[index]?.kind === 'heading') : inSight;
  // The current row stays in the page, so that Tab always finds its way back into the grid.
  if (currentRow >= 0 && currentRow < window.first) shown.unshift(currentRow);
  else if (currentRow >= window.end) shown.push(currentRow);
  return (
    <div className="grid-frame" data-scrubbed={scrubbed || undefined}>
      {scrubbed && (
        <Scrubber scroller={scroller} marks={marks} height={top + height} barHeight={BAR_HEIGHT} />
      )}
      <div
        ref={setElement}
        className="grid"
        role="listbox"
        aria-multiselectable
        aria-label={props.label}
        aria-orientation="horizontal"
        style={{ blockSize: height }}
        onKeyDown={onKeyDown}
        onFocus={() => {
          holdsFocus.current = true;
        }}
        onBlur={(event) => {
          // A picture that leaves the page takes the focus with it without anybody having moved it.
          if (event.target.isConnected) holdsFocus.current = false;
        }}
      >
        {window.rushing && (
          <RushCanvas list={list} rows={rows} first={window.first} end={window.end} width={width} gap={GAP} />
        )}
        {shown.map((index) => {
          const row = rows[index];
          if (!row) return null;
          const place = { insetBlockStart: row.top, blockSize: row.height };
          if (row.kind === 'heading')
            return (
              <div key={-1 - row.first} className="grid-heading" role="presentation" style={place}>
                <span aria-hidden>{row.label}</span>
              </div>
            );
          return (
            <div key={row.first} className="grid-row" role="presentation" style={place}>
              {widthsOf(row, list.aspectAt).map((cellWidth, place) => {
                const at = row.first + place;
                const outline = list.outlineAt(at);
                return (
                  outline && (
                    <Cell
                      key={outline.itemId}
                      outline={outline}
                      card={list.cardAt(at)}
                      wallMs={list.wallMsAt(at)}
                      index={at}
                      count={list.total}
                      width={cellWidth}
                      current={at === current}
                      onOpen={openAt}
                      onFocus={onFocus}
                      open={unfolded.includes(outline.itemId)}
                      onFold={onFold}
                    />
                  )
                );
              })}
            </div>
          );
        })}
      </div>
    </div>
  );
}
