// Runs on the engine's thread: how far a move is, how fast it goes and how long it will take.
import type { FailureData, MovePlan, MoveState } from '../../contract/index.ts';
import type { Marker } from './places.ts';

/** Long enough to be calm over many small files. */
const WINDOW_MS = 5_000;
/** Nothing is said of a rate before. */
const FIRST_MS = 500;

export type MoveProgress = ReturnType<typeof createMoveProgress>;

/** @param nowMs - a clock that only goes forward */
export function createMoveProgress(plan: MovePlan, nowMs: () => number = () => performance.now()) {
  const beganMs = nowMs();
  const points: { readonly atMs: number; readonly bytes: number }[] = [{ atMs: beganMs, bytes: 0 }];
  let now = { state: 'running' as MoveState['state'], phase: 'copying' as MoveState['phase'] };
  let failure: FailureData | null = null;
  let doneBytes = 0;
  let totalBytes = plan.bytes;
  let endedMs: number | null = null;

  const rate = (): number | null => {
    const first = points[0];
    if (first === undefined || nowMs() - first.atMs < FIRST_MS || now.phase !== 'copying') return null;
    return ((doneBytes - first.bytes) / (nowMs() - first.atMs)) * 1000;
  };
  return {
    /** What is to be copied, once it is counted. */
    expect(bytes: number): void {
      totalBytes = bytes;
    },
    add(bytes: number): void {
      doneBytes += bytes;
      const atMs = nowMs();
      if (atMs - (points.at(-1)?.atMs ?? 0) > 100) points.push({ atMs, bytes: doneBytes });
      while ((points[1]?.atMs ?? atMs) < atMs - WINDOW_MS) points.shift();
    },
    enter(phase: MoveState['phase']): void {
      now = { ...now, phase };
    },
    end(state: Exclude<MoveState['state'], 'running'>, why: FailureData | null = null): void {
      now = { ...now, state };
      failure = why;
      endedMs = nowMs();
    },
    running: (): boolean => now.state === 'running',
    switched: (): boolean => now.state === 'moved',
    doneBytes: (): number => doneBytes,
    seconds: (): number => Math.round(((endedMs ?? nowMs()) - beganMs) / 10) / 100,
    said(): MoveState {
      const bytesPerSecond = rate();
      return {
        ...{ ...now, from: plan.from, to: plan.to, doneBytes, totalBytes, bytesPerSecond, failure },
        remainingMs:
          bytesPerSecond === null || bytesPerSecond === 0
            ? null
            : ((totalBytes - doneBytes) / bytesPerSecond) * 1000,
        seconds: this.seconds(),
      };
    },
  };
}

/** A move that a library has just come by. */
export const cameBy = (marker: Marker, folder: string): MoveState => ({
  ...{ state: 'moved', phase: 'switching', from: marker.from, to: folder },
  ...{ doneBytes: marker.bytes, totalBytes: marker.bytes, bytesPerSecond: null, remainingMs: null },
  ...{ seconds: marker.seconds, failure: null },
});
