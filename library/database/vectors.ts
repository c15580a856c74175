// Runs on the engine's thread: spaces and their vectors. The one module that knows sqlite-vec.
import * as sqliteVec from 'sqlite-vec';
import type { MomentId } from '../../contract/index.ts';
import type { FoundRegion, PictureEmbedding, SpaceInfo } from '../ports.ts';
import type { Connection, Statement } from './connection.ts';
import { createVectorChunks, type ReadVector } from './vector-chunks.ts';

/** A stored embedding: what the encoder gave, read back. */
export interface StoredEmbedding {
  readonly momentId: MomentId;
  readonly vector: Float32Array;
  /** Relevance of each concept in 255ths; null for families without. */
  readonly concepts: Uint8Array | null;
}

/** The vectors of one space. vec0 is the store of record; searching is done by search/, in memory. */
export interface SpaceVectors {
  readonly key: string;
  /** Replaces what the moment had. Call inside a transaction with others. */
  put(momentId: MomentId, embedding: PictureEmbedding): void;
  remove(momentId: MomentId): void;
  get(momentId: MomentId): StoredEmbedding | undefined;
  regions(momentId: MomentId): FoundRegion[];
  /** Every stored embedding, a row at a time. The vector's bytes are its own. */
  all(): IterableIterator<StoredEmbedding>;
  count(): number;
  /** All vectors, or those of the given moments, much faster than one by one. Each is valid until the next. */
  read(momentIds?: readonly MomentId[]): IterableIterator<ReadVector>;
  /** What was kept beside the database last, and whose vectors were put or removed since. */
  snapshot(): { readonly name: string | null; readonly changed: readonly MomentId[] };
  /** All that is stored is in the snapshot of this name; null: there is none any more. */
  setSnapshot(name: string | null): void;
}

export type Vectors = ReturnType<typeof createVectors>;

interface SpaceRow {
  readonly spaceId: number;
  readonly key: string;
  readonly packId: string;
}

interface EmbeddingRow {
  readonly momentId: MomentId;
  readonly vector: Buffer;
  readonly concepts: Buffer | null;
}

/** Loads sqlite-vec into the connection. Before any table of vectors is touched. */
export function loadVectors(connection: Connection): void {
  sqliteVec.load(connection);
}

export function createVectors(index: Connection) {
  const spaces = index.prepare<[], SpaceRow>('SELECT space_id AS spaceId, key, pack_id AS packId FROM space');
  const byKey = index.prepare<[string], SpaceRow>(
    'SELECT space_id AS spaceId, key, pack_id AS packId FROM space WHERE key = ?',
  );
  const insert = index.prepare<[string, string, number, number], { spaceId: number }>(
    'INSERT INTO space (key, pack_id, dimensions, concepts) VALUES (?, ?, ?, ?) RETURNING space_id AS spaceId',
  );
  const remove = index.prepare<[string]>('DELETE FROM space WHERE key = ?');
  const opened = new Map<string, SpaceVectors>();
  const note = noteChange(index);
  const forgetChanges = index.prepare<[number]>('DELETE FROM vector_change WHERE space_id = ?');
  return {
    /** The vectors of a space, making its table on first use. */
    open(space: Pick<SpaceInfo, 'key' | 'packId' | 'dimensions' | 'concepts'>): SpaceVectors {
      const known = opened.get(space.key);
      if (known !== undefined) return known;
      const row =
        byKey.get(space.key) ?? insert.get(space.key, space.packId, space.dimensions, space.concepts.length);
      if (row === undefined) throw new Error('space: the insert gave no row');
      const table = `embedding_${String(row.spaceId)}`;
      index.exec(
        `CREATE VIRTUAL TABLE IF NOT EXISTS ${table} USING vec0(
           moment_id INTEGER PRIMARY KEY,
           vector float[${String(space.dimensions)}] distance_metric=cosine,
           +concepts BLOB,
           +regions TEXT
         )`,
      );
      const vectors = openSpace(index, table, row.spaceId, space);
      opened.set(space.key, vectors);
      return vectors;
    },
    spaces: (): { key: string; packId: string }[] => spaces.all(),
    /** Removes a moment from every space. */
    removeMoment(momentId: MomentId): void {
      for (const { spaceId } of spaces.all()) {
        note.run(momentId, spaceId);
        index.prepare(`DELETE FROM embedding_${String(spaceId)} WHERE moment_id = ?`).run(BigInt(momentId));
      }
    },
    drop(key: string): void {
      const row = byKey.get(key);
      if (row === undefined) return;
      index.exec(`DROP TABLE IF EXISTS embedding_${String(row.spaceId)}`);
      forgetChanges.run(row.spaceId);
      remove.run(key);
      opened.delete(key);
    },
  };
}

