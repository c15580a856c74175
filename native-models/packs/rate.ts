// Runs on the answering thread: how fast bytes come, over the last seconds.

/** Long enough to be calm, short enough to follow a connection that changes. */
const WINDOW_MS = 5_000;

export function createRate(nowMs: () => number = () => performance.now()) {
  const points: { readonly atMs: number; readonly bytes: number }[] = [];
  return {
    /** @param bytes - how many there are by now, in all */
    add(bytes: number): void {
      const atMs = nowMs();
      const last = points.at(-1);
      // A server that sends everything anew begins before what was there.
      if (last !== undefined && bytes < last.bytes) points.length = 0;
      if (last !== undefined && atMs - last.atMs < 50 && points.length > 1) points.pop();
      points.push({ atMs, bytes });
      while ((points[1]?.atMs ?? atMs) < atMs - WINDOW_MS) points.shift();
    },
    /** Bytes per second; null while there is nothing to judge by. */
    perSecond(): number | null {
      const first = points[0];
      const last = points.at(-1);
      if (first === undefined || last === undefined || last.atMs - first.atMs < 300) return null;
      return ((last.bytes - first.bytes) / (Math.max(nowMs(), last.atMs) - first.atMs)) * 1000;
    },
  };
}
