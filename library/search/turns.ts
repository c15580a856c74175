// Runs on the engine's thread: long work in slices, between which others have their turn. Serves search.
import { setImmediate } from 'node:timers/promises';

/** So long a slice may be: a newer question, or a picture that is being indexed, waits no longer. */
const SLICE_MS = 8;

/** To be awaited between two pieces of work. AbortError when the question was superseded meanwhile. */
export type Turn = () => Promise<void>;

/**
 * Gives the thread away when it was held for a slice. What is held over it may have changed afterwards: slots
 * of an index move, ids stay.
 */
export function createTurns(signal?: AbortSignal): Turn {
  let sinceMs = performance.now();
  return async () => {
    if (performance.now() - sinceMs < SLICE_MS) return;
    await setImmediate();
    signal?.throwIfAborted();
    sinceMs = performance.now();
  };
}
