// Runs on the engine's thread: from moments' relevances to items in order. Serves search.
import { CUT_OFF, type ItemKind, type Plan } from '../../contract/index.ts';
import { type Catalogue, itemKinds } from './catalogue.ts';

/** Relevances that differ by less are the same: then the newer item stands first. */
const STEPS = 1_000_000;
const RANK_SPAN = 2 ** 31;
/** Behind every result of a kind that was asked for; what is below the cut-off comes after them in any case. */
const LAST = STEPS / 2;

/** Items by rank, best first. */
export interface Ranking {
  readonly results: Float64Array;
  /** The closest ones, where there are no results. */
  readonly nearest: Float64Array;
}

/**
 * Groups moments into items and puts these in order: by relevance, then newest first, then by id.
 *
 * @param mask - by rank: 0 is left out; null: none is
 * @param wanted.all - also what lies below the cut-off
 * @param wanted.nearest - so many of the closest where there are no results
 * @param wanted.first - kinds whose results stand before those of others; empty: all alike
 */
export function rank(
  catalogue: Catalogue,
  moments: Float32Array,
  mask: Uint8Array | null,
  wanted: {
    readonly sort: Plan['sort'];
    readonly all: boolean;
    readonly first: readonly ItemKind[];
    readonly nearest: number;
  },
): Ranking {
  const { sort, all, first } = wanted;
  const leads = itemKinds.map((kind) => first.length === 0 || first.includes(kind));
  const isLast = (at: number): boolean =>
    leads[catalogue.columns.kind[catalogue.items[at] as number] as number] !== true;
  const relevance = bestOfItems(catalogue, moments, mask);
  const chosen = new Float64Array(relevance.length);
  let many = 0;
  const keyOf = (value: number, at: number): number =>
    (STEPS - Math.round(value * STEPS) + (value < CUT_OFF || isLast(at) ? LAST : 0)) * RANK_SPAN + at;
  for (let at = 0; at < relevance.length; at++) {
    const value = relevance[at] as number;
    if (value < 0 || (value < CUT_OFF && !all)) continue;
    chosen[many++] = sort === 'relevance' ? keyOf(value, at) : sort === 'newest' ? at : -at;
  }
  const results = chosen.subarray(0, many).sort();
  if (sort === 'relevance') for (let i = 0; i < many; i++) results[i] = (results[i] as number) % RANK_SPAN;
  else if (sort === 'oldest') for (let i = 0; i < many; i++) results[i] = Math.abs(results[i] as number);
  return { results, nearest: many > 0 ? new Float64Array(0) : nearestOf(relevance, wanted.nearest, keyOf) };
}

/** By rank: the best relevance of an item's moments; -1 where it does not pass. */
function bestOfItems(catalogue: Catalogue, moments: Float32Array, mask: Uint8Array | null): Float32Array {
  const relevance = new Float32Array(catalogue.items.length).fill(-1);
  const { rankOfMoment } = catalogue;
  for (let id = 0; id < moments.length; id++) {
    const at = rankOfMoment[id] as number;
    if (at < 0 || (mask !== null && mask[at] === 0)) continue;
    const value = moments[id] as number;
    if (value > (relevance[at] as number)) relevance[at] = value;
  }
  return relevance;
}

/** The closest few of which anything speaks, best first: no sorting of all for them. */
function nearestOf(
  relevance: Float32Array,
  most: number,
  keyOf: (value: number, at: number) => number,
): Float64Array {
  const best: number[] = [];
  let least = 0;
  for (let at = 0; at < relevance.length; at++) {
    const value = relevance[at] as number;
    if (value <= least) continue;
    best.push(keyOf(value, at));
    best.sort((a, b) => a - b);
    if (best.length <= most) continue;
    best.pop();
    least = relevance[(best.at(-1) as number) % RANK_SPAN] as number;
  }
  return Float64Array.from(best, (key) => key % RANK_SPAN);
}

/** All items that pass, newest (or oldest) first, as ranks: what is shown while nothing is asked. */
export function everything(
  catalogue: Catalogue,
  mask: Uint8Array | null,
  sort: Plan['sort'],
): { readonly total: number; readonly cut: (offset: number, limit: number) => number[] } {
  const { length } = catalogue.items;
  const at = sort === 'oldest' ? (place: number) => length - 1 - place : (place: number) => place;
  let total = length;
  if (mask !== null) {
    total = 0;
    for (const passes of mask) total += passes;
  }
  return {
    total,
    cut(offset, limit) {
      const ranks: number[] = [];
      // Without a filter the page is where it is; with one, what passes before it is counted.
      let before = mask === null ? offset : 0;
      for (let place = mask === null ? offset : 0; place < length && ranks.length < limit; place++) {
        if (mask !== null && mask[at(place)] === 0) continue;
        if (before++ >= offset) ranks.push(at(place));
      }
      return ranks;
    },
  };
}
