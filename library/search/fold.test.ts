// Tests of folding: bursts and near-duplicates stand behind the best of them, and can be opened.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SearchRequest, type ItemId, type SearchInput } from '../../contract/index.ts';
import { createVectorEncoder, direction, unit } from '../../test/support/fixture-encoder.ts';
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
const taken = (utcMs: number) => ({ taken: { utcMs, offsetMinutes: 0, certainty: 'zoned' as const } });
const canon = { cameraMake: 'Canon', cameraModel: 'R6' };

let library: FixtureLibrary;
let ids: Map<string, ItemId>;
let ask: (input: SearchInput) => Promise<{ total: number; results: [string, number | undefined][] }>;

/** A vector at a cosine of `near` to what a scene looks like. */
function beside(scene: string, near: number, noise: string): Float32Array {
  const { vector } = clip.pictureOf(scene, scene);
  const away = direction(noise, 256);
  const along = away.reduce((sum, value, i) => sum + value * (vector[i] ?? 0), 0);
  const across = unit(away.map((value, i) => value - along * (vector[i] ?? 0)));
  return vector.map((value, i) => near * value + Math.sqrt(1 - near * near) * (across[i] ?? 0));
}

beforeEach(async () => {
  library = createFixtureLibrary();
  ids = new Map();
  const vectors = library.database.vectors.open(clip.space);
  const add = (name: string, vector: Float32Array, metadata: object = {}) => {
    const { itemId, momentId } = library.add({ path: `${name}.jpg`, modifiedMs: ids.size, metadata });
    vectors.put(momentId, { vector, concepts: null, regions: [] });
    ids.set(name, itemId);
  };
  add('sofa', clip.pictureOf('cat sofa').vector);
  add('sofa copy', beside('cat sofa', 0.995, 'a'));
  add('sofa again', beside('cat sofa', 0.96, 'b'));
  add('burst 1', beside('cat garden', 1, 'c'), { ...canon, ...taken(1_000_000) });
  add('burst 2', beside('cat garden', 0.95, 'd'), { ...canon, ...taken(1_002_000) });
  add('later', beside('cat garden', 0.95, 'e'), { ...canon, ...taken(1_090_000) });
  for (let i = 0; i < 40; i++) add(`other ${String(i)}`, clip.pictureOf(`thing${String(i)}`).vector);
  const index = await loadSpaceIndex(clip.space, vectors, library.database.moments);
  const search = createSearch({
    ...{ database: library.database, clock: stillClock, log: silentLog, pool: noDecoding },
    active: () => ({ encoder: clip, vectors, index }),
  });
  ask = async (input) => {
    const { total, results } = await search.find(SearchRequest.parse({ text: 'cat', ...input }));
    return { total, results: results.map(({ name, folded }) => [name.replace('.jpg', ''), folded]) };
  };
});
afterEach(() => library.close());

test('a copy and a burst stand behind the best of them; what only looks alike does not', async () => {
  const { total, results } = await ask({ fold: true });
  expect(total).toBe(4);
  const names = results.map(([name]) => name);
  expect(names).toContain('sofa again');
  expect(names).toContain('later');
  expect(names.filter((name) => name.startsWith('burst'))).toHaveLength(1);
  expect(names.filter((name) => name === 'sofa' || name === 'sofa copy')).toHaveLength(1);
  expect(results.filter(([, folded]) => folded === 1)).toHaveLength(2);
});

test('one that is opened has those like it beside it, and still tells how many', async () => {
  const folded = await ask({ fold: true });
  const leader = folded.results.find(([name]) => name.startsWith('burst'))?.[0] ?? '';
  const { total, results } = await ask({ fold: true, unfolded: [ids.get(leader) ?? 0] });
  expect(total).toBe(5);
  expect(results.filter(([name]) => name.startsWith('burst'))).toHaveLength(2);
  const at = results.findIndex(([name]) => name === leader);
  expect(results[at]?.[1]).toBe(1);
  expect(results[at + 1]?.[0]).toMatch(/^burst/);
});

test('pages go on where the last one ended, and without being asked nothing is folded', async () => {
  const whole = await ask({ fold: true });
  const pages = [await ask({ fold: true, limit: 2 }), await ask({ fold: true, limit: 2, offset: 2 })];
  expect(pages.flatMap(({ results }) => results)).toEqual(whole.results);
  expect((await ask({})).results.map(([, behind]) => behind)).toEqual(
    Array.from({ length: 6 }, () => undefined),
  );
});
