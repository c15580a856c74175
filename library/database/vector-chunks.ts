// Runs on the engine's thread: reads many vectors at once from the tables that vec0 keeps them in. Serves vectors.ts.
import type { MomentId } from '../../contract/index.ts';
import type { Connection } from './connection.ts';

/** One vector with the concepts beside it, if any; valid until the next is asked for. */
export interface ReadVector {
  readonly momentId: MomentId;
  readonly vector: Float32Array;
  readonly concepts: Uint8Array | null;
}

interface Chunk {
  readonly chunkId: number;
  readonly validity: Buffer;
  readonly rowids: Buffer;
}

/**
 * vec0 keeps a thousand vectors in one value, which it reads whole for each row that is asked for. Read here
 * once for all that are in it: a hundred times faster. The layout is that of sqlite-vec 0.1: `_chunks` says which
 * rows are in a chunk and which are valid, `_vector_chunks00` has the floats, `_rowids` the chunk of a row, `_auxiliary` what lies beside the
 * vectors: concepts, then regions.
 */
export function createVectorChunks(index: Connection, table: string, dimensions: number, concepts: boolean) {
  const chunkIds = index
    .prepare<[], number>(`SELECT chunk_id FROM ${table}_chunks ORDER BY chunk_id`)
    .pluck();
  const chunk = index.prepare<[number], Chunk>(
    `SELECT chunk_id AS chunkId, validity, rowids FROM ${table}_chunks WHERE chunk_id = ?`,
  );
  const vectors = index
    .prepare<[number], Buffer>(`SELECT vectors FROM ${table}_vector_chunks00 WHERE rowid = ?`)
    .pluck();
  const beside = index
    .prepare<[number], Buffer | null>(`SELECT value00 FROM ${table}_auxiliary WHERE rowid = ?`)
    .pluck();
  const regions = index
    .prepare<[number], string | null>(`SELECT value01 FROM ${table}_auxiliary WHERE rowid = ?`)
    .pluck();
  const places = index.prepare<[string], { momentId: number; chunkId: number }>(
    `SELECT rowid AS momentId, chunk_id AS chunkId FROM ${table}_rowids
     WHERE rowid IN (SELECT value FROM json_each(?))`,
  );
  const count = index.prepare<[], number>(`SELECT count(*) FROM ${table}_rowids`).pluck();

  function* ofChunk(chunkId: number, wanted: ReadonlySet<number> | null): IterableIterator<ReadVector> {
    const row = chunk.get(chunkId);
    const bytes = row === undefined ? undefined : vectors.get(chunkId);
    if (row === undefined || bytes === undefined) return;
    // A copy: pooled buffers need not be aligned to four bytes.
    const floats = new Float32Array(new Uint8Array(bytes).buffer);
    for (let at = 0; at * 8 < row.rowids.length; at++) {
      if ((((row.validity[at >> 3] ?? 0) >> (at & 7)) & 1) === 0) continue;
      const momentId = Number(row.rowids.readBigInt64LE(at * 8));
      if (wanted?.has(momentId) === false) continue;
      yield {
        momentId: momentId as MomentId,
        vector: floats.subarray(at * dimensions, (at + 1) * dimensions),
        concepts: concepts ? (beside.get(momentId) ?? null) : null,
      };
    }
  }

  return {
    count: (): number => count.get() ?? 0,
    /** The regions of a moment as they were put; undefined: it has no vector. */
    regions: (momentId: MomentId): string | undefined => regions.get(momentId) ?? undefined,
    *all(): IterableIterator<ReadVector> {
      for (const chunkId of chunkIds.all()) yield* ofChunk(chunkId, null);
    },
    /** Those of the given moments that have a vector, in any order. */
    *some(momentIds: readonly MomentId[]): IterableIterator<ReadVector> {
      const byChunk = new Map<number, Set<number>>();
      for (const { momentId, chunkId } of places.all(JSON.stringify(momentIds))) {
        const ids = byChunk.get(chunkId) ?? new Set<number>();
        byChunk.set(chunkId, ids.add(momentId));
      }
      for (const [chunkId, ids] of byChunk) yield* ofChunk(chunkId, ids);
    },
  };
}
