// Runs on the engine's thread: two bits a dimension of every vector, and the scan over them. Serves vector-store.
import { createSegment, KEYS, MOST_BITS, NOT_PASSED, type Segment, SEGMENT } from './kernel.ts';

/**
 * The best two-bit code of a normal distribution (Max, "Quantizing for minimum distortion", 1960): values beyond
 * 0.98 deviations stand for 1.51, the others for 0.453.
 */
const LARGE_FROM = 0.9816;
const SMALL = 0.4528;
const LARGE = 1.51;

export type VectorCodes = ReturnType<typeof createVectorCodes>;

/** What a scan found: how many passed, and the slots of the best. */
export interface Chosen {
  readonly passing: number;
  readonly slots: Int32Array;
}

/** By slot: sign, and whether the value is a large one, of each dimension around a centre; and a length. */
export function createVectorCodes(dimensions: number, rowBytes: number) {
  const coded = Math.min(dimensions, MOST_BITS);
  const codeBytes = Math.ceil(coded / 128) * 16;
  const segments: Segment[] = [];

  function segmentOf(slot: number): Segment {
    const at = Math.floor(slot / SEGMENT);
    while (segments.length <= at) segments.push(createSegment(codeBytes, rowBytes));
    return segments[at] as Segment;
  }

  /** The query's signs and large values, and its values in 64 steps as planes of bits. */
  function readQuery(query: Float32Array) {
    let [lowest, highest, square] = [Infinity, -Infinity, 0];
    for (let i = 0; i < coded; i++) {
      const value = query[i] as number;
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
      square += value * value;
    }
    const step = highest > lowest ? (highest - lowest) / 63 : 1;
    const limit = LARGE_FROM * Math.sqrt(square / coded);
    const [signs, large] = [new Uint8Array(codeBytes), new Uint8Array(codeBytes)];
    const planes = new Uint8Array(7 * codeBytes);
    let sum = 0;
    for (let i = 0; i < coded; i++) {
      const value = query[i] as number;
      const [at, bit] = [i >> 3, 1 << (i & 7)];
      if (value > 0) signs[at] = (signs[at] as number) | bit;
      if (Math.abs(value) > limit) large[at] = (large[at] as number) | bit;
      const steps = Math.round((value - lowest) / step);
      sum += steps;
      for (let plane = 0; plane < 7; plane++)
        if (plane === 6 || (steps >> plane) & 1)
          planes[plane * codeBytes + at] = (planes[plane * codeBytes + at] as number) | bit;
    }
    return { signs, large, planes, lowest, step, sum };
  }

  return {
    segmentOf,
    codeBytes,
    /** @param vector - without the centre */
    encode(slot: number, vector: Float32Array): void {
      const segment = segmentOf(slot);
      let square = 0;
      for (let i = 0; i < coded; i++) square += (vector[i] as number) ** 2;
      const limit = LARGE_FROM * Math.sqrt(square / coded);
      const start = (slot % SEGMENT) * codeBytes;
      segment.signs.fill(0, start, start + codeBytes);
      segment.large.fill(0, start, start + codeBytes);
      let along = 0;
      for (let i = 0; i < coded; i++) {
        const here = vector[i] as number;
        const size = Math.abs(here);
        const at = start + (i >> 3);
        if (here > 0) segment.signs[at] = (segment.signs[at] as number) | (1 << (i & 7));
        if (size > limit) segment.large[at] = (segment.large[at] as number) | (1 << (i & 7));
        along += size * (size > limit ? LARGE : SMALL);
      }
      // The length at which the code's own inner product with its vector is right (RaBitQ, Gao and Long 2024).
      segment.scales[slot % SEGMENT] = along === 0 ? 0 : square / along;
    },
    move(from: number, to: number): void {
      const [source, target] = [segmentOf(from), segmentOf(to)];
      const [start, end] = [(from % SEGMENT) * codeBytes, ((from % SEGMENT) + 1) * codeBytes];
      target.signs.set(source.signs.subarray(start, end), (to % SEGMENT) * codeBytes);
      target.large.set(source.large.subarray(start, end), (to % SEGMENT) * codeBytes);
      target.scales[to % SEGMENT] = source.scales[from % SEGMENT] as number;
    },
    /**
     * The slots below `count` whose signs are most like a query's.
     *
     * @param maskOf - fills the mask of the slots from `first` on, a byte each; null: all pass
     * @param most - so many, and as many more as are like the last one, twice as many at the most
     */
    choose(
      query: Float32Array,
      count: number,
      maskOf: ((mask: Uint8Array, first: number, here: number) => void) | null,
      most: number,
    ): Chosen {
      const asked = readQuery(query);
      const histogram = new Int32Array(KEYS);
      const used = segments.slice(0, Math.ceil(count / SEGMENT));
      for (const [s, segment] of used.entries()) {
        const here = Math.min(SEGMENT, count - s * SEGMENT);
        segment.query.set(asked.signs);
        segment.largeQuery.set(asked.large);
        segment.histogram.fill(0);
        maskOf?.(segment.mask, s * SEGMENT, here);
        const { at } = segment;
        const mask = maskOf === null ? 0 : at.mask;
        segment.run.scan(
          ...([at.signs, codeBytes, here, at.query, at.largeQuery, mask, at.keys, at.histogram] as const),
        );
        segment.keys.fill(NOT_PASSED, here, Math.ceil(here / 8) * 8);
        for (let d = 0; d <= coded * 3; d++)
          histogram[d] = (histogram[d] as number) + (segment.histogram[d] as number);
      }
      let passing = 0;
      for (const n of histogram) passing += n;
      let high = 0;
      for (let n = histogram[0] as number; n < most && high < coded * 3;) n += histogram[++high] as number;
      const slots = new Int32Array(Math.min(passing, most * 2));
      let n = 0;
      for (const [s, segment] of used.entries()) {
        const here = Math.ceil(Math.min(SEGMENT, count - s * SEGMENT) / 8) * 8;
        const room = Math.min(SEGMENT, slots.length - n);
        const more = segment.run.collect(segment.at.keys, here, 0, high, segment.at.chosen, room);
        for (let i = 0; i < more; i++) slots[n++] = (segment.chosen[i] as number) + s * SEGMENT;
      }
      return { passing, slots: slots.subarray(0, n) };
    },
    /** Inner products with the query as far as two bits a dimension tell; of slots in ascending order. */
    estimates(query: Float32Array, slots: Int32Array): Float32Array {
      const found = new Float32Array(slots.length);
      const { planes, lowest, step, sum } = readQuery(query);
      for (let from = 0; from < slots.length;) {
        const s = Math.floor((slots[from] as number) / SEGMENT);
        const segment = segments[s] as Segment;
        let n = 0;
        for (; from + n < slots.length; n++) {
          const local = (slots[from + n] as number) - s * SEGMENT;
          if (local >= SEGMENT) break;
          segment.chosen[n] = local;
        }
        segment.planes.set(planes);
        const { at } = segment;
        segment.run.estimate(
          ...[at.signs, at.large, codeBytes, at.chosen, n, at.planes, at.scales, at.out],
          ...[SMALL, LARGE - SMALL, step, lowest, sum, coded],
        );
        found.set(segment.out.subarray(0, n), from);
        from += n;
      }
      return found;
    },
    /** The pieces of what is kept, slot by slot, for writing them and for reading them back. */
    pieces(count: number): { scales: Uint8Array; signs: Uint8Array; large: Uint8Array }[] {
      return Array.from({ length: Math.ceil(count / SEGMENT) }, (_, s) => {
        const segment = segmentOf(s * SEGMENT);
        const here = Math.min(SEGMENT, count - s * SEGMENT);
        const { scales, signs, large } = segment;
        return {
          scales: new Uint8Array(scales.buffer, scales.byteOffset, here * 4),
          signs: signs.subarray(0, here * codeBytes),
          large: large.subarray(0, here * codeBytes),
        };
      });
    },
  };
}
