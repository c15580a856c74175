// Tests of the headings by date and of wall clocks.
import { expect, test } from 'vitest';
import type { ItemCard, Taken } from '../../contract/media.ts';
import { makeFormat, wallClockMs } from '../i18n/format.ts';
import { dateHeadings } from './date-headings.ts';

const taken = (utcMs: number, offsetMinutes: number | null, certainty: Taken['certainty']): Taken => ({
  utcMs,
  offsetMinutes,
  certainty,
});
const item = (of: Taken | null) => ({ taken: of }) as ItemCard;

test('a zoned date shows the clock of where it was taken, a local one its own', () => {
  const midnight = Date.UTC(2024, 4, 31, 20, 0);
  expect(wallClockMs(taken(midnight, 540, 'zoned'))).toBe(Date.UTC(2024, 5, 1, 5, 0));
  expect(wallClockMs(taken(midnight, null, 'local'))).toBe(midnight);
});

test('full months head their pictures in the language, and what has no date stands apart', () => {
  const month = (index: number) =>
    Array.from({ length: 8 }, () => item(taken(Date.UTC(2024, index, 9), 0, 'zoned')));
  const headings = dateHeadings(
    [...month(5), ...month(4), item(null)],
    'newest',
    makeFormat('ko'),
    '날짜 없음',
  );
  expect([...new Set(headings)]).toEqual(['2024년 6월', '2024년 5월', '날짜 없음']);
});

test('where months hold few pictures, years head them', () => {
  const items = [5, 4, -3].map((month) => item(taken(Date.UTC(2024, month, 9), 0, 'zoned')));
  expect(dateHeadings(items, 'newest', makeFormat('en'), '-')).toEqual(['2024', '2024', '2023']);
});

test('wall clocks that disagree with the order do not make headings jump back and forth', () => {
  // In time order; the clocks read May, June, May …
  const items = Array.from({ length: 16 }, (_, index) =>
    item(taken(Date.UTC(2024, 4, 31, 22) - index * 60_000, index % 2 === 0 ? -600 : 540, 'zoned')),
  );
  expect(new Set(dateHeadings(items, 'newest', makeFormat('en'), '-'))).toEqual(new Set(['May 2024']));
});
