// Runs on the engine's thread: one line of a subtitle, and what is text in it and what is form.

/** What stands on the screen from start to end; null where the text has no times (plain lyrics). */
export interface Cue {
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', lrm: '', rlm: '', shy: '' },
};

/** A cue's text without tags (`<i>`, `<v Bob>`, `<00:01.500>`, `{\an8}`), with entities read, in one line. */
export function plainText(text: string): string {
  return text
    .replace(/\{\\[^}]*\}/g, '')
    .replace(/<(?:\/?[a-z][^<>]*|\d[\d:.]*)>/gi, '')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
      const code = decimal === undefined ? parseInt(String(hex ?? ''), 16) : Number(decimal);
      if (!Number.isNaN(code)) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
      return entities[String(name).toLowerCase()] ?? whole;
    })
    .replace(/\\h/g, ' ')
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Hours may be left out; fractions stand after a comma or a point, of any length: '1:02:03,5', '02:03.500'. */
export function timeMs(written: string): number | null {
  const parts = /^(?:(\d{1,4}):)?(\d{1,3}):(\d{1,3})(?:[.,:](\d{1,9}))?$/.exec(written.trim());
  if (parts === null) return null;
  const [, hours = '0', minutes = '0', seconds = '0', fraction = '0'] = parts;
  return (
    ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 +
    Math.round(Number(`0.${fraction}`) * 1000)
  );
}

/** Cues that say something, in the order of their times; the same line twice at one time (ASS layers) once. */
export function tidied(cues: readonly Cue[]): Cue[] {
  const seen = new Set<string>();
  return cues
    .map((cue) => ({ ...cue, text: plainText(cue.text) }))
    .filter(({ text, startMs }) => {
      const key = `${String(startMs)} ${text}`;
      // Notes and rests without a word are no speech.
      if (!/[\p{L}\p{N}]/u.test(text) || seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .sort((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0));
}
