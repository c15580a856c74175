// Runs in the page: lays pictures out in rows of equal width, and finds the neighbour in each direction.

/** A heading stands above the picture `first`. */
export interface Group {
  readonly first: number;
  readonly label: string;
}

export interface HeadingRow {
  readonly kind: 'heading';
  readonly label: string;
  /** The picture that it stands above. */
  readonly first: number;
  readonly top: number;
  readonly height: number;
}

export interface BoxRow {
  readonly kind: 'boxes';
  /** Index of the first picture; the others follow. */
  readonly first: number;
  readonly count: number;
  /** What each picture gets beside its aspect times the height, so that the row fills the width to the pixel. */
  readonly share: number;
  readonly top: number;
  readonly height: number;
}

export type Row = HeadingRow | BoxRow;

export interface Packing {
  /** Width to fill, height to come near to, and the gap between pictures, in CSS pixels. */
  readonly width: number;
  readonly target: number;
  readonly gap: number;
  readonly headingHeight: number;
}

/** How wide each picture is shown for its height. */
export type Aspects = (index: number) => number;

/** Panoramas and ribbons are cut to these, so that they neither take a row alone nor become a hair. */
const NARROWEST = 0.5;
const WIDEST = 3;

/** The aspect a picture is shown at; a square where its size is not known yet. */
export function shownAspect(aspect: number | null): number {
  return aspect === null ? 1 : Math.min(WIDEST, Math.max(NARROWEST, aspect));
}

/**
 * Fills rows greedily: a row is closed when it comes nearer to the target height without the next
 * picture than with it. The last row of a group keeps the target height and stays ragged. One pass without
 * a list per row: a hundred thousand pictures are laid out between two frames.
 */
export function packRows(
  count: number,
  aspectOf: Aspects,
  groups: readonly Group[],
  packing: Packing,
): Row[] {
  const { width, target, gap, headingHeight } = packing;
  const rows: Row[] = [];
  let top = 0;
  let first = 0;
  let sum = 0;
  let group = 0;
  const heightOf = (boxes: number, aspects: number) => (width - gap * (boxes - 1)) / aspects;
  const close = (end: number, stretched: boolean) => {
    const boxes = end - first;
    if (boxes === 0) return;
    const full = heightOf(boxes, sum);
    const height = Math.round(stretched ? full : Math.min(full, target));
    // Rounding the height leaves a pixel or two; the pictures share them.
    const share = stretched ? (width - sum * height - gap * (boxes - 1)) / boxes : 0;
    rows.push({ kind: 'boxes', first, count: boxes, share, top, height });
    top += height + gap;
    first = end;
    sum = 0;
  };
  for (let index = 0; index < count; index += 1) {
    const aspect = aspectOf(index);
    const heading = groups[group];
    if (heading?.first === index) {
      close(index, false);
      rows.push({ kind: 'heading', label: heading.label, first: index, top, height: headingHeight });
      top += headingHeight;
      group += 1;
    }
    const before = index - first;
    if (before > 0) {
      const without = heightOf(before, sum);
      const withIt = heightOf(before + 1, sum + aspect);
      if (withIt < target && without - target < target - withIt) close(index, true);
    }
    sum += aspect;
    if (heightOf(index + 1 - first, sum) <= target) close(index + 1, true);
  }
  close(count, false);
  return rows;
}

/** Widths of a row's pictures, in CSS pixels. */
export function widthsOf(row: BoxRow, aspectOf: Aspects): number[] {
  return Array.from(
    { length: row.count },
    (_, place) => aspectOf(row.first + place) * row.height + row.share,
  );
}

/** Height of all rows together. */
export function heightOf(rows: readonly Row[]): number {
  const last = rows.at(-1);
  return last ? last.top + last.height : 0;
}

/** Index of the last row that begins at or above `y`; 0 where there is none. */
export function rowAt(rows: readonly Row[], y: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((rows[middle]?.top ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Index in `rows` of the row that holds a picture, or -1. */
export function rowOf(rows: readonly Row[], index: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((rows[middle]?.first ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const row = rows[low];
  return row?.kind === 'boxes' && index >= row.first && index < row.first + row.count ? low : -1;
}

/** The picture above (-1) or below (1) whose middle is nearest; itself at the edge. */
export function verticalNeighbour(
  rows: readonly Row[],
  aspectOf: Aspects,
  index: number,
  step: 1 | -1,
  gap: number,
): number {
  const at = rowOf(rows, index);
  const row = rows[at];
  if (row?.kind !== 'boxes') return index;
  let next = at + step;
  while (rows[next]?.kind === 'heading') next += step;
  const other = rows[next];
  if (other?.kind !== 'boxes') return index;
  const middles = (one: BoxRow) => {
    let start = 0;
    return widthsOf(one, aspectOf).map((width) => (start += width + gap) - gap - width / 2);
  };
  const wanted = middles(row)[index - row.first] ?? 0;
  const distances = middles(other).map((middle) => Math.abs(middle - wanted));
  return other.first + distances.indexOf(Math.min(...distances));
}
