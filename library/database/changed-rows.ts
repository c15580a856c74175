// Runs on the engine's thread: which items and moments were written since one last asked. Serves search/catalogue.
import type { ItemId, MomentId } from '../../contract/index.ts';
import type { Connection } from './connection.ts';

/** An item as the catalogue keeps it, as a row without names: a million of them are read at once. Null: not said. */
export type CatalogueRow = readonly [
  itemId: ItemId,
  sortMs: number,
  kind: string,
  animated: 0 | 1,
  rating: number | null,
  located: 0 | 1,
  cameraMake: string | null,
  cameraModel: string | null,
  lens: string | null,
];

export type ChangedRows = ReturnType<typeof createChangedRows>;

/**
 * Temporary triggers note every row that is written, whoever writes it, cascades included; a transaction that
 * is rolled back takes its notes with it. Nothing of it is in the file.
 */
export function createChangedRows(index: Connection) {
  index.exec(`
    CREATE TEMP TABLE IF NOT EXISTS changed_item (item_id INTEGER PRIMARY KEY);
    CREATE TEMP TABLE IF NOT EXISTS changed_moment (moment_id INTEGER PRIMARY KEY);
    CREATE TEMP TRIGGER IF NOT EXISTS item_added AFTER INSERT ON main.item
      BEGIN INSERT OR IGNORE INTO changed_item VALUES (new.item_id); END;
    CREATE TEMP TRIGGER IF NOT EXISTS item_written AFTER UPDATE OF
      sort_ms, kind, animated, rating, latitude, camera_make, camera_model, lens ON main.item
      BEGIN INSERT OR IGNORE INTO changed_item VALUES (new.item_id); END;
    CREATE TEMP TRIGGER IF NOT EXISTS item_removed AFTER DELETE ON main.item
      BEGIN INSERT OR IGNORE INTO changed_item VALUES (old.item_id); END;
    CREATE TEMP TRIGGER IF NOT EXISTS moment_added AFTER INSERT ON main.moment
      BEGIN INSERT OR IGNORE INTO changed_moment VALUES (new.moment_id); END;
    CREATE TEMP TRIGGER IF NOT EXISTS moment_written AFTER UPDATE OF item_id, kind ON main.moment
      BEGIN INSERT OR IGNORE INTO changed_moment VALUES (new.moment_id); END;
    CREATE TEMP TRIGGER IF NOT EXISTS moment_removed AFTER DELETE ON main.moment
      BEGIN INSERT OR IGNORE INTO changed_moment VALUES (old.moment_id); END;
  `);
  const columns =
    'item_id, sort_ms, kind, animated, rating, latitude IS NOT NULL, camera_make, camera_model, lens';
  const within = (name: string): string => `IN (SELECT value FROM json_each(?)) /* ${name} */`;
  const items = index.prepare<[], CatalogueRow>(`SELECT ${columns} FROM item`).raw();
  const someItems = index
    .prepare<[string], CatalogueRow>(`SELECT ${columns} FROM item WHERE item_id ${within('changed')}`)
    .raw();
  const newestFirst = index
    .prepare<[], ItemId>('SELECT item_id FROM item ORDER BY sort_ms DESC, item_id DESC')
    .pluck();
  const moments = index
    .prepare<[], [MomentId, ItemId, string]>('SELECT moment_id, item_id, kind FROM moment')
    .raw();
  const someMoments = index
    .prepare<[string], [MomentId, ItemId, string]>(
      `SELECT moment_id, item_id, kind FROM moment WHERE moment_id ${within('changed')}`,
    )
    .raw();
  const writes = index.prepare<[], number>('SELECT total_changes()').pluck();
  const takeItems = index.prepare<[], ItemId>('DELETE FROM changed_item RETURNING item_id').pluck();
  const takeMoments = index.prepare<[], MomentId>('DELETE FROM changed_moment RETURNING moment_id').pluck();
  let seen = -1;
  return {
    /** Every item, or those of the given ones that are there; nothing may be written until all are read. */
    items: (ids?: readonly ItemId[]): Iterable<CatalogueRow> =>
      ids === undefined ? items.iterate() : someItems.iterate(JSON.stringify(ids)),
    newestFirst: (): ItemId[] => newestFirst.all(),
    /** As items. */
    moments: (ids?: readonly MomentId[]): Iterable<[MomentId, ItemId, string]> =>
      ids === undefined ? moments.iterate() : someMoments.iterate(JSON.stringify(ids)),
    /** Ids written, also such as are gone now, since the last call. */
    take(): { readonly items: readonly ItemId[]; readonly moments: readonly MomentId[] } {
      if (writes.get() === seen) return { items: [], moments: [] };
      const taken = { items: takeItems.all(), moments: takeMoments.all() };
      seen = writes.get() ?? 0;
      return taken;
    },
  };
}
