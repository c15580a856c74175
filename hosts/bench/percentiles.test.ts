// Runs under Vitest: percentiles by nearest rank.
import { expect, test } from 'vitest';
import { latenciesOf, percentile } from './percentiles.ts';

test('a percentile is a value that occurs', () => {
  const values = [15, 20, 35, 40, 50];
  expect(percentile(0.05, values)).toBe(15);
  expect(percentile(0.3, values)).toBe(20);
  expect(percentile(0.4, values)).toBe(20);
  expect(percentile(0.5, values)).toBe(35);
  expect(percentile(1, values)).toBe(50);
});

test('of a hundred tries the slowest five lie beyond p95', () => {
  const latencies = latenciesOf(Array.from({ length: 100 }, (_, at) => 100 - at));
  expect(latencies).toEqual({ tries: 100, p50: 50, p95: 95, max: 100 });
});

test('without values there is no percentile', () => {
  expect(() => percentile(0.5, [])).toThrow('no values');
});
