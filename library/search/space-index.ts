// Runs on the engine's thread: one space in memory, what a search scans.
import { setImmediate } from 'node:timers/promises';
import type { ItemId, MomentId, MomentKind } from '../../contract/index.ts';
import type { Moments } from '../database/moments.ts';
import type { SpaceVectors } from '../database/vectors.ts';
import type { PictureEmbedding, SpaceInfo } from '../ports.ts';
import { createConceptColumns } from './concept-columns.ts';
import { logSumExp } from './relevance.ts';
import { createVectorStore, type PreparedQuery } from './vector-store.ts';

export type SpaceIndex = ReturnType<typeof createSpaceIndex>;

/** So many rows are read before others have their turn on the thread. */
const ROWS_PER_TURN = 512;

/**
 * Reads a space from its store into memory, a few hundred rows at a time; the thread stays answerable. What
 * is put or removed meanwhile must be told to the index once it is there: await it before indexing starts.
 */
export async function loadSpaceIndex(
  space: SpaceInfo,
  vectors: SpaceVectors,
  moments: Moments,
): Promise<SpaceIndex> {
  const index = createSpaceIndex(space);
  let turn = 0;
  for (const { momentId, itemId, kind } of moments.all()) {
    const stored = vectors.get(momentId);
    if (stored !== undefined)
      index.put(momentId, itemId, kind, {
        vector: stored.vector,
        concepts: stored.concepts === null ? null : Float32Array.from(stored.concepts, (c) => c / 255),
        regions: [],
      });
    if (++turn % ROWS_PER_TURN === 0) await setImmediate();
  }
  return index;
}

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
  /** By slot: see {@link standing}; NaN: not asked for yet. */
  let settled = true;
  let standings = new Float32Array(1024);

  /** log of the sum over neutral texts of exp(scale * cosine to the slot's picture); kept once computed. */
  function standing(slot: number): number {
    const known = standings[slot] ?? Number.NaN;
    if (!Number.isNaN(known) || neutral.length === 0) return known;
    const value = logSumExp(neutral.map((text) => space.logitScale * vectors.cosine(text, slot)));
    standings[slot] = value;
    return value;
  }

  return {
    space,
    vectors,
    concepts,
    count: (): number => momentIds.length,
    /** By slot. */
    momentIds: momentIds as readonly MomentId[],
    slotOf: (momentId: MomentId): number => slots.get(momentId) ?? -1,
    standing,
    /** Every standing is known; false while they are being computed. */
    settled: (): boolean => settled,
    /** The middle of the neutral texts: what a text query has in common with all others. */
    neutralMean: (): Float32Array => neutralMean,
    /** Replaces what the moment had. */
    put(momentId: MomentId, _itemId: ItemId, _kind: MomentKind, embedding: PictureEmbedding): void {
      let slot = slots.get(momentId);
      if (slot === undefined) {
        slot = momentIds.length;
        slots.set(momentId, slot);
        momentIds.push(momentId);
      }
      vectors.set(slot, embedding.vector);
      if (embedding.concepts !== null) concepts.set(slot, embedding.concepts);
      if (slot >= standings.length) {
        const more = new Float32Array(standings.length * 2);
        more.set(standings);
        standings = more;
      }
      standings[slot] = Number.NaN;
      if (neutral.length > 0) standing(slot);
    },
    remove(momentId: MomentId): void {
      const slot = slots.get(momentId);
      if (slot === undefined) return;
      const last = momentIds.length - 1;
      const moved = momentIds[last];
      vectors.remove(slot);
      concepts.remove(slot, last);
      standings[slot] = standings[last] ?? Number.NaN;
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
      standings.fill(Number.NaN);
      settled = false;
      for (let slot = 0; slot < momentIds.length; slot++) {
        standing(slot);
        if (slot % 64 === 63) await setImmediate();
      }
      settled = true;
    },
  };
}
