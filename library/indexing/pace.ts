// Runs on the engine's thread: how fast indexing goes and how long it will still take.
import type { Clock } from '../ports.ts';

/** The rate is taken over this long: short enough to follow a change, long enough to stand still. */
const WINDOW_MS = 15_000;

export type Pace = ReturnType<typeof createPace>;

/** Counts pictures as they are finished. A picture is finished when it can be searched, or has failed. */
export function createPace(clock: Clock) {
  let done = 0;
  /** Null: nothing was begun since the queue was empty. */
  let startedMs: number | null = null;
  let marks: { atMs: number; done: number }[] = [];
  return {
    done: (): number => done,
    /** Something is in flight: from the first time on the clock runs. */
    begin(): void {
      startedMs ??= clock.nowMs();
    },
    finished(): void {
      const nowMs = clock.nowMs();
      done += 1;
      const last = marks.at(-1);
      // A mark every quarter second is enough, and bounds the list.
      if (last === undefined || nowMs - last.atMs >= 250) marks.push({ atMs: nowMs, done });
      while (marks.length > 0 && nowMs - (marks[0]?.atMs ?? 0) > WINDOW_MS) marks.shift();
    },
    /** The queue is empty: the next work is counted from nought. */
    reset(): void {
      done = 0;
      startedMs = null;
      marks = [];
    },
    /** Pictures per second. */
    rate(): number {
      const first = marks[0];
      if (startedMs === null) return 0;
      const fromMs = first === undefined || marks.length < 3 ? startedMs : first.atMs;
      const fromDone = first === undefined || marks.length < 3 ? 0 : first.done;
      const seconds = (clock.nowMs() - fromMs) / 1000;
      return seconds <= 0 ? 0 : (done - fromDone) / seconds;
    },
  };
}
