// Runs on the engine's thread: a whole list of items as columns, and cards for the part of it that is looked at.
import { setImmediate } from 'node:timers/promises';
import { Failure, type ItemId, type LayoutRequest, layoutWriter } from '../contract/index.ts';
import type { Database } from './database/database.ts';
import type { Search } from './search/search.ts';

/** Rows read in one turn: about five milliseconds, after which a search gets its own. */
const ROWS_PER_TURN = 4_000;

/**
 * The columns of every item that passes the request's filters, in its order.
 *
 * @throws Failure INPUT_INVALID when the query wants something by meaning or words; AbortError
 */
export async function timelineLayout(
  { database, search }: { readonly database: Database; readonly search: Search },
  request: LayoutRequest,
  signal?: AbortSignal,
): Promise<Blob> {
  const itemIds = search.listing(request);
  if (itemIds === null)
    throw new Failure('INPUT_INVALID', 'A layout is of items under filters, not of what is searched for.');
  const { set, buffer } = layoutWriter(itemIds.length);
  for (let start = 0; start < itemIds.length; start += ROWS_PER_TURN) {
    signal?.throwIfAborted();
    const part = itemIds.slice(start, start + ROWS_PER_TURN);
    const placeOf = new Map<ItemId, number>(part.map((itemId, place) => [itemId, start + place]));
    for (const row of database.items.outlines(part)) {
      const place = placeOf.get(row.itemId);
      if (place === undefined) continue;
      set(place, {
        ...row,
        aspect: row.width && row.height ? row.width / row.height : null,
        hasPreview: row.hasPreview === 1,
        animated: row.animated === 1,
      });
    }
    await setImmediate();
  }
  return new Blob([buffer], { type: 'application/octet-stream' });
}
