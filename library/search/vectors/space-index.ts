// Runs on the engine's thread: one space in memory, what a search scans.
import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { ItemId, MomentId, MomentKind } from '../../../contract/index.ts';
import type { Moments } from '../../database/moments.ts';
import type { SpaceVectors } from '../../database/vectors.ts';
import type { PictureEmbedding, SpaceInfo } from '../../ports.ts';
import { createConceptColumns } from './concept-columns.ts';
import { createSnapshots } from './vector-snapshot.ts';
import { createVectorStore, type PreparedQuery, SAID, SEEN, type VectorClass } from './vector-store.ts';

export type SpaceIndex = ReturnType<typeof createSpaceIndex>;

/** The thread is given to others after so long. A request takes several turns: it must not wait long for each. */
const TURN_MS = 4;
/** So many rows are read between two looks at the clock. */
const ROWS_PER_LOOK = 16;
/** So many standings are computed before others have their turn. */
const SETTLED_PER_TURN = 64;

/** Fewer moments are read from the database as fast as from a file of their own. */
const WORTH_A_SNAPSHOT = 2_000;
/** A snapshot is written anew when more than one in so many has changed; the changes are read until then. */
const CHANGED_OF = 20;

/**
 * Brings a space into memory, a few milliseconds at a time; the thread stays answerable. From its snapshot, if
 * there is a sound one that the database names, and what has changed since; else from the database alone. What
 * is put or removed meanwhile must be told to the index once it is there: await it before indexing starts.
 *
 * @param folder - for snapshots; left out: there are none
 */
export async function loadSpaceIndex(
  space: SpaceInfo,
  vectors: SpaceVectors,
  moments: Moments,
  folder?: string,
): Promise<SpaceIndex> {
  const snapshots = folder === undefined ? null : createSnapshots(folder, space.key);
  let index = createSpaceIndex(space, folder);
  const { name, changed } = vectors.snapshot();
  snapshots?.keepOnly(name);
  if (name === null || snapshots === null || !index.restore(snapshots, name)) {
    index.close();
    index = createSpaceIndex(space, folder);
    await readAll(index, vectors, moments);
  } else {
    for (const momentId of changed) index.remove(momentId);
    await readAll(index, vectors, moments, changed);
  }
  return index;
}

/** Reads the vectors of all moments, or of some, from the database. */
async function readAll(
  index: SpaceIndex,
  vectors: SpaceVectors,
  moments: Moments,
  some?: readonly MomentId[],
): Promise<void> {
  const kinds = some === undefined ? moments.kinds() : null;
  let [rows, turnMs] = [0, performance.now()];
  for (const { momentId, vector, concepts } of vectors.read(some)) {
    const kind = kinds === null ? moments.get(momentId)?.kind : kinds(momentId);
    if (kind !== undefined)
      index.put(momentId, 0 as ItemId, kind, {
        vector,
        concepts: concepts === null ? null : Float32Array.from(concepts, (c) => c / 255),
        regions: [],
      });
    if (++rows % ROWS_PER_LOOK !== 0 || performance.now() - turnMs < TURN_MS) continue;
    await setImmediate();
    turnMs = performance.now();
  }
}

/** Writes what the next opening reads, where it is worth it; to be called when nothing is put any more. */
export function saveSpaceIndex(index: SpaceIndex, vectors: SpaceVectors, folder: string): void {
  const { name, changed } = vectors.snapshot();
  const count = index.count();
  if (count < WORTH_A_SNAPSHOT || (name !== null && changed.length * CHANGED_OF <= count)) return;
  // What is in memory and what is stored are the same unless something went wrong: then the next opening reads all.
  if (count !== vectors.count()) {
    vectors.setSnapshot(null);
    return;
  }
  const snapshots = createSnapshots(folder, index.space.key);
  const next = index.save(snapshots);
  vectors.setSnapshot(next);
  snapshots.keepOnly(next);
}

/** Moments that stand for all of a class where a query's own level is asked for. */
const SAMPLE = 512;

const classOf = (kind: MomentKind): VectorClass => (kind === 'sentence' || kind === 'text' ? SAID : SEEN);

/**
 * Moments of one space by slot: 0 … count - 1 without gaps. Slots move when a moment is removed: whoever
 * holds one must not wait for anything in between.
 */
