// Runs on the engine's thread: vectors of eight bits a dimension, in memory while they fit, else in a file.
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEGMENT } from './kernel.ts';

/** What rows may take in memory; a library of more keeps them in a file that is read where needed. */
export const ROWS_IN_MEMORY_BYTES = 160 * 1024 * 1024;

export type VectorRows = ReturnType<typeof createVectorRows>;

let files = 0;

/** @param rowBytes - of one row */
export function createVectorRows(rowBytes: number, inMemoryBytes = ROWS_IN_MEMORY_BYTES) {
  const inMemory = Math.floor(inMemoryBytes / rowBytes);
  let segments: Uint8Array[] = [];
  let file: number | null = null;

  function segmentOf(slot: number): Uint8Array {
    const at = Math.floor(slot / SEGMENT);
    while (segments.length <= at) segments.push(new Uint8Array(SEGMENT * rowBytes));
    return segments[at] as Uint8Array;
  }

  function toFile(): number {
    // Removed at once: the rows live as long as the file is open, and nothing stays behind after a crash.
    const path = join(tmpdir(), `afterimage-rows-${String(process.pid)}-${String(files++)}`);
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
    onDisk: (): boolean => file !== null,
    write(slot: number, row: Uint8Array): void {
      const opened = file ?? (slot >= inMemory ? toFile() : null);
      if (opened === null) segmentOf(slot).set(row, (slot % SEGMENT) * rowBytes);
      else writeSync(opened, row, 0, rowBytes, slot * rowBytes);
    },
    /** Into `target` from byte `at` on. */
    read(slot: number, target: Uint8Array, at: number): void {
      if (file !== null) {
        readSync(file, target, at, rowBytes, slot * rowBytes);
        return;
      }
      const from = (slot % SEGMENT) * rowBytes;
      const segment = segmentOf(slot);
      target.set(segment.subarray(from, from + rowBytes), at);
    },
    close(): void {
      segments = [];
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}
