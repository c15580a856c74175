// Runs on the engine's thread: the vectors of one space in memory, and the exact or nearly exact scan over them.
import { createSegment, MOST_BITS, NOT_PASSED, ROWS_AT_ONCE, type Segment, SEGMENT } from './kernel.ts';
import { createVectorRows } from './vector-rows.ts';

/** Up to so many vectors every one is compared; above, codes of two bits a dimension choose who is. */
export const EXACT_SCAN_LIMIT = 20_000;
/** Chosen by one bit a dimension, then put in order by two. */
const CHOSEN = 16_384;

/** Queries are held in steps of 1/2047 of their largest value: 12 bits times 8 bits, summed in 32. */
const QUERY_STEPS = 2047;
const VECTOR_STEPS = 127;
/**
 * The best two-bit code of a normal distribution (Max, "Quantizing for minimum distortion", 1960): values beyond
 * 0.98 deviations stand for 1.51, the others for 0.453.
 */
const LARGE_FROM = 0.9816;
const SMALL = 0.4528;
const LARGE = 1.51;

/** What a vector is of: means and signs are taken among its like, as pictures and texts lie apart. */
export const SEEN = 0;
export const SAID = 1;
export type VectorClass = typeof SEEN | typeof SAID;

export type VectorStore = ReturnType<typeof createVectorStore>;

/** A query made ready for many comparisons. */
export interface PreparedQuery {
  readonly steps: Int16Array;
  /** Cosine = sum of products times this times the vector's own scale. */
  readonly scale: number;
}

/**
 * Vectors of unit length by slot (0 … count - 1, no gaps): eight bits a dimension with a scale of their own
 * each, cosines right to about 0.0004; and two bits a dimension around the mean of their class.
 */
