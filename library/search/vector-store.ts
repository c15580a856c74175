// Runs on the engine's thread: the vectors of one space in memory, and the exact or nearly exact scan over them.

/** Up to so many vectors every one is compared; above, codes of one bit per dimension choose who is. */
export const EXACT_SCAN_LIMIT = 20_000;

/** Queries are held in steps of 1/2047 of their largest value: 12 bits times 8 bits, summed in 32. */
const QUERY_STEPS = 2047;
const VECTOR_STEPS = 127;

export interface Candidates {
  readonly slots: Int32Array;
  /** Of the same places: cosine to the query. */
  readonly cosines: Float32Array;
}

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
    const start = slot * dimensions;
    let a = 0;
    let b = 0;
    let i = 0;
    for (; i + 3 < dimensions; i += 4) {
      a = (a + (values[start + i] as number) * (steps[i] as number)) | 0;
      b = (b + (values[start + i + 1] as number) * (steps[i + 1] as number)) | 0;
      a = (a + (values[start + i + 2] as number) * (steps[i + 2] as number)) | 0;
      b = (b + (values[start + i + 3] as number) * (steps[i + 3] as number)) | 0;
    }
    for (; i < dimensions; i++) a = (a + (values[start + i] as number) * (steps[i] as number)) | 0;
    return (a + b) * query.scale * (scales[slot] as number);
  }

  /** The `limit` slots whose codes differ least from the query's, in no order. */
  function chooseByCode(query: Float32Array, limit: number, allowed: Uint8Array | null): Int32Array {
    const wanted = new Int32Array(words);
    for (let i = 0; i < dimensions; i++)
      if ((query[i] ?? 0) > 0) wanted[i >> 5] = (wanted[i >> 5] ?? 0) | (1 << (i & 31));
    const distances = new Uint16Array(count).fill(0xffff);
    const histogram = new Int32Array(dimensions + 2);
    for (let slot = 0, at = 0; slot < count; slot++, at += words) {
      if (allowed !== null && allowed[slot] === 0) continue;
      let distance = 0;
      for (let word = 0; word < words; word++) {
        let x = (codes[at + word] as number) ^ (wanted[word] as number);
        x -= (x >>> 1) & 0x55555555;
        x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
        distance += Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
      }
      distances[slot] = distance;
      histogram[distance] = (histogram[distance] as number) + 1;
    }
    let bound = 0;
    for (let seen = 0; bound <= dimensions; bound++) {
      seen += histogram[bound] ?? 0;
      if (seen >= limit) break;
    }
    const chosen: number[] = [];
    for (let slot = 0; slot < count; slot++) if ((distances[slot] as number) <= bound) chosen.push(slot);
    return Int32Array.from(chosen);
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
    cosines(query: Float32Array, slots: Int32Array): Float32Array {
      const prepared = this.prepare(query);
      return Float32Array.from(slots, (slot) => cosine(prepared, slot));
    },
    /**
     * The slots nearest to a query, about `limit` of them, in no order: all that may matter, not more.
     *
     * @param query - any length; for codes it should be free of what all queries have in common
     * @param allowed - by slot: 0 is passed over; a filter never costs a result
     */
    nearest(query: Float32Array, limit: number, allowed: Uint8Array | null): Int32Array {
      let eligible = count;
      if (allowed !== null) for (let slot = 0; slot < count; slot++) eligible -= allowed[slot] === 0 ? 1 : 0;
      if (eligible <= limit || eligible <= EXACT_SCAN_LIMIT || codes.length === 0) {
        const slots: number[] = [];
        for (let slot = 0; slot < count; slot++) if (allowed?.[slot] !== 0) slots.push(slot);
        return Int32Array.from(slots);
      }
      return chooseByCode(query, limit, allowed);
    },
  };
}
