// Runs on the engine's thread: one ffmpeg that writes a file, told as shares of it. Serves what is prepared and exported.
import { createInterface } from 'node:readline';
import type { WorkProgress } from '../../contract/index.ts';
import { run } from '../media/ffmpeg/run.ts';

const PROGRESS: readonly string[] = ['-progress', 'pipe:1', '-stats_period', '0.5'];
/** Before that share a rate says little. */
const SHARE_TO_JUDGE_BY = 0.02;

/**
 * Ends when the file is whole. Left early or cancelled, the process is gone when this has ended; what it
 * wrote is for the caller to remove.
 *
 * @param args - of ffmpeg, with an output to a file
 * @param durationMs - of what is written; null: no share can be told
 * @throws Failure MEDIA_*, FFMPEG_MISSING; AbortError when cancelled
 */
export async function* runWithProgress(
  args: readonly string[],
  durationMs: number | null,
  signal?: AbortSignal,
): AsyncGenerator<WorkProgress> {
  const left = new AbortController();
  const either = signal === undefined ? left.signal : AbortSignal.any([signal, left.signal]);
  const startedMs = performance.now();
  const running = await run('ffmpeg', [...PROGRESS, ...args], {}, either);
  try {
    const [stdout] = running.pipes;
    if (stdout === undefined) throw new Error('ffmpeg: there is no pipe for its progress');
    for await (const line of createInterface({ input: stdout })) {
      const doneMs = timeIn(line);
      if (doneMs !== null) yield progressOf(doneMs, durationMs, performance.now() - startedMs);
    }
    await running.ended;
  } finally {
    left.abort();
    // Whoever removes what it wrote must find it gone.
    await running.ended.catch(() => undefined);
  }
}

/** `out_time_us=1234567`; `N/A` before the first packet. */
function timeIn(line: string): number | null {
  const match = /^out_time_us=(\d+)$/.exec(line);
  return match === null ? null : Number(match[1]) / 1000;
}

export function progressOf(doneMs: number, durationMs: number | null, elapsedMs: number): WorkProgress {
  const share = durationMs === null || durationMs <= 0 ? null : Math.min(1, doneMs / durationMs);
  const judged = share !== null && share >= SHARE_TO_JUDGE_BY;
  return {
    share,
    remainingMs: judged ? Math.round((elapsedMs / share) * (1 - share)) : null,
    path: null,
  };
}