export function createVectorStore(dimensions: number, inMemoryBytes?: number) {
  const padded = Math.ceil(dimensions / 16) * 16;
  const rowBytes = 16 + padded;
  const coded = Math.min(dimensions, MOST_BITS);
  const codeBytes = Math.ceil(coded / 128) * 16;
  const rows = createVectorRows(rowBytes, inMemoryBytes);
  const segments: Segment[] = [];
  const row = new Uint8Array(rowBytes);
  const [rowScale, rowValues] = [new Float32Array(row.buffer, 0, 1), new Int8Array(row.buffer, 16)];
  let classes = new Uint8Array(1024);
  let count = 0;
  /** By class: sum and number of all vectors, the mean that codes were made around, how many there were then. */
  const byClass = [SEEN, SAID].map(() => ({
    sum: new Float64Array(dimensions),
    count: 0,
    centre: new Float32Array(dimensions),
    codedAt: 0,
  }));
  const of = (kind: number) => byClass[kind] as (typeof byClass)[number];

  function segmentOf(slot: number): Segment {
    const at = Math.floor(slot / SEGMENT);
    while (segments.length <= at) segments.push(createSegment(codeBytes, rowBytes));
    return segments[at] as Segment;
  }

  function addToSum(sign: 1 | -1, kind: number): void {
    const { sum } = of(kind);
    const scale = (rowScale[0] ?? 0) * sign;
    for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] as number) + (rowValues[i] as number) * scale;
    of(kind).count += sign;
  }

  /** The code of the vector that is in `row`. */
  function encode(slot: number): void {
    const segment = segmentOf(slot);
    const local = slot % SEGMENT;
    const { centre } = of(classes[slot] ?? 0);
    const scale = rowScale[0] ?? 0;
    let square = 0;
    for (let i = 0; i < coded; i++) {
      const value = (rowValues[i] as number) * scale - (centre[i] as number);
      square += value * value;
    }
    const limit = LARGE_FROM * Math.sqrt(square / coded);
    const start = local * codeBytes;
    segment.signs.fill(0, start, start + codeBytes);
    segment.large.fill(0, start, start + codeBytes);
    let along = 0;
    for (let i = 0; i < coded; i++) {
      const value = (rowValues[i] as number) * scale - (centre[i] as number);
      const size = Math.abs(value);
      const at = start + (i >> 3);
      if (value > 0) segment.signs[at] = (segment.signs[at] as number) | (1 << (i & 7));
      if (size > limit) segment.large[at] = (segment.large[at] as number) | (1 << (i & 7));
      along += size * (size > limit ? LARGE : SMALL);
    }
    // The length at which the code's own inner product with its vector is right (RaBitQ, Gao and Long 2024).
    segment.scales[local] = along === 0 ? 0 : square / along;
    segment.places[local] = local;
  }

  /** The centre moves while a class is small: its codes are made again whenever it has doubled. */
  function keepCodes(slot: number): void {
    const kind = classes[slot] ?? 0;
    const own = of(kind);
    if (own.count < own.codedAt * 2 || own.codedAt >= EXACT_SCAN_LIMIT) {
      encode(slot);
      return;
    }
    own.centre = mean(kind);
    own.codedAt = own.count;
    for (let one = 0; one < count; one++)
      if (classes[one] === kind) {
        rows.read(one, row, 0);
        encode(one);
      }
  }

  function mean(kind: number): Float32Array<ArrayBuffer> {
    const own = of(kind);
    return Float32Array.from(own.sum, (value) => (own.count === 0 ? 0 : value / own.count));
  }

  function prepare(query: Float32Array): PreparedQuery {
    let largest = 0;
    for (const value of query) largest = Math.max(largest, Math.abs(value));
    const step = largest === 0 ? 1 : QUERY_STEPS / largest;
    return { steps: Int16Array.from(query, (value) => Math.round(value * step)), scale: 1 / step };
  }

  /** Exact to the eight bits, in the order of the slots. */
  function cosines(query: PreparedQuery, slots: Int32Array): Float32Array {
    const found = new Float32Array(slots.length);
    const work = segmentOf(0);
    work.steps.fill(0);
    work.steps.set(query.steps);
    for (let from = 0; from < slots.length; from += ROWS_AT_ONCE) {
      const some = Math.min(ROWS_AT_ONCE, slots.length - from);
      for (let n = 0; n < some; n++) rows.read(slots[from + n] as number, work.rows, n * rowBytes);
      work.run.dot(work.at.rows, some, padded, work.at.steps, work.at.out, query.scale);
      found.set(work.out.subarray(0, some), from);
    }
    return found;
  }

  /** The query's signs, and its values in 64 steps as planes of bits. */
  function writeQuery(segment: Segment, query: Float32Array): { lowest: number; step: number; sum: number } {
    let [lowest, highest] = [Infinity, -Infinity];
    for (let i = 0; i < coded; i++) {
      lowest = Math.min(lowest, query[i] as number);
      highest = Math.max(highest, query[i] as number);
    }
    const step = highest > lowest ? (highest - lowest) / 63 : 1;
    segment.query.fill(0);
    segment.planes.fill(0);
    let sum = 0;
    for (let i = 0; i < coded; i++) {
      const value = query[i] as number;
      const [at, bit] = [i >> 3, 1 << (i & 7)];
      if (value > 0) segment.query[at] = (segment.query[at] as number) | bit;
      const steps = Math.round((value - lowest) / step);
      sum += steps;
      for (let plane = 0; plane < 6; plane++)
        if ((steps >> plane) & 1)
          segment.planes[plane * codeBytes + at] = (segment.planes[plane * codeBytes + at] as number) | bit;
      segment.planes[6 * codeBytes + at] = (segment.planes[6 * codeBytes + at] as number) | bit;
    }
    return { lowest, step, sum };
  }

  function scan(query: Float32Array, kind: VectorClass, allowed: Uint8Array | null): Int32Array {
    const histogram = new Int32Array(8192);
    const mixed = of(kind).count < count;
    for (const [s, segment] of segments.entries()) {
      const here = Math.min(SEGMENT, count - s * SEGMENT);
      writeQuery(segment, query);
      segment.histogram.fill(0);
      if (allowed !== null || mixed)
        for (let local = 0; local < here; local++) {
          const slot = s * SEGMENT + local;
          segment.mask[local] = classes[slot] === kind && allowed?.[slot] !== 0 ? 1 : 0;
        }
      const { at } = segment;
      const mask = allowed !== null || mixed ? at.mask : 0;
      segment.run.scan(at.signs, codeBytes, 0, here, at.query, at.places, mask, at.keys, at.histogram);
      segment.keys.fill(NOT_PASSED, here, Math.ceil(here / 8) * 8);
      for (let d = 0; d < 4096; d++)
        histogram[d] = (histogram[d] as number) + (segment.histogram[d] as number);
    }
    return histogram;
  }

  function collect(high: number, most: number): Int32Array {
    const found = new Int32Array(most);
    let n = 0;
    for (const [s, segment] of segments.entries()) {
      const here = Math.ceil(Math.min(SEGMENT, count - s * SEGMENT) / 8) * 8;
      const { at } = segment;
      const more = segment.run.collect(at.keys, here, 0, high, at.chosen, Math.min(SEGMENT, most - n));
      for (let i = 0; i < more; i++) found[n++] = (segment.chosen[i] as number) + s * SEGMENT;
    }
    return found.subarray(0, n);
  }

  /** Inner products with the query as far as two bits a dimension tell, in the order of the slots. */
  function estimates(query: Float32Array, kind: VectorClass, slots: Int32Array): Float32Array {
    const found = new Float32Array(slots.length);
    const { centre } = of(kind);
    let common = 0;
    for (let i = 0; i < dimensions; i++) common += (query[i] as number) * (centre[i] as number);
    for (let from = 0; from < slots.length;) {
      const s = Math.floor((slots[from] as number) / SEGMENT);
      const segment = segments[s] as Segment;
      let n = 0;
      while (from + n < slots.length && Math.floor((slots[from + n] as number) / SEGMENT) === s) {
        segment.chosen[n] = (slots[from + n] as number) - s * SEGMENT;
        n++;
      }
      const { lowest, step, sum } = writeQuery(segment, query);
      const { at } = segment;
      segment.run.estimate(
        ...[at.signs, at.large, codeBytes, at.chosen, n, at.planes, at.scales, at.out],
        ...[SMALL, LARGE - SMALL, step, lowest, sum, coded],
      );
      for (let i = 0; i < n; i++) found[from + i] = (segment.out[i] as number) + common;
      from += n;
    }
    return found;
  }

  return {
    dimensions,
    count: (): number => count,
    /** Of a class, or of all vectors. */
    countOf: (kind: VectorClass): number => of(kind).count,
    classOf: (slot: number): VectorClass => (classes[slot] === SAID ? SAID : SEEN),
    mean: (kind: VectorClass = SEEN) => mean(kind),
    onDisk: (): boolean => rows.onDisk(),
    /** @param vector - of unit length, `dimensions` long; the caller names the next free slot or an old one */
    set(slot: number, vector: Float32Array, kind: VectorClass = SEEN): void {
      if (slot < count) {
        rows.read(slot, row, 0);
        addToSum(-1, classes[slot] ?? 0);
      } else count = slot + 1;
      if (slot >= classes.length) {
        const more = new Uint8Array(Math.ceil(classes.length * 1.5));
        more.set(classes);
        classes = more;
      }
      classes[slot] = kind;
      let largest = 0;
      for (const value of vector) largest = Math.max(largest, Math.abs(value));
      const step = largest === 0 ? 1 : VECTOR_STEPS / largest;
      for (let i = 0; i < dimensions; i++) rowValues[i] = Math.round((vector[i] as number) * step);
      rowScale[0] = 1 / step;
      rows.write(slot, row);
      addToSum(1, kind);
      keepCodes(slot);
    },
    /** Forgets a slot; the last one moves there. */
    remove(slot: number): void {
      rows.read(slot, row, 0);
      addToSum(-1, classes[slot] ?? 0);
      const last = --count;
      if (slot === last) return;
      rows.read(last, row, 0);
      rows.write(slot, row);
      classes[slot] = classes[last] ?? 0;
      encode(slot);
    },
    prepare,
    cosines,
    cosine: (query: PreparedQuery, slot: number): number => cosines(query, Int32Array.of(slot))[0] ?? 0,
    /**
     * The slots of a class that pass, nearest to a query first as far as codes tell; in any order while there
     * are so few that all are to be compared (`exact`).
     *
     * @param query - any length; it should be free of what all queries have in common
     * @param allowed - by slot: 0 is passed over; null: none is
     * @param adjust - changes an inner product before they are put in order: what makes a moment near to all
     */
    nearestFirst(
      query: Float32Array,
      allowed: Uint8Array | null,
      kind: VectorClass = SEEN,
      adjust: (inner: number, slot: number) => number = (inner) => inner,
    ): { readonly slots: Int32Array; readonly exact: boolean } {
      if (of(kind).count === 0) return { slots: new Int32Array(0), exact: true };
      if (count <= EXACT_SCAN_LIMIT) {
        const eligible = new Int32Array(count);
        let n = 0;
        for (let slot = 0; slot < count; slot++)
          if (classes[slot] === kind && allowed?.[slot] !== 0) eligible[n++] = slot;
        return { slots: eligible.subarray(0, n), exact: true };
      }
      const histogram = scan(query, kind, allowed);
      let passing = 0;
      for (const n of histogram) passing += n;
      if (passing <= EXACT_SCAN_LIMIT && !rows.onDisk())
        return { slots: collect(4095, passing), exact: true };
      let high = 0;
      for (let n = histogram[0] as number; n < CHOSEN && high < 4095;) n += histogram[++high] as number;
      const chosen = collect(high, Math.min(passing, CHOSEN * 2));
      const inner = estimates(query, kind, chosen).map((value, i) => adjust(value, chosen[i] as number));
      return { slots: byValue(chosen, inner), exact: false };
    },
    close: (): void => rows.close(),
  };
}

/** Slots by their values, greatest first. */
export function byValue(slots: Int32Array, values: Float32Array): Int32Array {
  // Value and place in one number: typed arrays sort those without a call for each comparison.
  const keys = Float64Array.from(values, (value, i) => Math.round((4 - value) * 1e6) * 2 ** 22 + i).sort();
  return Int32Array.from(keys, (key) => slots[key % 2 ** 22] ?? 0);
}
