// Runs on the engine's thread: SubStation Alpha (.ssa, .ass).
import { type Cue, timeMs } from './cue.ts';

/** Order of the fields where no Format line says another (ASS specification, v4.00+). */
const usual = ['layer', 'start', 'end', 'style', 'name', 'marginl', 'marginr', 'marginv', 'effect', 'text'];

/** Spoken lines only: comments and drawings (`{\p1}`) say nothing. */
export function parseSubStation(text: string): Cue[] {
  let isEvents = false;
  let fields = usual;
  const cues: Cue[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (/^\s*\[/.test(line)) isEvents = /^\s*\[events\]/i.test(line);
    const [, kind = '', rest = ''] = /^\s*(\w+):\s*(.*)$/.exec(line) ?? [];
    if (!isEvents) continue;
    if (kind.toLowerCase() === 'format') fields = rest.split(',').map((field) => field.trim().toLowerCase());
    if (kind.toLowerCase() !== 'dialogue') continue;
    // The text is the last field and may hold commas.
    const values = rest.split(',');
    const said = values.slice(fields.length - 1).join(',');
    const startMs = timeMs(values[fields.indexOf('start')] ?? '');
    const endMs = timeMs(values[fields.indexOf('end')] ?? '');
    if (startMs === null || endMs === null) continue;
    cues.push({
      startMs,
      endMs: Math.max(startMs, endMs),
      text: withoutDrawings(said).replace(/\\[Nn]/g, '\n'),
    });
  }
  return cues;
}

function withoutDrawings(said: string): string {
  return said.replace(/\{[^}]*\\p[1-9][^}]*\}[^{]*(?:\{[^}]*\\p0[^}]*\}|$)?/g, '');
}
