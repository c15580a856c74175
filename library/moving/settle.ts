// Runs on the engine's thread: when a library is open at its new place, what it left at the old one goes.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { takeLock } from '../database/lock.ts';
import type { Log } from '../ports.ts';
import { removeContents, removeLock } from './contents.ts';
import { isCarriedOut, type Marker, removeMarker } from './places.ts';

/**
 * To be called when both databases of `folder` are open and in order. What cannot be removed now (a disk that
 * is away, a process that holds it) is tried again when the library is opened the next time.
 */
export async function settleMove(
  folder: string,
  marker: Marker,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  try {
    // Another move than this one, or its end is not to be had: nothing there is to be touched.
    if (!isCarriedOut(marker)) return;
    if (!marker.keep) {
      // Whoever opens the old place in this moment is led here, or is still closing it.
      const lock = takeLock(marker.from, 'a move of the library');
      try {
        await removeContents(marker.from, signal);
      } finally {
        lock.release();
      }
      await removeLock(marker.from);
      await rm(join(marker.from, 'moved-to.json.part'), { force: true });
    }
    removeMarker(folder);
    log.info('move.settled', { kept: marker.keep });
  } catch (error) {
    if (!signal.aborted) log.warn('move.not-settled', { error: String(error) });
  }
}
