// Runs on the engine's thread: a space's index as one file beside the database, so that opening it is reading it.
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { fstatSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { createVectorStore } from './vector-store.ts';

/** Raised when what the bytes mean changes; a snapshot of another form is made again. */
const FORM = 1;
const HEAD_BYTES = 4096;
/** Rows written at a time. */
const ROWS_PER_WRITE = 2048;

type VectorStore = ReturnType<typeof createVectorStore>;

interface Head {
  readonly form: number;
  readonly name: string;
  readonly space: string;
  readonly count: number;
  readonly rowBytes: number;
  readonly byClass: { count: number; codedAt: number }[];
  /** What is beside the store's own parts: bytes of each. */
  readonly beside: readonly number[];
  /** Of what standings were computed against. */
  readonly neutral: number;
  /** Of everything but the rows. */
  readonly checksum: number;
  readonly bytes: number;
}

export interface Snapshot {
  readonly neutral: number;
  readonly beside: readonly Uint8Array<ArrayBuffer>[];
}

/** @param space - key; @param folder - the library's, for snapshots */
export function createSnapshots(folder: string, space: string) {
  const prefix = `${crc32(space).toString(16)}-`;
  const pathOf = (name: string): string => join(folder, `${prefix}${name}.vectors`);

  /** Removes what is not the one of this name: older ones, and what a crash left half written. */
  function keepOnly(name: string | null): void {
    for (const file of readdirSync(folder))
      if (file.startsWith(prefix) && file !== `${prefix}${name ?? ''}.vectors`)
        try {
          rmSync(join(folder, file));
        } catch {
          // Windows keeps a file that is open: it goes next time.
        }
  }

  return {
    keepOnly(name: string | null): void {
      mkdirSync(folder, { recursive: true });
      keepOnly(name);
    },
    /** Writes and makes it last on the disk, then tells its name. What was before it is still there. */
    write(store: VectorStore, beside: readonly Uint8Array[], neutral: number): string {
      mkdirSync(folder, { recursive: true });
      const name = randomUUID();
      const { count, byClass, pieces } = store.parts();
      const file = openSync(`${pathOf(name)}.part`, 'wx', 0o600);
      try {
        let [checksum, at] = [0, HEAD_BYTES];
        for (const piece of [...pieces, ...beside]) {
          checksum = crc32(piece, checksum);
          writeAll(file, piece, at);
          at += piece.length;
        }
        const some = new Uint8Array(ROWS_PER_WRITE * store.rowBytes);
        for (let from = 0; from < count; from += ROWS_PER_WRITE) {
          const here = Math.min(ROWS_PER_WRITE, count - from);
          for (let n = 0; n < here; n++) store.readRow(from + n, some, n * store.rowBytes);
          writeAll(file, some.subarray(0, here * store.rowBytes), at);
          at += here * store.rowBytes;
        }
        const head: Head = {
          ...{ form: FORM, name, space, count, rowBytes: store.rowBytes, byClass: [...byClass], neutral },
          ...{ beside: beside.map((piece) => piece.length), checksum, bytes: at },
        };
        const text = Buffer.from(JSON.stringify(head));
        if (text.length > HEAD_BYTES) throw new Error(`a snapshot's head is too long: ${space}`);
        writeAll(file, Buffer.concat([text, Buffer.alloc(HEAD_BYTES - text.length, ' ')]), 0);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(`${pathOf(name)}.part`, pathOf(name));
      return name;
    },
    /** Fills a new store; null where the file is missing, of another form, cut short or changed. */
    read(name: string, store: VectorStore): Snapshot | null {
      let file: number;
      try {
        file = openSync(pathOf(name), 'r');
      } catch {
        return null;
      }
      const head = readHead(file);
      const sound =
        head?.form === FORM &&
        head.name === name &&
        head.space === space &&
        head.rowBytes === store.rowBytes &&
        fstatSync(file).size === head.bytes;
      if (head === null || !sound) {
        closeSync(file);
        return null;
      }
      let [checksum, at] = [0, HEAD_BYTES];
      const fill = (pieces: readonly Uint8Array[]): void => {
        for (const piece of pieces) {
          readAll(file, piece, at);
          checksum = crc32(piece, checksum);
          at += piece.length;
        }
      };
      const beside = head.beside.map((bytes) => new Uint8Array(bytes));
      const rowsFrom = head.bytes - head.count * head.rowBytes;
      store.restore(head, { file, from: rowsFrom, count: head.count }, (pieces) => {
        fill(pieces);
        fill(beside);
      });
      return checksum === head.checksum ? { neutral: head.neutral, beside } : null;
    },
  };
}

function readHead(file: number): Head | null {
  const bytes = Buffer.alloc(HEAD_BYTES);
  try {
    readSync(file, bytes, 0, HEAD_BYTES, 0);
    return JSON.parse(bytes.toString()) as Head;
  } catch {
    return null;
  }
}

function writeAll(file: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(file, bytes, done, bytes.length - done, at + done);
}

function readAll(file: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length;) {
    const more = readSync(file, bytes, done, bytes.length - done, at + done);
    if (more === 0) return;
    done += more;
  }
}
