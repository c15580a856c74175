// Runs on the engine's thread: vectors of twelve bits a dimension: in memory while they fit, else in files.
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEGMENT } from './kernel.ts';

/** What rows may take in memory; a library of more keeps them in files that are read where needed. */
export const ROWS_IN_MEMORY_BYTES = 128 * 1024 * 1024;

/** Rows that lie in a file which is only read, from a byte on. */
export interface BaseRows {
  readonly file: number;
  readonly from: number;
  readonly count: number;
}

export type VectorRows = ReturnType<typeof createVectorRows>;

let files = 0;

/**
 * Rows by number. The first ones may be those of a snapshot: they are never written, so that the snapshot
 * stays what it says; a changed row gets a new number.
 *
 * @param rowBytes - of one row
 * @param folder - for the file of rows that do not fit; it is gone when this is closed or the process ends
 */
export function createVectorRows(rowBytes: number, inMemoryBytes = ROWS_IN_MEMORY_BYTES, folder = tmpdir()) {
  const inMemory = Math.floor(inMemoryBytes / rowBytes);
  let base: BaseRows = { file: -1, from: 0, count: 0 };
  let segments: Uint8Array[] = [];
  let file: number | null = null;
  /** Numbers of own rows: given out so far, and free again. */
  let own = 0;
  let free: number[] = [];

  function segmentOf(at: number): Uint8Array {
    const place = Math.floor(at / SEGMENT);
    while (segments.length <= place) segments.push(new Uint8Array(SEGMENT * rowBytes));
    return segments[place] as Uint8Array;
  }

  function toFile(): number {
    // Removed at once: the rows live as long as the file is open, and nothing stays behind after a crash.
    const path = join(folder, `afterimage-rows-${String(process.pid)}-${String(files++)}`);
    const opened = openSync(path, 'wx+', 0o600);
    try {
      rmSync(path);
    } catch {
      // Windows keeps an open file; it lies in the folder for temporary ones.
    }
    for (const [i, segment] of segments.entries())
      writeSync(opened, segment, 0, segment.length, i * segment.length);
    segments = [];
    file = opened;
    return opened;
  }

  return {
    /** Rows are read from a file: comparing many of them takes longer. */
    onDisk: (): boolean => file !== null || base.count > 0,
    /** @returns a number under which a row may be written */
    take: (): number => base.count + (free.pop() ?? own++),
    release(number: number): void {
      if (number >= base.count) free.push(number - base.count);
    },
    /** Whether the row may be written; else it needs a number of its own. */
    writable: (number: number): boolean => number >= base.count,
    write(number: number, row: Uint8Array): void {
      const at = number - base.count;
      const opened = file ?? (at >= inMemory ? toFile() : null);
      if (opened === null) segmentOf(at).set(row, (at % SEGMENT) * rowBytes);
      else writeSync(opened, row, 0, rowBytes, at * rowBytes);
    },
    /** Into `target` from byte `to` on. */
    read(number: number, target: Uint8Array, to: number): void {
      const at = number - base.count;
      if (at < 0) readSync(base.file, target, to, rowBytes, base.from + number * rowBytes);
      else if (file !== null) readSync(file, target, to, rowBytes, at * rowBytes);
      else {
        const from = (at % SEGMENT) * rowBytes;
        const segment = segmentOf(at);
        target.set(segment.subarray(from, from + rowBytes), to);
      }
    },
    /** Takes over the rows of a snapshot, numbered from 0 on; they are read into memory where they fit. */
    restore(rows: BaseRows): void {
      if (rows.count > inMemory) {
        base = rows;
        return;
      }
      own = rows.count;
      for (let at = 0; at < rows.count; at += SEGMENT) {
        const bytes = Math.min(SEGMENT, rows.count - at) * rowBytes;
        readSync(rows.file, segmentOf(at), 0, bytes, rows.from + at * rowBytes);
      }
      closeSync(rows.file);
    },
    close(): void {
      segments = [];
      free = [];
      if (file !== null) closeSync(file);
      if (base.count > 0) closeSync(base.file);
      file = null;
      base = { file: -1, from: 0, count: 0 };
    },
  };
}
