// Runs on the engine's thread: holds changed paths back until they rest. Serves watching.
import { codeOf, identityOf, isGone, lookAt } from './seen.ts';

/** A file is complete when size and time have stood still for this long. */
const STILL_MS = 500;
/** Something gone waits longer: if it was moved, its other end is to be seen first. */
const GONE_MS = 800;
const TICK_MS = 100;
const LOOKS_AT_ONCE = 64;

export type Rest = ReturnType<typeof createRest>;

/**
 * @param onRest - given the absolute paths that came to rest; not called again before it has ended
 */
export function createRest(onRest: (paths: string[]) => Promise<void>) {
  const waiting = new Map<string, { seen: string | null; dueMs: number }>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  let working: Promise<void> = Promise.resolve();

  const tick = async (): Promise<void> => {
    const due = [...waiting].filter(([, entry]) => entry.dueMs <= performance.now());
    const rested: string[] = [];
    for (let at = 0; at < due.length; at += LOOKS_AT_ONCE)
      await Promise.all(
        due.slice(at, at + LOOKS_AT_ONCE).map(async ([path, entry]) => {
          const seen = await glance(path);
          if (seen === entry.seen) {
            waiting.delete(path);
            rested.push(path);
            return;
          }
          entry.seen = seen;
          entry.dueMs = performance.now() + (seen === 'gone' ? GONE_MS : STILL_MS);
        }),
      );
    if (rested.length > 0 && !isClosed()) await onRest(rested);
  };

  const isClosed = (): boolean => closed;

  const schedule = (): void => {
    if (timer !== null || closed || waiting.size === 0) return;
    timer = setTimeout(() => {
      working = tick().finally(() => {
        timer = null;
        schedule();
      });
    }, TICK_MS);
  };

  return {
    /** Something happened at a path. */
    note(path: string): void {
      if (!waiting.has(path)) waiting.set(path, { seen: null, dueMs: 0 });
      schedule();
    },
    /** Drops what waits; resolves when nothing runs any more. */
    async close(): Promise<void> {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      waiting.clear();
      await working;
    },
  };
}

/** What has to stand still. */
async function glance(path: string): Promise<string> {
  try {
    const stats = await lookAt(path);
    // What is in a folder rests or does not by itself.
    return stats.isDirectory()
      ? `folder ${identityOf(stats)}`
      : `${identityOf(stats)} ${String(stats.size)} ${String(stats.mtimeNs)}`;
  } catch (error) {
    return isGone(error) ? 'gone' : codeOf(error);
  }
}
