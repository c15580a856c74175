// Tests of the viewer's arithmetic.
import { expect, test } from 'vitest';
import { WHOLE, actualScale, fit, limitsOf, settle, zoomAt } from './zoom.ts';

const stage = { width: 1000, height: 500 };
const limits = limitsOf(1);

test('a large picture is fitted, a small one is enlarged twice at most', () => {
  expect(fit({ width: 4000, height: 4000 }, stage)).toEqual({ width: 500, height: 500 });
  expect(fit({ width: 100, height: 50 }, stage)).toEqual({ width: 200, height: 100 });
});

test('pixel for pixel is told for large and small pictures and for fine screens, and can be reached', () => {
  const large = { width: 4000, height: 4000 };
  expect(actualScale(large, fit(large, stage), 1)).toBe(8);
  expect(actualScale(large, fit(large, stage), 2)).toBe(4);
  const small = { width: 100, height: 50 };
  const actual = actualScale(small, fit(small, stage), 1);
  expect(actual).toBe(0.5);
  expect(zoomAt(WHOLE, actual, 0, 0, limitsOf(actual)).scale).toBe(0.5);
  const huge = { width: 40_000, height: 40_000 };
  expect(limitsOf(actualScale(huge, fit(huge, stage), 1)).most).toBe(640);
});

test('what is under the pointer stays under it', () => {
  const view = zoomAt({ scale: 2, x: 30, y: -10 }, 1.5, 120, 40, limits);
  // A point of the picture, from its middle and at scale 1, is (stage point - shift) / scale.
  expect((120 - view.x) / view.scale).toBeCloseTo((120 - 30) / 2);
  expect((40 - view.y) / view.scale).toBeCloseTo((40 + 10) / 2);
});

test('zooming stops at the whole picture and at sixteen times', () => {
  expect(zoomAt(WHOLE, 0.5, 0, 0, limits).scale).toBe(1);
  expect(zoomAt(WHOLE, 100, 0, 0, limits).scale).toBe(16);
});

test('a picture cannot be pushed off the stage, and one that fits is centred', () => {
  expect(settle({ scale: 1, x: 80, y: 80 }, { width: 500, height: 500 }, stage, limits)).toEqual(WHOLE);
  expect(settle({ scale: 4, x: 9_999, y: -9_999 }, { width: 500, height: 500 }, stage, limits)).toEqual({
    scale: 4,
    x: 500,
    y: -750,
  });
});
