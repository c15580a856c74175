// Tests of the grid's layout and of walking through it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heightOf, packRows, rowAt, rowOf, shownAspect, verticalNeighbour, widthsOf } from './pack-rows.ts';
import type { Row } from './pack-rows.ts';

const packing = { width: 1000, target: 200, gap: 4, headingHeight: 48 };
const of = (aspects: readonly number[]) => (index: number) => aspects[index] ?? 1;
const pack = (aspects: readonly number[], groups: readonly { first: number; label: string }[] = []) =>
  packRows(aspects.length, of(aspects), groups, packing);

test('every picture is laid out once and in order, in rows that fill the width, whatever its shape', () => {
  const aspect = fc.double({ min: 0.5, max: 3, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(aspect, { maxLength: 60 }),
      fc.integer({ min: 200, max: 2500 }),
      (aspects, width) => {
        const rows = packRows(aspects.length, of(aspects), [], { ...packing, width });
        let next = 0;
        rows.forEach((row, index) => {
          if (row.kind === 'heading') throw new Error('There is no heading to stand here.');
          expect(row.first).toBe(next);
          next += row.count;
          const wide = widthsOf(row, of(aspects)).reduce((sum, one) => sum + one, 0) + 4 * (row.count - 1);
          if (index < rows.length - 1) expect(wide).toBeCloseTo(width, 5);
          else expect(wide).toBeLessThanOrEqual(width + row.count * 2);
          for (let i = 0; i < row.count; i += 1) expect(rowOf(rows, row.first + i)).toBe(index);
        });
        expect(next).toBe(aspects.length);
      },
    ),
  );
});

test('rows stack without overlap, and each is found by a point in it', () => {
  const rows = pack(
    [1, 1.5, 1, 2, 1, 1, 1],
    [
      { first: 0, label: 'May' },
      { first: 5, label: 'April' },
    ],
  );
  rows.forEach((row, i) => {
    if (i > 0) expect(row.top).toBeGreaterThanOrEqual(rows[i - 1]!.top + rows[i - 1]!.height);
    expect(rowAt(rows, row.top)).toBe(i);
    expect(rowAt(rows, row.top + row.height - 1)).toBe(i);
  });
  expect(heightOf(rows)).toBe(rows.at(-1)!.top + rows.at(-1)!.height);
});

const named = (rows: readonly Row[]) => rows.map((row) => (row.kind === 'heading' ? row.label : row.count));

test('a group begins with its heading on a new row', () => {
  const rows = pack(
    [1, 1, 1],
    [
      { first: 0, label: 'May' },
      { first: 2, label: 'April' },
    ],
  );
  expect(named(rows)).toEqual(['May', 2, 'April', 1]);
  expect(rowOf(rows, 0)).toBe(1);
  expect(rowOf(rows, 2)).toBe(3);
});

test('the last row keeps the target height instead of blowing a picture up', () => {
  expect(pack([1])).toEqual([{ kind: 'boxes', first: 0, count: 1, share: 0, top: 0, height: 200 }]);
});

test('down and up go to the picture whose middle is nearest, over headings, and stop at the edges', () => {
  const aspects = [1, 1, 1, 2.5, 1];
  const rows = pack(aspects, [
    { first: 0, label: 'May' },
    { first: 3, label: 'April' },
  ]);
  const from = (index: number, step: 1 | -1) => verticalNeighbour(rows, of(aspects), index, step, 4);
  expect([from(0, 1), from(2, 1), from(4, -1), from(4, 1), from(1, -1)]).toEqual([3, 4, 2, 4, 1]);
});

test('a size that is not known is a square, an extreme one is cut', () => {
  expect([null, 1000, 0.001].map(shownAspect)).toEqual([1, 3, 0.5]);
});
