// Tests of composed questions: weights, what is not wanted, sums of vectors, parts of pictures, kinds first.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SearchRequest, type SearchInput } from '../../contract/index.ts';
import { createVectorEncoder } from '../../test/support/fixture-encoder.ts';
import {
  createFixtureLibrary,
  type FixtureLibrary,
  noDecoding,
  silentLog,
  stillClock,
} from '../../test/support/fixture-library.ts';
import { createSearch } from './search.ts';
import { loadSpaceIndex } from './vectors/space-index.ts';

const clip = createVectorEncoder(256);
const scenes = [
  ...['beach day', 'beach night', 'beach night people', 'city night', 'city day people', 'forest day'],
  ...['forest night', 'cat', 'cat sofa', 'dog sofa'],
];
let library: FixtureLibrary;
let ask: (input: SearchInput) => Promise<string[]>;
/** The item that shows a scene. */
let itemOf: Map<string, number>;

beforeEach(async () => {
  library = createFixtureLibrary();
  itemOf = new Map();
  const vectors = library.database.vectors.open(clip.space);
  for (const [i, scene] of scenes.entries()) {
    const { itemId, momentId } = library.add({ path: `${i}.jpg`, modifiedMs: i * 1000 });
    vectors.put(momentId, clip.pictureOf(scene));
    itemOf.set(scene, itemId);
  }
  const index = await loadSpaceIndex(clip.space, vectors, library.database.moments);
  const search = createSearch({
    ...{ database: library.database, clock: stillClock, log: silentLog, pool: noDecoding },
    active: () => ({ encoder: clip, vectors, index }),
  });
  ask = async (input) => {
    const { results } = await search.find(SearchRequest.parse({ all: true, ...input }));
    return results.map(({ name }) => scenes[Number.parseInt(name, 10)] ?? name);
  };
});
afterEach(() => library.close());

test('vectors are added and subtracted where a sum is asked for', async () => {
  expect((await ask({ text: 'beach + night' })).slice(0, 2).sort()).toEqual([
    'beach night',
    'beach night people',
  ]);
  expect((await ask({ text: 'beach + night - people' }))[0]).toBe('beach night');
  const itemId = itemOf.get('city night');
  const images = [{ source: 'item' as const, itemId: itemId ?? 0 }];
  expect((await ask({ text: '+ beach - city', images })).slice(0, 2)).toContain('beach night');
});

test('a greater weight draws the answer to its part', async () => {
  const order = await ask({ text: '3:sofa 0.5:"cat"' });
  expect(order.indexOf('dog sofa')).toBeLessThan(order.indexOf('cat'));
  const other = await ask({ text: '0.5:sofa 3:"cat"' });
  expect(other.indexOf('cat')).toBeLessThan(other.indexOf('dog sofa'));
});

test('a picture that is not wanted takes what looks like it away', async () => {
  const images = [{ source: 'item' as const, itemId: itemOf.get('cat sofa') ?? 0, negative: true }];
  expect((await ask({ text: 'sofa', images }))[0]).toBe('dog sofa');
});

test('a minus takes away by meaning', async () => {
  const results = await ask({ text: 'night -people', all: false });
  expect(results).not.toContain('beach night people');
});

test('a kind that is asked for in words comes first and hides nothing', async () => {
  library.add({ path: 'sofa.jpg', modifiedMs: 98_000 });
  library.add({ path: 'sofa.mp4', kind: 'video', modifiedMs: 1 });
  const names = (answer: string[]) => answer.filter((name) => name.startsWith('sofa'));
  expect(names(await ask({ text: 'sofa', all: false }))).toEqual(['sofa.jpg', 'sofa.mp4']);
  const videoFirst = await ask({ text: 'video of sofa', all: false });
  expect(videoFirst[0]).toBe('sofa.mp4');
  expect(videoFirst).toContain('sofa.jpg');
});
