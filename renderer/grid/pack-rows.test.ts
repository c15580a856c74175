// Tests of the grid's layout and of walking through it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packRows, rowOf, shownAspect, verticalNeighbour } from './pack-rows.ts';
import type { Box, BoxRow } from './pack-rows.ts';

const packing = { width: 1000, target: 200, gap: 4, headingHeight: 48 };
const boxes = (aspects: readonly number[], group: string | null = null): Box[] =>
  aspects.map((aspect) => ({ aspect, group }));
const widthOf = (row: BoxRow) => row.widths.reduce((sum, one) => sum + one, 0) + 4 * (row.widths.length - 1);

test('every picture is laid out once and in order, in rows that fill the width, whatever its shape', () => {
  const aspect = fc.double({ min: 0.5, max: 3, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(aspect, { maxLength: 60 }),
      fc.integer({ min: 200, max: 2500 }),
      (aspects, width) => {
        const rows = packRows(boxes(aspects), { ...packing, width }).filter((row) => row.kind === 'boxes');
        let next = 0;
        rows.forEach((row, index) => {
          expect(row.first).toBe(next);
          next += row.widths.length;
          if (index < rows.length - 1) expect(widthOf(row)).toBeCloseTo(width, 5);
          else expect(widthOf(row)).toBeLessThanOrEqual(width + row.widths.length);
          for (let i = 0; i < row.widths.length; i += 1) expect(rowOf(rows, row.first + i)).toBe(index);
        });
        expect(next).toBe(aspects.length);
      },
    ),
  );
});

test('rows stack without overlap', () => {
  const rows = packRows([...boxes([1, 1.5, 1, 2, 1], 'May'), ...boxes([1, 1], 'April')], packing);
  for (let i = 1; i < rows.length; i += 1)
    expect(rows[i]!.top).toBeGreaterThanOrEqual(rows[i - 1]!.top + rows[i - 1]!.height);
});

test('a group begins with its heading on a new row', () => {
  const rows = packRows([...boxes([1, 1], 'May'), ...boxes([1], 'April')], packing);
  expect(rows.map((row) => (row.kind === 'heading' ? row.label : row.widths.length))).toEqual([
    'May',
    2,
    'April',
    1,
  ]);
});

test('the last row keeps the target height instead of blowing a picture up', () => {
  expect(packRows(boxes([1]), packing)).toEqual([
    { kind: 'boxes', first: 0, widths: [200], top: 0, height: 200 },
  ]);
});

test('down and up go to the picture whose middle is nearest, over headings, and stop at the edges', () => {
  const rows = packRows([...boxes([1, 1, 1], 'May'), ...boxes([2.5, 1], 'April')], packing);
  expect(verticalNeighbour(rows, 0, 1, 4)).toBe(3);
  expect(verticalNeighbour(rows, 2, 1, 4)).toBe(4);
  expect(verticalNeighbour(rows, 4, -1, 4)).toBe(2);
  expect(verticalNeighbour(rows, 4, 1, 4)).toBe(4);
  expect(verticalNeighbour(rows, 1, -1, 4)).toBe(1);
});

test('a size that is not known is a square, an extreme one is cut', () => {
  expect(shownAspect(null, 10)).toBe(1);
  expect(shownAspect(10_000, 10)).toBe(3);
  expect(shownAspect(10, 10_000)).toBe(0.5);
});
