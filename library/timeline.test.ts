// Runs under Vitest: a whole list as columns, from real tables, read back as a face does.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Failure, LayoutRequest, layoutWriter, readLayout } from '../contract/index.ts';
import {
  createFixtureLibrary,
  type FixtureLibrary,
  silentLog,
  stillClock,
  noDecoding,
} from '../test/support/fixture-library.ts';
import { createSearch } from './search/search.ts';
import { timelineLayout } from './timeline.ts';

const HOUR_MS = 3_600_000;
let library: FixtureLibrary;
beforeEach(() => {
  library = createFixtureLibrary();
});
afterEach(() => library.close());

async function layout(text = '') {
  const { database } = library;
  const search = createSearch({
    ...{ database, clock: stillClock, log: silentLog, active: () => null },
    pool: noDecoding,
  });
  const bytes = await timelineLayout({ database, search }, LayoutRequest.parse({ text }));
  return readLayout(await bytes.arrayBuffer());
}

test('every item is there, newest first, with what a cell paints before it knows more', async () => {
  const [old, recent] = [1, 2].map(
    (at) => library.add({ path: `2009/${String(at)}.jpg`, modifiedMs: at * HOUR_MS }).itemId,
  );
  const thumbhash = Uint8Array.from({ length: 24 }, (_, at) => at + 1);
  library.database.items.setDecoded(old!, { width: 3000, height: 2000, animated: true, thumbhash });
  const { count, itemIds, item } = await layout();
  expect(count).toBe(2);
  expect([...itemIds]).toEqual([recent, old]);
  expect(item(0)).toEqual({
    ...{ itemId: recent, kind: 'picture', aspect: null, sortMs: 2 * HOUR_MS },
    ...{ hasPreview: false, animated: false, thumbhash: null },
  });
  expect(item(1)).toEqual({
    ...{ itemId: old, kind: 'picture', aspect: 1.5, sortMs: HOUR_MS, hasPreview: true, animated: true },
    // As many bytes as the longest: a decoder reads no further than the hash goes.
    thumbhash: Uint8Array.from([...thumbhash, 0]),
  });
});

test('filters narrow the list and turn it round; an empty one is a layout, too', async () => {
  const first = library.add({ path: 'pets/cat.jpg', modifiedMs: HOUR_MS }).itemId;
  const second = library.add({ path: 'pets/dog.jpg', modifiedMs: 2 * HOUR_MS }).itemId;
  library.add({ path: 'trips/sea.jpg', modifiedMs: 3 * HOUR_MS });
  expect([...(await layout('in:pets sort:oldest')).itemIds]).toEqual([first, second]);
  expect((await layout('in:nowhere')).count).toBe(0);
});

test('what is searched for by meaning or words has no layout', async () => {
  library.add({ path: 'cat.jpg' });
  for (const text of ['cat', '"cat"', '-cat'])
    await expect(layout(text)).rejects.toThrow(
      new Failure('INPUT_INVALID', 'A layout is of items under filters, not of what is searched for.'),
    );
});

test('bytes that are cut off are told from a layout', () => {
  expect(() => readLayout(layoutWriter(3).buffer.slice(0, 40))).toThrow(RangeError);
});
