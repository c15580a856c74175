// Runs under Vitest: what a library offers to ask for, and what was asked before.
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createFixtureLibrary,
  type FixtureLibrary,
  silentLog,
  stillClock,
  noDecoding,
} from '../test/support/fixture-library.ts';
import { createSearchHistory } from './search-history.ts';
import { createSearch } from './search/search.ts';

let library: FixtureLibrary;
beforeEach(() => {
  library = createFixtureLibrary();
});
afterEach(() => library.close());

const vocabulary = () =>
  createSearch({
    ...{ database: library.database, clock: stillClock, log: silentLog, active: () => null },
    pool: noDecoding,
  }).vocabulary();

test('cameras, folders and dates are offered with how many items they have, as a query asks for them', () => {
  const canon = { cameraMake: 'Canon', cameraModel: 'Canon EOS R6' };
  const taken = (utcMs: number) => ({ taken: { utcMs, offsetMinutes: 0, certainty: 'zoned' as const } });
  library.add({ path: 'trips/summer lake/a.jpg', metadata: { ...canon, ...taken(Date.UTC(2019, 6, 3)) } });
  library.add({ path: 'trips/b.jpg', metadata: { ...canon, ...taken(Date.UTC(2019, 6, 9)) } });
  library.add({ path: 'c.jpg', metadata: taken(Date.UTC(2021, 0, 1)) });
  const of = (kind: string) =>
    vocabulary()
      .filter((one) => one.kind === kind)
      .map(({ query, items }) => [query, items]);
  expect(of('camera')).toEqual([['camera:"canon eos r6"', 2]]);
  expect(of('folder')).toEqual([
    ['in:trips', 2],
    ['in:"summer lake"', 1],
  ]);
  expect(of('year')).toEqual([
    ['date:2019', 2],
    ['date:2021', 1],
  ]);
  expect(of('month')).toEqual([
    ['date:2019-07', 2],
    ['date:2021-01', 1],
  ]);
});

test('an empty library offers nothing', () => {
  expect(vocabulary()).toEqual([]);
});

test('what was asked is kept once, the newest first, and goes when it is to go', () => {
  const history = createSearchHistory(library.database);
  for (const text of ['ca', 'cat', 'dog', 'cat']) history.add(text);
  expect(history.list()).toEqual(['cat', 'dog']);
  history.remove('dog');
  expect(history.list()).toEqual(['cat']);
  for (let n = 0; n < 80; n += 1) history.add(`query ${String(n)} of many`);
  expect(history.list().length).toBe(50);
  history.clear();
  expect(history.list()).toEqual([]);
});
