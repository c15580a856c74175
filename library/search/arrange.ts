// Runs on the engine's thread: from a scored question to which items are shown, in what order. Serves search.
import type { ItemId, Plan, SearchRequest } from '../../contract/index.ts';
import type { Catalogue } from './catalogue.ts';
import { fold } from './fold.ts';
import type { ScoredQuestion } from './question.ts';
import { everything, rank } from './ranking.ts';
import type { SpaceIndex } from './vectors/space-index.ts';

/** The closest few that are shown when nothing matches. */
const NEAREST = 6;

export interface Arranged {
  readonly total: number;
  /** Those of the page that was asked for, in order. */
  readonly itemIds: readonly ItemId[];
  /** The closest below the cut-off, when there are no results. */
  readonly nearest: readonly ItemId[];
  /** How many stand behind a leader. */
  readonly folded: ReadonlyMap<ItemId, number>;
}

/** @param alike - tells what is alike; null: nothing is folded */
export function arrange(
  request: Pick<SearchRequest, 'offset' | 'limit' | 'all' | 'fold' | 'unfolded'>,
  plan: Pick<Plan, 'sort' | 'intent'>,
  catalogue: Catalogue,
  { relevance, mask }: Pick<ScoredQuestion, 'relevance' | 'mask'>,
  alike: { readonly index: SpaceIndex; readonly thumbhashOf: (itemId: ItemId) => Uint8Array | null } | null,
): Arranged {
  const { offset, limit } = request;
  const idOf = (at: number): ItemId => catalogue.items[at] as ItemId;
  if (relevance === null) {
    const all = everything(catalogue, mask, plan.sort);
    return { total: all.total, itemIds: all.cut(offset, limit).map(idOf), nearest: [], folded: new Map() };
  }
  const { results, nearest } = rank(catalogue, relevance, mask, {
    ...{ sort: plan.sort, all: request.all, first: plan.intent?.kinds ?? [], nearest: NEAREST },
  });
  const open = new Set(request.unfolded.map((itemId) => catalogue.rankOfItem[itemId] ?? -1));
  const { ranks, behind } =
    request.fold && alike !== null
      ? fold(results, catalogue, alike.index, open, (at) => alike.thumbhashOf(idOf(at)))
      : { ranks: results, behind: new Map<number, number>() };
  return {
    total: ranks.length,
    itemIds: Array.from(ranks.subarray(offset, offset + limit), idOf),
    nearest: Array.from(nearest, idOf),
    folded: new Map(Array.from(behind, ([at, many]) => [idOf(at), many])),
  };
}
