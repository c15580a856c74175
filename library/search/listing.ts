// Runs on the engine's thread: the items under filters alone, in order. Serves the timeline.
import type { ItemId, LayoutRequest } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { Catalogue } from './catalogue.ts';
import { filterMask } from './filters.ts';
import { parse } from './query/query-language.ts';
import type { Reading } from './query/read-filter.ts';
import { everything } from './ranking.ts';
import { withinScope } from './scope.ts';

/** @returns null when the query asks for more than filters: then there is a ranking and no list */
export function listing(
  database: Database,
  catalogue: Catalogue,
  request: LayoutRequest,
  { reading, nowMs }: { readonly reading: Reading; readonly nowMs: number },
): ItemId[] | null {
  const plan = parse(request.text, reading);
  if (plan.wants.length + plan.phrases.length + plan.excluded.length > 0) return null;
  const { scope } = request;
  const mask = withinScope(
    database,
    catalogue,
    filterMask(database, catalogue, plan.filters, request.kinds),
    { scope, filters: plan.filters, nowMs },
  );
  const { total, cut } = everything(catalogue, mask, plan.sort);
  return cut(0, total)
    .map((rank) => catalogue.items[rank] as ItemId | undefined)
    .filter((itemId) => itemId !== undefined);
}
