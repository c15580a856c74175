// Tests of the headings by date and of wall clocks.
import { expect, test } from 'vitest';
import type { Taken } from '../../contract/media.ts';
import { makeFormat, wallClockMs } from '../i18n/format.ts';
import { dateGroups } from './date-headings.ts';

const taken = (utcMs: number, offsetMinutes: number | null, certainty: Taken['certainty']): Taken => ({
  utcMs,
  offsetMinutes,
  certainty,
});
const labels = (times: readonly (number | null)[], language = 'en', direction = 'newest' as const) =>
  dateGroups(times.length, (index) => times[index] ?? null, direction, makeFormat(language)).map(
    ({ first, label }) => [first, label],
  );

test('a zoned date shows the clock of where it was taken, a local one its own', () => {
  const midnight = Date.UTC(2024, 4, 31, 20, 0);
  expect(wallClockMs(taken(midnight, 540, 'zoned'))).toBe(Date.UTC(2024, 5, 1, 5, 0));
  expect(wallClockMs(taken(midnight, null, 'local'))).toBe(midnight);
});

test('full months head their pictures in the language, and what has no date stands with its neighbours', () => {
  const month = (index: number) => Array.from({ length: 8 }, () => Date.UTC(2024, index, 9));
  expect(labels([...month(5), ...month(4), null], 'ko')).toEqual([
    [0, '2024년 6월'],
    [8, '2024년 5월'],
  ]);
});

test('where months hold few pictures, years head them', () => {
  expect(labels([5, 4, -3].map((month) => Date.UTC(2024, month, 9)))).toEqual([
    [0, '2024'],
    [2, '2023'],
  ]);
});

test('oldest first is headed the other way round', () => {
  const times = [-3, 4, 5].map((month) => Date.UTC(2024, month, 9));
  const groups = dateGroups(3, (index) => times[index] ?? null, 'oldest', makeFormat('en'));
  expect(groups.map(({ label }) => label)).toEqual(['2023', '2024']);
});

test('wall clocks that disagree with the order do not make headings jump back and forth', () => {
  // In time order; the clocks read May, June, May …
  const times = Array.from({ length: 16 }, (_, index) =>
    wallClockMs(taken(Date.UTC(2024, 4, 31, 22) - index * 60_000, index % 2 === 0 ? -600 : 540, 'zoned')),
  );
  expect(labels(times)).toEqual([[0, 'May 2024']]);
});
