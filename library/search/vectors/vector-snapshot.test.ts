// Tests of a space's snapshot: what is opened answers as what was closed, whatever a crash left on the disk.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MomentId } from '../../../contract/index.ts';
import { createConceptEncoder, direction } from '../../../test/support/fixture-encoder.ts';
import { createFixtureLibrary, type FixtureLibrary } from '../../../test/support/fixture-library.ts';
import { loadSpaceIndex, saveSpaceIndex, type SpaceIndex } from './space-index.ts';

const MANY = 2_100;
const { space } = createConceptEncoder({ concepts: ['cat', 'dog'], weak: {}, ordering: [], fillers: [] });
const embedding = (name: string, cat = 0.5) => ({
  vector: direction(name, space.dimensions),
  concepts: Float32Array.of(cat, 1 - cat),
  regions: [],
});

let library: FixtureLibrary;
let folder: string;
let momentIds: MomentId[];
beforeEach(() => {
  library = createFixtureLibrary();
  folder = mkdtempSync(join(tmpdir(), 'afterimage-snapshot-'));
  momentIds = [];
  library.database.transaction(() => {
    for (let i = 0; i < MANY; i++) {
      const { momentId } = library.add({ path: `${i}.jpg` });
      vectors().put(momentId, embedding(`v${i}`, (i % 10) / 10));
      momentIds.push(momentId);
    }
  });
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true });
});

const vectors = () => library.database.vectors.open(space);
const load = () => loadSpaceIndex(space, vectors(), library.database.moments, folder);
const files = () => readdirSync(folder).filter((name) => name.endsWith('.vectors'));

/** Opens by the snapshot: whoever reads the whole database for it fails. */
const loadBySnapshot = () => {
  const read = (ids?: readonly MomentId[]) => {
    if (ids === undefined) throw new Error('all vectors were read');
    return vectors().read(ids);
  };
  return loadSpaceIndex(space, { ...vectors(), read }, library.database.moments, folder);
};

/** By moment: its cosine to a query and its first concept. */
function seen(index: SpaceIndex): Map<number, string> {
  const query = index.vectors.prepare(direction('query', space.dimensions));
  return new Map(
    Array.from({ length: index.count() }, (_, slot) => [
      index.momentIds[slot] ?? 0,
      `${index.vectors.cosine(query, slot).toFixed(3)} ${index.concepts.at(0, slot).toFixed(1)}`,
    ]),
  );
}

/** What the database alone says. */
const truth = async () => seen(await loadSpaceIndex(space, vectors(), library.database.moments));

async function closed(): Promise<void> {
  const index = await load();
  saveSpaceIndex(index, vectors(), folder);
  index.close();
}

test('a snapshot is written once, named by the database, and opened to the same answers', async () => {
  const before = await truth();
  await closed();
  expect(files()).toHaveLength(1);
  expect(vectors().snapshot()).toEqual({ name: expect.any(String) as string, changed: [] });
  const again = await loadBySnapshot();
  expect(seen(again)).toEqual(before);
  saveSpaceIndex(again, vectors(), folder);
  expect(files()[0]).toContain(vectors().snapshot().name);
});

test('what changed after it and was never told, as by a crash, is read from the database', async () => {
  await closed();
  const { name } = vectors().snapshot();
  const [first, second, third] = momentIds;
  vectors().put(first!, embedding('another'));
  library.database.vectors.removeMoment(second!);
  vectors().put(library.add({ path: 'late.jpg' }).momentId, embedding('late'));
  library.database.transaction(() => vectors().put(third!, embedding('twice')));
  const index = await loadBySnapshot();
  expect(seen(index)).toEqual(await truth());
  expect(index.slotOf(second!)).toBe(-1);
  saveSpaceIndex(index, vectors(), folder);
  expect(vectors().snapshot().name).toBe(name);
});

test('a file that is cut short, changed, missing or of another database is not used', async () => {
  const before = await truth();
  const spoil: ((path: string) => void)[] = [
    (path) => truncateSync(path, 100_000),
    (path) => {
      const bytes = readFileSync(path);
      bytes[5000] = (bytes[5000] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
    (path) => rmSync(path),
    (path) => {
      // The database has gone back to before: it names a snapshot that is not this one.
      cpSync(path, `${path}.part`);
      vectors().setSnapshot('one-of-before');
    },
  ];
  for (const how of spoil) {
    vectors().setSnapshot(null);
    await closed();
    how(join(folder, files()[0]!));
    await expect(loadBySnapshot()).rejects.toThrow('all vectors were read');
    const index = await load();
    expect(seen(index)).toEqual(before);
    saveSpaceIndex(index, vectors(), folder);
    index.close();
  }
});

test('many changes since are worth a new file, and the old one goes', async () => {
  await closed();
  const [old] = files();
  library.database.transaction(() => {
    for (const momentId of momentIds.slice(0, MANY / 10))
      vectors().put(momentId, embedding(`new ${momentId}`));
  });
  const expected = await truth();
  await closed();
  expect(files()).toHaveLength(1);
  expect(files()).not.toContain(old);
  expect(seen(await load())).toEqual(expected);
});
