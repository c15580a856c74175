// Runs on the engine's thread: one space in memory, what a search scans.
import { setImmediate } from 'node:timers/promises';
import type { ItemId, MomentId, MomentKind } from '../../contract/index.ts';
import type { Moments } from '../database/moments.ts';
import type { SpaceVectors } from '../database/vectors.ts';
import type { PictureEmbedding, SpaceInfo } from '../ports.ts';
import { createConceptColumns } from './concept-columns.ts';
import { createVectorStore, type PreparedQuery, SAID, SEEN, type VectorClass } from './vector-store.ts';

export type SpaceIndex = ReturnType<typeof createSpaceIndex>;

/** The thread is given to others after so long. A request takes several turns: it must not wait long for each. */
const TURN_MS = 4;
/** So many rows are read between two looks at the clock. */
const ROWS_PER_LOOK = 16;
/** So many standings are computed before others have their turn. */
const SETTLED_PER_TURN = 64;

/**
 * Reads a space from its store into memory, a few milliseconds at a time; the thread stays answerable. What
 * is put or removed meanwhile must be told to the index once it is there: await it before indexing starts.
 */
export async function loadSpaceIndex(
  space: SpaceInfo,
  vectors: SpaceVectors,
  moments: Moments,
): Promise<SpaceIndex> {
  const index = createSpaceIndex(space);
  let [rows, turnMs] = [0, performance.now()];
  for (const { momentId, itemId, kind } of moments.all()) {
    const stored = vectors.get(momentId);
    if (stored !== undefined)
      index.put(momentId, itemId, kind, {
        vector: stored.vector,
        concepts: stored.concepts === null ? null : Float32Array.from(stored.concepts, (c) => c / 255),
        regions: [],
      });
    if (++rows % ROWS_PER_LOOK !== 0 || performance.now() - turnMs < TURN_MS) continue;
    await setImmediate();
    turnMs = performance.now();
  }
  return index;
}

/** Moments that stand for all of a class where a query's own level is asked for. */
const SAMPLE = 512;

const classOf = (kind: MomentKind): VectorClass => (kind === 'sentence' || kind === 'text' ? SAID : SEEN);

/**
 * Moments of one space by slot: 0 … count - 1 without gaps. Slots move when a moment is removed: whoever
 * holds one must not wait for anything in between.
 */
export function createSpaceIndex(space: SpaceInfo) {
  const slots = new Map<MomentId, number>();
  const momentIds: MomentId[] = [];
  const vectors = createVectorStore(space.dimensions);
  const concepts = createConceptColumns(space.concepts.length);
  let neutral: readonly PreparedQuery[] = [];
  let neutralMean = new Float32Array(space.dimensions);
  let settled = true;
  /** By slot: mean and spread of the cosines to the neutral texts; NaN: not computed yet. */
  let means = new Float32Array(1024).fill(Number.NaN);
  let spreads = new Float32Array(1024);

  function settle(wanted: Int32Array): void {
    if (neutral.length === 0 || wanted.length === 0) return;
    const sum = new Float64Array(wanted.length);
    const squares = new Float64Array(wanted.length);
    for (const text of neutral) {
      const cosines = vectors.cosines(text, wanted);
      for (let i = 0; i < cosines.length; i++) {
        const cosine = cosines[i] as number;
        sum[i] = (sum[i] as number) + cosine;
        squares[i] = (squares[i] as number) + cosine * cosine;
      }
    }
    for (let i = 0; i < wanted.length; i++) {
      const mean = (sum[i] as number) / neutral.length;
      means[wanted[i] as number] = mean;
      spreads[wanted[i] as number] = Math.sqrt(
        Math.max(1e-12, (squares[i] as number) / neutral.length - mean * mean),
      );
    }
  }

  return {
    space,
    vectors,
    concepts,
    count: (): number => momentIds.length,
    /** By slot. */
    momentIds: momentIds as readonly MomentId[],
    slotOf: (momentId: MomentId): number => slots.get(momentId) ?? -1,
    /** Of slots; computed now where it was not yet. */
    standings(wanted: Int32Array): { readonly means: Float32Array; readonly spreads: Float32Array } {
      settle(wanted.filter((slot) => Number.isNaN(means[slot])));
      return {
        means: Float32Array.from(wanted, (slot) => means[slot] as number),
        spreads: Float32Array.from(wanted, (slot) => spreads[slot] as number),
      };
    },
    /** A moment's mean cosine to the neutral texts; NaN while it is not known. */
    meanOf: (slot: number): number => means[slot] ?? Number.NaN,
    /** Slots of a class in even distances, {@link SAMPLE} at the most. */
    sample(kind: VectorClass): Int32Array {
      const found: number[] = [];
      const step = Math.max(1, Math.floor(vectors.countOf(kind) / SAMPLE));
      let n = 0;
      for (let slot = 0; slot < momentIds.length && found.length < SAMPLE; slot++)
        if (vectors.classOf(slot) === kind && n++ % step === 0) found.push(slot);
      return Int32Array.from(found);
    },
    /** Every standing is known; false while they are being computed. */
    settled: (): boolean => settled,
    /** The middle of the neutral texts: what a text query has in common with all others. */
    neutralMean: (): Float32Array => neutralMean,
    /** Replaces what the moment had. */
    put(momentId: MomentId, _itemId: ItemId, kind: MomentKind, embedding: PictureEmbedding): void {
      let slot = slots.get(momentId);
      if (slot === undefined) {
        slot = momentIds.length;
        slots.set(momentId, slot);
        momentIds.push(momentId);
      }
      vectors.set(slot, embedding.vector, classOf(kind));
      if (embedding.concepts !== null) concepts.set(slot, embedding.concepts);
      if (slot >= means.length) {
        const [more, moreSpreads] = [new Float32Array(slot * 2).fill(Number.NaN), new Float32Array(slot * 2)];
        more.set(means);
        moreSpreads.set(spreads);
        [means, spreads] = [more, moreSpreads];
      }
      means[slot] = Number.NaN;
      settle(Int32Array.of(slot));
    },
    remove(momentId: MomentId): void {
      const slot = slots.get(momentId);
      if (slot === undefined) return;
      const last = momentIds.length - 1;
      const moved = momentIds[last];
      vectors.remove(slot);
      concepts.remove(slot, last);
      means[slot] = means[last] ?? Number.NaN;
      spreads[slot] = spreads[last] ?? 0;
      if (moved !== undefined) {
        momentIds[slot] = moved;
        slots.set(moved, slot);
      }
      momentIds.pop();
      slots.delete(momentId);
    },
    /**
     * Gives the space its neutral texts; every moment's standing is computed in the background then, a few
     * at a time, and for those that a search asks about at once.
     */
    async setNeutral(texts: readonly Float32Array[]): Promise<void> {
      neutral = texts.map((vector) => vectors.prepare(vector));
      neutralMean = new Float32Array(space.dimensions);
      for (const vector of texts)
        for (let i = 0; i < vector.length; i++)
          neutralMean[i] = (neutralMean[i] ?? 0) + (vector[i] ?? 0) / texts.length;
      means.fill(Number.NaN);
      settled = false;
      for (let from = 0; from < momentIds.length; from += SETTLED_PER_TURN) {
        settle(
          Int32Array.from(
            { length: Math.min(SETTLED_PER_TURN, momentIds.length - from) },
            (_, i) => from + i,
          ),
        );
        await setImmediate();
      }
      settled = true;
    },
    close: (): void => vectors.close(),
  };
}
