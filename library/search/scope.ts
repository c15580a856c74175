// Runs on the engine's thread: the collection that a search is held within, and what is hidden. Serves search.
import type { Filter, ItemId, Scope } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { Catalogue } from './catalogue.ts';

/**
 * Narrows what passes to a collection and takes hidden items away, unless they were asked for.
 *
 * @param mask - by rank: 1 passes; null: all do. Changed in place where there is one
 * @returns by rank; null when still everything passes
 */
export function withinScope(
  database: Database,
  catalogue: Catalogue,
  mask: Uint8Array | null,
  asked: { scope: Scope | null; filters: readonly Filter[]; nowMs: number },
): Uint8Array | null {
  const { scope, filters, nowMs } = asked;
  const ranksOf = (itemIds: readonly ItemId[]) => itemIds.map((itemId) => catalogue.rankOfItem[itemId] ?? -1);
  let narrowed = mask;
  if (scope !== null) {
    const within = new Uint8Array(catalogue.items.length);
    for (const rank of ranksOf(database.collections.members(scope, nowMs)))
      if (rank >= 0 && mask?.[rank] !== 0) within[rank] = 1;
    narrowed = within;
  }
  const showsHidden = scope?.in === 'hidden' || filters.some((filter) => filter.field === 'hidden');
  const hidden = showsHidden ? [] : database.marks.hidden();
  if (hidden.length > 0) {
    narrowed ??= new Uint8Array(catalogue.items.length).fill(1);
    for (const rank of ranksOf(hidden)) if (rank >= 0) narrowed[rank] = 0;
  }
  return narrowed;
}
