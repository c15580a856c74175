// Runs on the engine's thread: lyrics, with times (.lrc) or without.
import { type Cue, timeMs } from './cue.ts';

/** A line lasts until the next one begins, but not through a solo. */
const LINE_MOST_MS = 10_000;

/**
 * LRC: `[mm:ss.xx] line`, several times before one line where it comes again, `<mm:ss.xx>` before words,
 * `[offset:±ms]` (positive: earlier), other tags in brackets. A text without any times is taken as it is:
 * lines without times.
 */
export function parseLyrics(text: string): Cue[] {
  const offsetMs = Number(/^\s*\[offset:\s*([+-]?\d+)\s*\]/im.exec(text)?.[1] ?? 0);
  const timed: { startMs: number; text: string }[] = [];
  const lines = text.split(/\r\n|\r|\n/);
  for (const line of lines) {
    const stamps = /^\s*(?:\[[\d:.,]+\]\s*)+/.exec(line)?.[0] ?? '';
    const said = line.slice(stamps.length);
    for (const [, written] of stamps.matchAll(/\[([\d:.,]+)\]/g)) {
      const startMs = timeMs(written ?? '');
      if (startMs !== null) timed.push({ startMs: Math.max(0, startMs - offsetMs), text: said });
    }
  }
  if (timed.length === 0)
    return lines
      .filter((line) => !/^\s*\[\w+:[^\]]*\]\s*$/.test(line))
      .map((line) => ({ startMs: null, endMs: null, text: line }));
  timed.sort((a, b) => a.startMs - b.startMs);
  return timed.map(({ startMs, text: said }, i) => ({
    startMs,
    endMs: Math.min(
      timed.find((next, at) => at > i && next.startMs > startMs)?.startMs ?? Infinity,
      startMs + LINE_MOST_MS,
    ),
    text: said,
  }));
}
