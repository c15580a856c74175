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
  /** The closest ones that are no results. */
  readonly nearest: Float64Array;
  /** By rank: the best relevance of an item's moments. */
  readonly relevance: Float32Array;
}

/**
 * Groups moments into items and puts these in order: by relevance, then newest first, then by id.
 *
 * @param mask - by rank: 0 is left out; null: none is
 * @param wanted.all - also what lies below the cut-off
 * @param wanted.first - kinds whose results stand before those of others; empty: all alike
 */
export function rank(
  catalogue: Catalogue,
  moments: Float32Array,
  mask: Uint8Array | null,
  wanted: { readonly sort: Plan['sort']; readonly all: boolean; readonly first: readonly ItemKind[] },
): Ranking {
  const { sort, all, first } = wanted;
  const leads = itemKinds.map((kind) => first.length === 0 || first.includes(kind));
  const isLast = (at: number): boolean =>
    leads[catalogue.columns.kind[catalogue.items[at] as number] as number] !== true;
  const relevance = new Float32Array(catalogue.items.length).fill(-1);
  for (let id = 0; id < moments.length; id++) {
    const at = catalogue.rankOfMoment[id] ?? -1;
    const value = moments[id] ?? 0;
    if (at >= 0 && mask?.[at] !== 0 && value > (relevance[at] ?? 0)) relevance[at] = value;
    else if (at >= 0 && mask?.[at] !== 0 && relevance[at] === -1) relevance[at] = 0;
  }
  const chosen: number[] = [];
  const below: number[] = [];
  for (let at = 0; at < relevance.length; at++) {
    const value = relevance[at] ?? -1;
    if (value < 0) continue;
    const last = value < CUT_OFF || isLast(at) ? LAST : 0;
    const key = (STEPS - Math.round(value * STEPS) + last) * RANK_SPAN + at;
    if (value >= CUT_OFF || all) chosen.push(sort === 'relevance' ? key : sort === 'newest' ? at : -at);
    else if (value > 0) below.push(key);
  }
  const decode = (key: number): number => (sort === 'relevance' ? key % RANK_SPAN : Math.abs(key));
  return {
    results: Float64Array.from(chosen).sort().map(decode),
    nearest: Float64Array.from(chosen.length > 0 ? [] : below)
      .sort()
      .map((key) => key % RANK_SPAN),
    relevance,
  };
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
