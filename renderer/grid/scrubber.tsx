// Runs in the page: the years of a list beside it, to jump to any month by dragging, by keys or by a click.
import { useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useFormat, useT } from '../i18n/i18n.ts';
import type { DateGroup } from './date-headings.ts';
import './scrubber.css';

/** A group with the height at which it begins in what scrolls. */
export interface Mark extends DateGroup {
  readonly top: number;
}

/** Years nearer to each other than this are not both written. */
const LABEL_SPACE = 22;
/** From the end of the list no month can be reached by its own top: the last window's height is no way. */
const RAIL_MARGIN = 12;

export interface ScrubberProps {
  readonly scroller: HTMLElement;
  readonly marks: readonly Mark[];
  /** Of all that scrolls, in CSS pixels. */
  readonly height: number;
  /** What stays above the grid while it scrolls. */
  readonly barHeight: number;
}

function markAt(marks: readonly Mark[], y: number): number {
  let found = 0;
  for (let i = 0; i < marks.length && (marks[i]?.top ?? 0) <= y; i += 1) found = i;
  return found;
}

export function Scrubber({ scroller, marks, height, barHeight }: ScrubberProps) {
  const t = useT();
  const format = useFormat();
  const rail = useRef<HTMLDivElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  const [windowHeight, setWindowHeight] = useState(scroller.clientHeight);
  const [current, setCurrent] = useState(0);
  const [dragging, setDragging] = useState(false);
  const railHeight = Math.max(0, windowHeight - barHeight - 2 * RAIL_MARGIN);
  const way = Math.max(1, height - windowHeight);

  // The thumb follows the scroll position past React: it moves in every frame.
  useLayoutEffect(() => {
    const follow = () => {
      const share = Math.min(1, Math.max(0, scroller.scrollTop / way));
      if (thumb.current) thumb.current.style.transform = `translateY(${String(share * railHeight)}px)`;
      setCurrent(markAt(marks, scroller.scrollTop + barHeight));
    };
    const sizes = new ResizeObserver(() => setWindowHeight(scroller.clientHeight));
    sizes.observe(scroller);
    // Before the grid shows its window: after it, reading the position would lay the page out once more.
    scroller.addEventListener('scroll', follow, { passive: true, capture: true });
    follow();
    return () => {
      sizes.disconnect();
      scroller.removeEventListener('scroll', follow, { capture: true });
    };
  }, [scroller, marks, way, railHeight, barHeight]);

  const goTo = (clientY: number) => {
    const box = rail.current?.getBoundingClientRect();
    if (box && box.height > 0)
      scroller.scrollTop = Math.min(1, Math.max(0, (clientY - box.top) / box.height)) * way;
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragging(true);
    goTo(event.clientY);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (dragging) goTo(event.clientY);
  };
  const onPointerEnd = () => setDragging(false);
  const goToMark = (index: number) => {
    const mark = marks[Math.min(marks.length - 1, Math.max(0, index))];
    if (mark) scroller.scrollTop = mark.top - barHeight;
  };
  const yearOf = (mark: Mark | undefined) => (mark ? new Date(mark.startMs).getUTCFullYear() : 0);
  /** The first mark of the next year in that direction. */
  const yearFrom = (step: 1 | -1) => {
    let index = current;
    while (marks[index + step] && yearOf(marks[index]) === yearOf(marks[current])) index += step;
    return index;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const keys: Record<string, () => void> = {
      ArrowDown: () => goToMark(current + 1),
      ArrowUp: () => goToMark(current - 1),
      PageDown: () => goToMark(yearFrom(1)),
      PageUp: () => goToMark(yearFrom(-1)),
      Home: () => goToMark(0),
      End: () => goToMark(marks.length - 1),
    };
    const key = keys[event.key];
    if (!key) return;
    event.preventDefault();
    event.stopPropagation();
    key();
  };

  const yOf = (mark: Mark) => Math.min(1, Math.max(0, (mark.top - barHeight) / way)) * railHeight;
  let written = -Infinity;
  const labels = marks.flatMap((mark, index) => {
    const y = yOf(mark);
    if (index > 0 && yearOf(mark) === yearOf(marks[index - 1])) return [];
    if (y - written < LABEL_SPACE) return [];
    written = y;
    return [{ y, year: format.year(mark.startMs), key: mark.startMs }];
  });
  const now = marks[current];
  return (
    <div className="scrubber" style={{ insetBlockStart: barHeight }} data-dragging={dragging || undefined}>
      <div
        className="scrubber-rail"
        style={{ insetBlockStart: RAIL_MARGIN, blockSize: railHeight }}
        ref={rail}
        role="slider"
        tabIndex={0}
        aria-label={t('timeline.scrubber')}
        aria-orientation="vertical"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, marks.length - 1)}
        aria-valuenow={current}
        aria-valuetext={now?.label ?? ''}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerEnd}
        onPointerCancel={onPointerEnd}
        onKeyDown={onKeyDown}
      >
        {labels.map(({ y, year, key }) => (
          <span
            key={key}
            className="scrubber-year"
            style={{ transform: `translateY(${String(y)}px)` }}
            aria-hidden
          >
            {year}
          </span>
        ))}
        <div ref={thumb} className="scrubber-thumb" aria-hidden>
          <span className="scrubber-now">{now?.label}</span>
        </div>
      </div>
    </div>
  );
}