/** Notes that a moment's vector will change, before it does: noted once too often costs a read, too seldom a lie. */
const noteChange = (index: Connection) =>
  index.prepare<[MomentId, number]>(
    `INSERT OR IGNORE INTO vector_change (space_id, moment_id)
     SELECT space_id, ? FROM space WHERE space_id = ? AND snapshot IS NOT NULL`,
  );

function openSpace(
  index: Connection,
  table: string,
  spaceId: number,
  { key, dimensions, concepts }: Pick<SpaceInfo, 'key' | 'dimensions' | 'concepts'>,
): SpaceVectors {
  // vec0 takes row ids as 64-bit integers only, which better-sqlite3 binds from BigInt.
  const insert: Statement<[bigint, Buffer, Buffer | null, string], unknown> = index.prepare(
    `INSERT INTO ${table} (moment_id, vector, concepts, regions) VALUES (?, ?, ?, ?)`,
  );
  const remove = index.prepare<[bigint]>(`DELETE FROM ${table} WHERE moment_id = ?`);
  const columns = 'moment_id AS momentId, vector, concepts';
  const one = index.prepare<[bigint], EmbeddingRow>(`SELECT ${columns} FROM ${table} WHERE moment_id = ?`);
  const all = index.prepare<[], EmbeddingRow>(`SELECT ${columns} FROM ${table}`);
  const note = noteChange(index);
  const chunks = createVectorChunks(index, table, dimensions, concepts.length > 0);
  const name = index
    .prepare<[number], string | null>('SELECT snapshot FROM space WHERE space_id = ?')
    .pluck();
  const changed = index
    .prepare<[number], MomentId>('SELECT moment_id FROM vector_change WHERE space_id = ?')
    .pluck();
  const setName = index.prepare<[string | null, number]>('UPDATE space SET snapshot = ? WHERE space_id = ?');
  const forgetChanges = index.prepare<[number]>('DELETE FROM vector_change WHERE space_id = ?');
  return {
    key,
    put(momentId, embedding) {
      note.run(momentId, spaceId);
      remove.run(BigInt(momentId));
      insert.run(
        BigInt(momentId),
        bytesOf(embedding.vector),
        embedding.concepts === null ? null : Buffer.from(embedding.concepts.map((c) => Math.round(c * 255))),
        JSON.stringify(embedding.regions),
      );
    },
    remove(momentId) {
      note.run(momentId, spaceId);
      remove.run(BigInt(momentId));
    },
    get(momentId) {
      const row = one.get(BigInt(momentId));
      return row === undefined ? undefined : stored(row);
    },
    regions: (momentId) => JSON.parse(chunks.regions(momentId) ?? '[]') as FoundRegion[],
    *all() {
      for (const row of all.iterate()) yield stored(row);
    },
    count: chunks.count,
    read: (momentIds) => (momentIds === undefined ? chunks.all() : chunks.some(momentIds)),
    snapshot: () => ({ name: name.get(spaceId) ?? null, changed: changed.all(spaceId) }),
    setSnapshot: (next) =>
      index.transaction(() => {
        setName.run(next, spaceId);
        forgetChanges.run(spaceId);
      })(),
  };
}

function bytesOf(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

function stored(row: EmbeddingRow): StoredEmbedding {
  // A copy: pooled buffers need not be aligned to four bytes.
  const bytes = new Uint8Array(row.vector);
  return {
    momentId: row.momentId,
    vector: new Float32Array(bytes.buffer),
    concepts: row.concepts === null ? null : new Uint8Array(row.concepts),
  };
}
