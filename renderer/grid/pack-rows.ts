// Runs in the page: lays pictures out in rows of equal width, and finds the neighbour in each direction.

/** A picture to lay out. `group` is the heading it stands under, or null where there are none. */
export interface Box {
  readonly aspect: number;
  readonly group: string | null;
}

export interface HeadingRow {
  readonly kind: 'heading';
  readonly label: string;
  readonly top: number;
  readonly height: number;
}

export interface BoxRow {
  readonly kind: 'boxes';
  /** Index of the first picture; the others follow. */
  readonly first: number;
  readonly widths: readonly number[];
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

/** Panoramas and ribbons are cut to these, so that they neither take a row alone nor become a hair. */
const NARROWEST = 0.5;
const WIDEST = 3;

/** The aspect a picture is shown at; a square where its size is not known yet. */
export function shownAspect(width: number | null, height: number | null): number {
  if (!width || !height) return 1;
  return Math.min(WIDEST, Math.max(NARROWEST, width / height));
}

/**
 * Fills rows greedily: a row is closed when it comes nearer to the target height without the next
 * picture than with it. The last row of a group keeps the target height and stays ragged.
 */
export function packRows(boxes: readonly Box[], packing: Packing): Row[] {
  const { width, target, gap, headingHeight } = packing;
  const rows: Row[] = [];
  let top = 0;
  let first = 0;
  let sum = 0;
  const heightOf = (count: number, aspects: number) => (width - gap * (count - 1)) / aspects;
  const close = (end: number, stretched: boolean) => {
    if (end === first) return;
    const full = heightOf(end - first, sum);
    const height = Math.round(stretched ? full : Math.min(full, target));
    const widths = boxes.slice(first, end).map((box) => box.aspect * height);
    if (stretched) {
      // Rounding the height leaves a pixel or two; the pictures share them.
      const used = widths.reduce((total, one) => total + one, 0) + gap * (widths.length - 1);
      const share = (width - used) / widths.length;
      widths.forEach((one, index) => (widths[index] = one + share));
    }
    rows.push({ kind: 'boxes', first, widths, top, height });
    top += height + gap;
    first = end;
    sum = 0;
  };
  boxes.forEach((box, index) => {
    const group = index > 0 ? boxes[index - 1]?.group : null;
    if (box.group !== null && box.group !== group) {
      close(index, false);
      rows.push({ kind: 'heading', label: box.group, top, height: headingHeight });
      top += headingHeight;
    }
    const count = index - first;
    if (count > 0) {
      const without = heightOf(count, sum);
      const withIt = heightOf(count + 1, sum + box.aspect);
      if (withIt < target && without - target < target - withIt) close(index, true);
    }
    sum += box.aspect;
    if (heightOf(index + 1 - first, sum) <= target) close(index + 1, true);
  });
  close(boxes.length, false);
  return rows;
}

/** Index in `rows` of the row that holds a picture, or -1. */
export function rowOf(rows: readonly Row[], index: number): number {
  let low = 0;
  let high = rows.length - 1;
  let found = -1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    // A heading belongs to the row below it, which there always is.
    const row = rows[middle]?.kind === 'boxes' ? rows[middle] : rows[middle + 1];
    if (row?.kind !== 'boxes') return -1;
    if (row.first <= index) {
      found = rows[middle]?.kind === 'boxes' ? middle : middle + 1;
      low = middle + 1;
    } else high = middle - 1;
  }
  const row = rows[found];
  return row?.kind === 'boxes' && index < row.first + row.widths.length ? found : -1;
}

/** The picture above (-1) or below (1) whose middle is nearest; itself at the edge. */
export function verticalNeighbour(rows: readonly Row[], index: number, step: 1 | -1, gap: number): number {
  const at = rowOf(rows, index);
  const row = rows[at];
  if (row?.kind !== 'boxes') return index;
  let next = at + step;
  while (rows[next]?.kind === 'heading') next += step;
  const other = rows[next];
  if (other?.kind !== 'boxes') return index;
  const middles = (one: BoxRow) => {
    let start = 0;
    return one.widths.map((width) => (start += width + gap) - gap - width / 2);
  };
  const wanted = middles(row)[index - row.first] ?? 0;
  const distances = middles(other).map((middle) => Math.abs(middle - wanted));
  return other.first + distances.indexOf(Math.min(...distances));
}