export function createSpaceIndex(space: SpaceInfo, folder?: string) {
  /** By moment id: slot + 1. */
  let slots = new Int32Array(1024);
  /** By slot; more of them than there are slots. */
  let momentIds = new Int32Array(1024);
  let count = 0;
  const vectors = createVectorStore(space.dimensions, undefined, folder);
  const concepts = createConceptColumns(space.concepts.length);
  let neutral: readonly PreparedQuery[] = [];
  /** Of the neutral texts that standings were computed against. */
  let neutralSum = 0;
  let neutralMean = new Float32Array(space.dimensions);
  let settled = true;
  /** By slot: mean and spread of the cosines to the neutral texts; NaN: not computed yet. */
  let means = new Float32Array(1024).fill(Number.NaN);
  let spreads = new Float32Array(1024);

  function grow(ids: number, some: number): void {
    if (ids > slots.length) slots = longer(slots, ids);
    if (some > momentIds.length) momentIds = longer(momentIds, some);
    if (some <= means.length) return;
    const before = means.length;
    [means, spreads] = [longer(means, some), longer(spreads, some)];
    means.fill(Number.NaN, before);
  }

  const slotOf = (momentId: MomentId): number => (slots[momentId] ?? 0) - 1;

  /** Settles in turns those that are not; then all are. */
  async function settleAll(): Promise<void> {
    settled = false;
    for (let from = 0; from < count; from += SETTLED_PER_TURN) {
      const some = Int32Array.from({ length: Math.min(SETTLED_PER_TURN, count - from) }, (_, i) => from + i);
      const open = some.filter((slot) => Number.isNaN(means[slot]));
      if (open.length === 0) continue;
      settle(open);
      await setImmediate();
    }
    settled = true;
  }

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
    count: (): number => count,
    /** By slot; longer than there are slots. Not to be kept: it moves when it grows. */
    get momentIds(): Int32Array {
      return momentIds;
    },
    slotOf,
    /** By slot: 1 where the item of a moment passes. */
    slotMask(rankOfMoment: Int32Array, mask: Uint8Array): Uint8Array {
      const passing = new Uint8Array(count);
      for (let slot = 0; slot < count; slot++)
        passing[slot] = mask[rankOfMoment[momentIds[slot] as number] ?? -1] ?? 0;
      return passing;
    },
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
      for (let slot = 0; slot < count && found.length < SAMPLE; slot++)
        if (vectors.classOf(slot) === kind && n++ % step === 0) found.push(slot);
      return Int32Array.from(found);
    },
    /** Every standing is known; false while they are being computed. */
    settled: (): boolean => settled,
    /** The middle of the neutral texts: what a text query has in common with all others. */
    neutralMean: (): Float32Array => neutralMean,
    /** Replaces what the moment had. */
    put(momentId: MomentId, _itemId: ItemId, kind: MomentKind, embedding: PictureEmbedding): void {
      let slot = slotOf(momentId);
      if (slot < 0) {
        slot = count++;
        grow(momentId + 1, count);
        slots[momentId] = slot + 1;
        momentIds[slot] = momentId;
      }
      vectors.set(slot, embedding.vector, classOf(kind));
      if (embedding.concepts !== null) concepts.set(slot, embedding.concepts);
      means[slot] = Number.NaN;
      settle(Int32Array.of(slot));
    },
    remove(momentId: MomentId): void {
      const slot = slotOf(momentId);
      if (slot < 0) return;
      const last = --count;
      const moved = momentIds[last] as number;
      vectors.remove(slot);
      concepts.remove(slot, last);
      means[slot] = means[last] ?? Number.NaN;
      spreads[slot] = spreads[last] ?? 0;
      momentIds[slot] = moved;
      slots[moved] = slot + 1;
      slots[momentId] = 0;
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
      const sum = texts.reduce((all, { buffer, byteOffset, byteLength }) => {
        return crc32(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength), all);
      }, 0);
      // Those of a snapshot were computed against the same texts, or are computed again.
      if (sum !== neutralSum) means.fill(Number.NaN);
      neutralSum = sum;
      await settleAll();
    },
    /** Writes all of it as a snapshot; tells its name. */
    save: (snapshots: ReturnType<typeof createSnapshots>): string =>
      snapshots.write(vectors, beside(), neutralSum),
    /** Fills the index, which must be new, from a snapshot. False: there is no sound one; it is not to be used. */
    restore(snapshots: ReturnType<typeof createSnapshots>, name: string): boolean {
      const saved = snapshots.read(name, vectors);
      if (saved === null) return false;
      const [ids, ownMeans, ownSpreads, ...columns] = saved.beside;
      if (ids === undefined || ownMeans === undefined || ownSpreads === undefined) return false;
      momentIds = new Int32Array(ids.buffer);
      [means, spreads] = [new Float32Array(ownMeans.buffer), new Float32Array(ownSpreads.buffer)];
      neutralSum = saved.neutral;
      count = vectors.count();
      let most = 0;
      for (let slot = 0; slot < count; slot++) most = Math.max(most, momentIds[slot] as number);
      grow(most + 1, count);
      for (let slot = 0; slot < count; slot++) slots[momentIds[slot] as number] = slot + 1;
      concepts.grow(count);
      for (const [concept, column] of columns.entries()) concepts.column(concept).set(column);
      return columns.length === space.concepts.length;
    },
    close: (): void => vectors.close(),
  };

  /** What a snapshot keeps beside the vectors. */
  function beside(): Uint8Array[] {
    return [
      ...[momentIds, means, spreads].map((one) => new Uint8Array(one.buffer, one.byteOffset, count * 4)),
      ...space.concepts.map((_, concept) => concepts.column(concept).subarray(0, count)),
    ];
  }
}

function longer<T extends Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>>(old: T, length: number): T {
  const more = new (old.constructor as new (length: number) => T)(
    Math.max(length, Math.ceil(old.length * 1.5)),
  );
  more.set(old);
  return more;
}
