// Runs on the engine's thread: SubRip (.srt) and WebVTT (.vtt), as strictly as they are written: not at all.
import { type Cue, timeMs } from './cue.ts';

/** 'start --> end', whatever stands after it (positions, alignment). */
const timing = /^\s*([\d:.,]+)\s*-{1,2}>\s*([\d:.,]+)/;

/**
 * A cue is a line of times and what follows until the next one. A number, or a name in WebVTT, right before a
 * line of times belongs to it; so does an empty line within a text, where SubRip's rules would end the cue.
 * Blocks without times (NOTE, STYLE, REGION) say nothing.
 */
export function parseSubRip(text: string): Cue[] {
  const cues: { startMs: number; endMs: number; lines: string[] }[] = [];
  const lines = text.split(/\r\n|\r|\n/);
  let isCue = false;
  for (const [i, line] of lines.entries()) {
    const times = timing.exec(line);
    const startMs = timeMs(times?.[1] ?? '');
    const endMs = timeMs(times?.[2] ?? '');
    if (startMs !== null && endMs !== null) {
      cues.push({ startMs, endMs: Math.max(startMs, endMs), lines: [] });
      isCue = true;
    } else if (/^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(line) && (lines[i - 1] ?? '').trim() === '')
      isCue = false;
    else if (isCue && !timing.test(lines[i + 1] ?? '')) cues.at(-1)?.lines.push(line);
    // A line right before the times that does not stand alone is text after all.
    else if (isCue && line.trim() !== '' && (lines[i - 1] ?? '').trim() !== '' && !/^\s*\d+\s*$/.test(line))
      cues.at(-1)?.lines.push(line);
  }
  return cues.map(({ startMs, endMs, lines: said }) => ({ startMs, endMs, text: said.join('\n') }));
}
