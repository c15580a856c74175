// Runs on the engine's thread: the vectors of one space in memory, and the exact or nearly exact scan over them.

/** Up to so many vectors every one is compared; above, codes of one bit per dimension choose who is. */
export const EXACT_SCAN_LIMIT = 20_000;

/** Queries are held in steps of 1/2047 of their largest value: 12 bits times 8 bits, summed in 32. */
const QUERY_STEPS = 2047;
const VECTOR_STEPS = 127;

export type VectorStore = ReturnType<typeof createVectorStore>;

/** A query made ready for many comparisons. */
export interface PreparedQuery {
  readonly steps: Int32Array;
  /** Cosine = sum of products times this times the vector's own scale. */
  readonly scale: number;
}

/**
 * Vectors of unit length by slot (0 … count - 1, no gaps), eight bits a dimension with a scale of its own
 * each: cosines are right to about 0.0004 at 512 dimensions. 512 bytes a vector, 64 more for its code.
 */
export function createVectorStore(dimensions: number) {
  const words = Math.ceil(dimensions / 32);
  let capacity = 1024;
  let values = new Int8Array(capacity * dimensions);
  let scales = new Float32Array(capacity);
  /** Signs of the vectors around {@link centre}; empty until there are enough vectors to need them. */
  let codes = new Int32Array(0);
  let centre = new Float32Array(dimensions);
  /** Sum of all vectors, so that their mean is at hand. */
  const sum = new Float64Array(dimensions);
  let count = 0;
  let codedAt = 0;

  function grow(): void {
    capacity = Math.ceil(capacity * 1.5);
    const more = new Int8Array(capacity * dimensions);
    more.set(values);
    values = more;
    const moreScales = new Float32Array(capacity);
    moreScales.set(scales);
    scales = moreScales;
    if (codes.length === 0) return;
    const moreCodes = new Int32Array(capacity * words);
    moreCodes.set(codes);
    codes = moreCodes;
  }

  function addToSum(slot: number, sign: 1 | -1): void {
    const scale = (scales[slot] ?? 0) * sign;
    const start = slot * dimensions;
    for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] ?? 0) + (values[start + i] ?? 0) * scale;
  }

  function encodeSigns(slot: number): void {
    const scale = scales[slot] ?? 0;
    const start = slot * dimensions;
    for (let word = 0; word < words; word++) {
      let bits = 0;
      const end = Math.min(32, dimensions - word * 32);
      for (let bit = 0; bit < end; bit++) {
        const i = word * 32 + bit;
        if ((values[start + i] ?? 0) * scale > (centre[i] ?? 0)) bits |= 1 << bit;
      }
      codes[slot * words + word] = bits;
    }
  }

  /** The centre moves as the library grows: codes are made again whenever it has doubled. */
  function keepCodes(slot: number): void {
    if (count <= EXACT_SCAN_LIMIT) return;
    if (codes.length > 0 && count < codedAt * 2) {
      encodeSigns(slot);
      return;
    }
    codes = new Int32Array(capacity * words);
    centre = mean();
    codedAt = count;
    for (let one = 0; one < count; one++) encodeSigns(one);
  }

  function mean(): Float32Array<ArrayBuffer> {
    return Float32Array.from(sum, (value) => (count === 0 ? 0 : value / count));
  }

  function cosine(query: PreparedQuery, slot: number): number {
    const { steps } = query;
    // A local name: a variable of the closure would be read anew for every value.
    const bytes = values;
    const start = slot * dimensions;
    let a = 0;
    let b = 0;
    let i = 0;
    for (; i + 7 < dimensions; i += 8) {
      const at = start + i;
      a =
        (a +
          Math.imul(bytes[at] as number, steps[i] as number) +
          Math.imul(bytes[at + 1] as number, steps[i + 1] as number) +
          Math.imul(bytes[at + 2] as number, steps[i + 2] as number) +
          Math.imul(bytes[at + 3] as number, steps[i + 3] as number)) |
        0;
      b =
        (b +
          Math.imul(bytes[at + 4] as number, steps[i + 4] as number) +
          Math.imul(bytes[at + 5] as number, steps[i + 5] as number) +
          Math.imul(bytes[at + 6] as number, steps[i + 6] as number) +
          Math.imul(bytes[at + 7] as number, steps[i + 7] as number)) |
        0;
    }
    for (; i < dimensions; i++) a = (a + Math.imul(bytes[start + i] as number, steps[i] as number)) | 0;
    return (a + b) * query.scale * (scales[slot] as number);
  }

  /** The given slots, those first whose codes differ least from the query's (a counting sort). */
  function byCode(query: Float32Array, eligible: Int32Array): Int32Array {
    const wanted = new Int32Array(words);
    for (let i = 0; i < dimensions; i++)
      if ((query[i] ?? 0) > 0) wanted[i >> 5] = (wanted[i >> 5] ?? 0) | (1 << (i & 31));
    const distances = new Uint16Array(eligible.length);
    const starts = new Int32Array(dimensions + 2);
    for (let n = 0; n < eligible.length; n++) {
      const at = (eligible[n] as number) * words;
      let distance = 0;
      for (let word = 0; word < words; word++) {
        // Bits set in 32 (Warren, Hacker's Delight, 5-1).
        let x = (codes[at + word] as number) ^ (wanted[word] as number);
        x -= (x >>> 1) & 0x55555555;
        x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
        distance += Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
      }
      distances[n] = distance;
      starts[distance + 1] = (starts[distance + 1] as number) + 1;
    }
    for (let d = 1; d < starts.length; d++) starts[d] = (starts[d] as number) + (starts[d - 1] as number);
    const sorted = new Int32Array(eligible.length);
    for (let n = 0; n < eligible.length; n++) {
      const distance = distances[n] as number;
      const place = starts[distance] as number;
      starts[distance] = place + 1;
      sorted[place] = eligible[n] as number;
    }
    return sorted;
  }

  return {
    dimensions,
    count: (): number => count,
    mean,
    /** @param vector - of unit length, `dimensions` long; the caller names the next free slot or an old one */
    set(slot: number, vector: Float32Array): void {
      if (slot === capacity) grow();
      if (slot < count) addToSum(slot, -1);
      else count = slot + 1;
      let largest = 0;
      for (const value of vector) largest = Math.max(largest, Math.abs(value));
      const step = largest === 0 ? 1 : VECTOR_STEPS / largest;
      for (let i = 0; i < dimensions; i++)
        values[slot * dimensions + i] = Math.round((vector[i] ?? 0) * step);
      scales[slot] = 1 / step;
      addToSum(slot, 1);
      keepCodes(slot);
    },
    /** Forgets a slot; the last one moves there. */
    remove(slot: number): void {
      addToSum(slot, -1);
      const last = --count;
      if (slot === last) return;
      values.copyWithin(slot * dimensions, last * dimensions, (last + 1) * dimensions);
      scales[slot] = scales[last] ?? 0;
      if (codes.length > 0) codes.copyWithin(slot * words, last * words, (last + 1) * words);
    },
    prepare(query: Float32Array): PreparedQuery {
      let largest = 0;
      for (const value of query) largest = Math.max(largest, Math.abs(value));
      const step = largest === 0 ? 1 : QUERY_STEPS / largest;
      return { steps: Int32Array.from(query, (value) => Math.round(value * step)), scale: 1 / step };
    },
    cosine,
    /**
     * All slots that pass, nearest to a query first as far as codes of one bit a dimension tell; in any
     * order while there are so few that all are to be compared (`exact`).
     *
     * @param query - any length; it should be free of what all queries have in common
     * @param allowed - by slot: 0 is passed over; null: none is
     */
    nearestFirst(
      query: Float32Array,
      allowed: Uint8Array | null,
    ): { readonly slots: Int32Array; readonly exact: boolean } {
      const eligible = new Int32Array(count);
      let n = 0;
      for (let slot = 0; slot < count; slot++) if (allowed?.[slot] !== 0) eligible[n++] = slot;
      const slots = eligible.subarray(0, n);
      const exact = n <= EXACT_SCAN_LIMIT || codes.length === 0;
      return { slots: exact ? slots : byCode(query, slots), exact };
    },
  };
}
