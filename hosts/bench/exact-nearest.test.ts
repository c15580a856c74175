// Runs in Vitest: the exact answer that others are judged by.
import { expect, test } from 'vitest';
import { exactNearest, recallOf } from './exact-nearest.ts';

const floats = Float32Array.of(1, 0, 0, 1, 0.6, 0.8, 0.8, 0.6);
const { cosines } = exactNearest(floats, [Float32Array.of(1, 0)], 2);
const [first = new Float32Array()] = cosines;

test('every vector is compared', () => {
  expect([...first].map((value) => Number(value.toFixed(3)))).toEqual([1, 0, 0.6, 0.8]);
});

test('the share of the nearest that were found, among those that pass', () => {
  expect(recallOf([0, 3], first, null, 2)).toBe(1);
  expect(recallOf([0, 2], first, null, 2)).toBe(0.5);
  expect(recallOf([0, 0], first, null, 2)).toBe(0.5);
  expect(recallOf([3, 2], first, (at) => at !== 0, 2)).toBe(1);
  expect(recallOf([0, 3], first, (at) => at !== 0, 2)).toBe(0.5);
  expect(recallOf([], first, () => false, 2)).toBe(1);
  expect(recallOf([1], first, () => false, 2)).toBe(0);
});
