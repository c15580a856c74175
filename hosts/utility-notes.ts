// Runs in Electron's utility process: tells main when an index that took long is done.
import type { Progress } from '../contract/index.ts';
import type { IndexedNote } from '../contract/shell.ts';

/** Who waits less has not gone away meanwhile. */
const LONG_MS = 60_000;

export interface NotesParts {
  /** Progress as it changes. */
  readonly progress: AsyncIterable<Progress>;
  readonly items: () => Promise<number>;
  readonly nowMs: () => number;
  readonly post: (note: IndexedNote) => void;
}

/** A pause is no work: its time does not count. */
export async function noteLongIndexes({ progress, items, nowMs, post }: NotesParts): Promise<void> {
  let busyMs = 0;
  let since: number | null = null;
  for await (const { phase } of progress) {
    if (since !== null) busyMs += nowMs() - since;
    since = phase === 'idle' || phase === 'paused' ? null : nowMs();
    if (phase !== 'idle') continue;
    if (busyMs >= LONG_MS) post({ type: 'indexed', items: await items() });
    busyMs = 0;
  }
}
