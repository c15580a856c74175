// Runs on the engine's thread: keeps a bounded number of steps of one sort in flight. Serves the indexer.
import type { Gate } from './gate.ts';
import { subjectOf, type WaitingStep } from '../database/steps.ts';

export interface LaneOptions {
  /** Steps at once at the most; more wait in the database, so memory does not grow with the library. */
  readonly limit: number;
  /** The next steps to do, none of those whose subjects (database/steps.ts, subjectOf) are in flight. */
  readonly take: (count: number, inFlight: ReadonlySet<number>) => readonly WaitingStep[];
  /** Does one step and writes its end. Must not throw: a throw is a bug and stops the lane. */
  readonly run: (step: WaitingStep, signal: AbortSignal) => Promise<void>;
  /** Closed while indexing rests. */
  readonly gate: Gate;
  /** Called after each step, and when a look found nothing to do. */
  readonly onTurn: () => void;
}

export type Lane = ReturnType<typeof createLane>;

export function createLane(options: LaneOptions) {
  const inFlight = new Set<number>();
  const running = new Set<Promise<void>>();
  let abort = new AbortController();
  let paused = true;

  const fill = (): void => {
    const limit = options.gate.limit(options.limit);
    if (paused || inFlight.size >= limit || !options.gate.isOpen()) return;
    const steps = options.take(limit - inFlight.size, inFlight);
    for (const step of steps) start(step);
  };

  const start = (step: WaitingStep): void => {
    inFlight.add(subjectOf(step));
    const startedMs = performance.now();
    const done: Promise<void> = options.run(step, abort.signal).finally(() => {
      options.gate.worked(performance.now() - startedMs);
      inFlight.delete(subjectOf(step));
      running.delete(done);
      fill();
      options.onTurn();
    });
    running.add(done);
  };

  return {
    /** Looks for work; also when some came. */
    wake: fill,
    busy: (): boolean => inFlight.size > 0,
    resume(): void {
      if (!paused) return;
      paused = false;
      abort = new AbortController();
      fill();
    },
    /** Starts nothing more; what is in flight is cancelled and stays in the queue. */
    async stop(): Promise<void> {
      paused = true;
      abort.abort();
      await Promise.allSettled(running);
    },
  };
}
