// Runs in the command line: the exact answer to a search, every float compared. Serves `bench vectors`.

export interface Exact {
  /** By query, by place: the inner product. */
  readonly cosines: readonly Float32Array[];
  /** By query: how long comparing and putting in order took. */
  readonly milliseconds: readonly number[];
}

/** @param floats - the vectors, one after the other */
export function exactNearest(
  floats: Float32Array,
  queries: readonly Float32Array[],
  dimensions: number,
): Exact {
  const milliseconds: number[] = [];
  const cosines = queries.map((query) => {
    const startMs = performance.now();
    const all = new Float32Array(floats.length / dimensions);
    for (let at = 0, from = 0; at < all.length; at++, from += dimensions) {
      let sum = 0;
      for (let i = 0; i < dimensions; i++) sum += (floats[from + i] as number) * (query[i] as number);
      all[at] = sum;
    }
    all.toSorted();
    milliseconds.push(performance.now() - startMs);
    return all;
  });
  return { cosines, milliseconds };
}

/**
 * The share of the nearest that were found. One that is as near as the last of them counts as one of them.
 *
 * @param found - places, in any order
 * @param pass - tells whether a place passes the filter; null: all do
 */
export function recallOf(
  found: readonly number[],
  cosines: Float32Array,
  pass: ((at: number) => boolean) | null,
  nearest: number,
): number {
  const passing = pass === null ? cosines : cosines.filter((_, at) => pass(at));
  const wanted = Math.min(nearest, passing.length);
  if (wanted === 0) return found.length === 0 ? 1 : 0;
  const least = passing.toSorted()[passing.length - wanted] as number;
  const right = new Set(found)
    .values()
    .filter((at) => (cosines[at] as number) >= least && (pass?.(at) ?? true));
  return Math.min(wanted, right.toArray().length) / wanted;
}
