// Runs in the command line: the plainest way to answer the same questions, to set the engine's times beside.
// The only SQL outside library/database/: it is measured here and never used.
import type { Database } from '../../library/database/database.ts';
import type { SpaceInfo } from '../../library/ports.ts';

const NEAREST = 50;

/** Each answers one question and throws its answer away. */
export interface PlainForms {
  /** sqlite-vec's own nearest neighbours: the table that the vectors are kept in. */
  vec0(vector: Float32Array): void;
  /** Every cosine in JavaScript, one picture after the other, then sorted. */
  floatScan(vector: Float32Array): void;
  /** Paths that hold a word, without an index. */
  like(word: string): void;
  /** The newest, as a table gives them. */
  newest(): void;
}

export function plainForms(database: Database, space: SpaceInfo): PlainForms {
  const spaceId = database.index
    .prepare<[string], { spaceId: number }>('SELECT space_id AS spaceId FROM space WHERE key = ?')
    .get(space.key)?.spaceId;
  const knn = database.index.prepare<[Buffer, number]>(
    `SELECT moment_id, distance FROM embedding_${spaceId ?? 0} WHERE vector MATCH ? AND k = ?`,
  );
  const like = database.index.prepare<[string]>('SELECT item_id FROM file WHERE path LIKE ?');
  const newest = database.index.prepare<[number]>('SELECT * FROM item ORDER BY sort_ms DESC LIMIT ?');
  const rows = [...database.vectors.open(space).all()].map((row) => row.vector);
  return {
    vec0: (vector) => void knn.all(Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength), NEAREST),
    floatScan(vector) {
      rows
        .map((row, at) => {
          let sum = 0;
          for (let i = 0; i < row.length; i++) sum += (row[i] ?? 0) * (vector[i] ?? 0);
          return { at, sum };
        })
        .sort((a, b) => b.sum - a.sum)
        .slice(0, NEAREST);
    },
    like: (word) => void like.all(`%${word}%`),
    newest: () => void newest.all(NEAREST),
  };
}

/** sqlite-vec alone over given vectors, `dimensions` after `dimensions`, in a table of its own. */
export function plainVec0(database: Database, vectors: Float32Array<ArrayBuffer>, dimensions: number) {
  database.index.exec(`CREATE VIRTUAL TABLE plain USING vec0(vector float[${String(dimensions)}])`);
  const insert = database.index.prepare<[Buffer]>('INSERT INTO plain (vector) VALUES (?)');
  const bytes = Buffer.from(vectors.buffer, vectors.byteOffset, vectors.byteLength);
  const each = dimensions * vectors.BYTES_PER_ELEMENT;
  database.transaction(() => {
    for (let at = 0; at < bytes.length; at += each) insert.run(bytes.subarray(at, at + each));
  });
  const knn = database.index.prepare<[Buffer, number]>(
    'SELECT rowid, distance FROM plain WHERE vector MATCH ? AND k = ?',
  );
  return (vector: Float32Array, nearest: number): void =>
    void knn.all(Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength), nearest);
}
