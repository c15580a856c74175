// Runs on the engine's thread: how much of the machine indexing may use: work, then rest in proportion.
import type { Settings } from '../../contract/index.ts';

/** Share of the time in which there is work. */
const SHARES: Readonly<Record<Settings['effort'], number>> = { full: 1, half: 0.5, quiet: 0.2 };
/** So long after a question indexing gives way: the next stroke of a key, or the next page, comes within it. */
const GIVES_WAY_MS = 600;
/** A film takes long; resting four times as long after it would look like standing still. */
const LONGEST_REST_MS = 30_000;

export type Gate = ReturnType<typeof createGate>;

/**
 * Steps that begin together are worked together: the rest after them is judged by the longest. It slows indexing
 * down without changing what runs, so it needs no model opened anew and holds for every kind of step.
 *
 * @param onOpen - the rest is over
 */
export function createGate(onOpen: () => void) {
  let share = 1;
  let restUntilMs = 0;
  let askedMs = -Infinity;
  let timer: NodeJS.Timeout | null = null;
  return {
    set(effort: Settings['effort']): void {
      share = SHARES[effort];
      if (share < 1) return;
      restUntilMs = 0;
      onOpen();
    },
    /** Someone asks: for a moment each lane has one step in flight, so that a core is left for the answer. */
    giveWay(): void {
      askedMs = performance.now();
    },
    /** At once at the most, of those that a lane would have in flight: what begins late would run into the rest. */
    limit(most: number): number {
      if (performance.now() - askedMs < GIVES_WAY_MS) return 1;
      return share === 1 ? most : Math.max(1, Math.round(most * share));
    },
    isOpen(): boolean {
      const leftMs = restUntilMs - performance.now();
      if (leftMs <= 0) return true;
      timer ??= setTimeout(() => {
        timer = null;
        onOpen();
      }, leftMs);
      return false;
    },
    /** A step has ended after so long. */
    worked(tookMs: number): void {
      if (share === 1) return;
      const restMs = Math.min(LONGEST_REST_MS, (tookMs * (1 - share)) / share);
      restUntilMs = Math.max(restUntilMs, performance.now() + restMs);
    },
    close(): void {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
