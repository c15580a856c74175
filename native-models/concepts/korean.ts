// Runs on the answering thread: Korean words without particles, and compounds taken apart.
import { type Entry, entryOf, isStopword, isWholeKo, particlesKo } from './lexicon.ts';

/** Syllables that a part of a compound needs: single ones are too often part of another word. */
const MIN_PART = 2;

/** The word as written, then without one or two particles ("고양이들이랑": -랑, -들이 …), longest first. */
export function stems(word: string): string[] {
  const found = [word];
  if (isWholeKo(word)) return found;
  for (const particle of particlesKo)
    if (word.length > particle.length && word.endsWith(particle)) {
      const stem = word.slice(0, -particle.length);
      if (!found.includes(stem)) found.push(stem);
    }
  return found;
}

/** Entry of a word in any of its stems. */
export function lookUpKo(word: string): Entry | undefined {
  for (const stem of stems(word)) {
    const entry = entryOf(stem, 'ko');
    if (entry !== undefined) return entry;
  }
  return undefined;
}

export function isStopwordKo(word: string): boolean {
  return stems(word).some((stem) => isStopword(stem, 'ko'));
}

/**
 * A compound as two known parts, split at the latest point; a part may be a word that says nothing
 * ("고양이사진"). Null where it cannot be split so.
 */
export function splitKo(word: string): [Entry, Entry | null] | null {
  if (isWholeKo(word)) return null;
  for (let at = word.length - MIN_PART; at >= MIN_PART; at--) {
    const left = entryOf(word.slice(0, at), 'ko');
    const rest = word.slice(at);
    if (left === undefined) continue;
    const right = lookUpKo(rest);
    if (right !== undefined) return [left, right];
    if (isStopwordKo(rest)) return [left, null];
  }
  return null;
}
