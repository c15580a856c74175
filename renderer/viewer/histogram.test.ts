// Tests of counting values.
import { expect, test } from 'vitest';
import { fullHeight, histogramOf } from './histogram.ts';

test('each channel is counted by itself, and what is transparent is not', () => {
  const rgba = new Uint8ClampedArray([255, 10, 0, 255, 255, 20, 0, 255, 7, 7, 7, 0]);
  const [red, green, blue] = histogramOf(rgba);
  expect([red[255], green[10], green[20], blue[0], red[7]]).toEqual([2, 1, 1, 2, 0]);
});

test('clipped black and white do not set the height', () => {
  const grey = Array.from({ length: 256 }, (_, value) => [value, value, value, 255]).flat();
  const clipped = Array.from({ length: 5_000 }, () => [0, 255, 0, 255]).flat();
  expect(fullHeight(histogramOf(new Uint8ClampedArray([...grey, ...clipped])))).toBe(1);
});
