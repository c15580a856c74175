// Tests of the catalogue: kept current, it is the same as one read anew, whatever is written and by whom.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seeded } from '../../test/support/fixture-encoder.ts';
import { createFixtureLibrary, type FixtureLibrary } from '../../test/support/fixture-library.ts';
import { type Catalogue, createCatalogues } from './catalogue.ts';

let library: FixtureLibrary;
beforeEach(() => void (library = createFixtureLibrary()));
afterEach(() => library.close());

/** All that a search may ask of it, in a form that does not depend on how long its arrays are. */
function told(catalogue: Catalogue) {
  const { items, columns, rankOfMoment } = catalogue;
  return {
    moments: catalogue.moments,
    items: Array.from(items, (id, rank) => {
      expect(catalogue.rankOfItem[id]).toBe(rank);
      return {
        ...{ id, sortMs: columns.sortMs[id], kind: columns.kind[id], rating: columns.rating[id] },
        ...{ animated: columns.animated[id], located: columns.located[id] },
        ...{
          camera: catalogue.cameras[columns.camera[id] ?? 0],
          lens: catalogue.lenses[columns.lens[id] ?? 0],
        },
      };
    }),
    momentsOf: Array.from(rankOfMoment.entries()).filter(([, rank]) => rank >= 0),
  };
}

test('after many writes of every sort it is as if it were read anew', () => {
  const { database } = library;
  const current = createCatalogues(database);
  const random = seeded('writes');
  const ids: ReturnType<FixtureLibrary['add']>[] = [];
  for (let round = 0; round < 30; round++) {
    for (let n = 0; n < 20; n++) {
      const dice = random();
      const one = ids[Math.floor(random() * ids.length)];
      const modifiedMs = Math.floor(random() * 50) * 1000;
      if (dice < 0.5 || one === undefined)
        ids.push(
          library.add({ path: `${round}-${n}.jpg`, modifiedMs, metadata: { cameraMake: `C${n % 3}` } }),
        );
      else if (dice < 0.65) {
        ids.splice(ids.indexOf(one), 1);
        database.items.remove(one.itemId);
      } else if (dice < 0.8)
        database.moments.add({ itemId: one.itemId, kind: 'keyframe', startMs: n, endMs: null, text: null });
      else
        database.index
          .prepare('UPDATE item SET sort_ms = ?, rating = 3 WHERE item_id = ?')
          .run(modifiedMs, one.itemId);
    }
    expect(told(current())).toEqual(told(createCatalogues(database)()));
  }
});

test('what is rolled back leaves nothing, and without writes the same object comes', () => {
  const current = createCatalogues(library.database);
  library.add({ path: 'a.jpg' });
  const before = current();
  expect(() =>
    library.database.transaction(() => {
      library.add({ path: 'b.jpg' });
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(current().items).toHaveLength(1);
  expect(current()).toBe(current());
  expect(before.items).toHaveLength(1);
});
