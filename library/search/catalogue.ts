// Runs on the engine's thread: which items and moments there are, newest first, as arrays. Serves search.
import type { ItemId, MomentId } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';

/**
 * What a search needs of every item without asking the database for each. Made anew when index.db has
 * changed since (one scan of two covering indexes: about 25 ms for 100,000 items, while indexing).
 */
export interface Catalogue {
  /** Newest first; the place in it is an item's `rank`. */
  readonly items: readonly ItemId[];
  /** By item id: rank; -1 for ids that are none. */
  readonly rankOfItem: Int32Array;
  /** By moment id: rank of its item; -1 for ids that are none. Longer than every moment id. */
  readonly rankOfMoment: Int32Array;
  readonly moments: number;
}

/** @returns the catalogue of the moment of asking; the same object while nothing was written */
export function createCatalogues(database: Database): () => Catalogue {
  const changes = database.index.prepare<[], number>('SELECT total_changes()').pluck();
  const newest = database.index
    .prepare<[], ItemId>('SELECT item_id FROM item ORDER BY sort_ms DESC, item_id DESC')
    .pluck();
  const moments = database.index
    .prepare<[], [MomentId, ItemId]>('SELECT moment_id, item_id FROM moment')
    .raw();
  let known: { changes: number; catalogue: Catalogue } | null = null;
  return () => {
    const now = changes.get() ?? 0;
    if (known?.changes !== now) known = { changes: now, catalogue: build(newest.all(), moments.all()) };
    return known.catalogue;
  };
}

function build(items: readonly ItemId[], moments: readonly [MomentId, ItemId][]): Catalogue {
  const rankOfItem = new Int32Array(items.reduce((most, id) => Math.max(most, id), 0) + 1).fill(-1);
  for (const [rank, id] of items.entries()) rankOfItem[id] = rank;
  const rankOfMoment = new Int32Array(moments.reduce((most, [id]) => Math.max(most, id), 0) + 1).fill(-1);
  for (const [momentId, itemId] of moments) rankOfMoment[momentId] = rankOfItem[itemId] ?? -1;
  return { items, rankOfItem, rankOfMoment, moments: moments.length };
}
