// Tests of the month headings and of wall clocks.
import { expect, test } from 'vitest';
import type { ItemCard, Taken } from '../../contract/media.ts';
import { makeFormat, wallClockMs } from '../i18n/format.ts';
import { monthHeadings } from './months.ts';

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

test('months head their pictures in the language, and what has no date stands apart', () => {
  const items = [
    item(taken(Date.UTC(2024, 5, 2), 0, 'zoned')),
    item(taken(Date.UTC(2024, 4, 9), 0, 'zoned')),
    item(null),
  ];
  expect(monthHeadings(items, 'newest', makeFormat('ko'), '날짜 없음')).toEqual([
    '2024년 6월',
    '2024년 5월',
    '날짜 없음',
  ]);
});

test('wall clocks that disagree with the order do not make headings jump back and forth', () => {
  const items = [
    item(taken(Date.UTC(2024, 4, 31, 23), -600, 'zoned')),
    item(taken(Date.UTC(2024, 4, 31, 22), 540, 'zoned')),
    item(taken(Date.UTC(2024, 4, 31, 21), -600, 'zoned')),
  ];
  expect(new Set(monthHeadings(items, 'newest', makeFormat('en'), '-'))).toEqual(new Set(['May 2024']));
});
