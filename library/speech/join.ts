// Runs on the engine's thread: words of two parts that share some seconds, as one row without loss or doubling.
import type { HeardWord } from '../ports.ts';

/** Two words are the same one when they start this close; recognisers place words to about half a second. */
const NEAR_MS = 700;

/**
 * Both parts have heard the words between `fromMs` and `untilMs`. The row changes over from one to the other at
 * a word that both have, as near to the middle as there is one, so that no word is cut in two and none counted
 * twice. Where they agree on nothing it changes over in the middle.
 *
 * @param before - ends around `untilMs`
 * @param after - begins around `fromMs`
 */
export function joinOverlap(
  before: readonly HeardWord[],
  after: readonly HeardWord[],
  fromMs: number,
  untilMs: number,
): HeardWord[] {
  const middleMs = (fromMs + untilMs) / 2;
  let best: { i: number; j: number; distanceMs: number } | null = null;
  for (const [i, word] of before.entries()) {
    if (word.endMs <= fromMs) continue;
    for (const [j, other] of after.entries()) {
      if (other.startMs >= untilMs) break;
      if (keyOf(word) !== keyOf(other) || Math.abs(word.startMs - other.startMs) > NEAR_MS) continue;
      const distanceMs = Math.abs(middleOf(word) - middleMs);
      if (best === null || distanceMs < best.distanceMs) best = { i, j, distanceMs };
    }
  }
  if (best !== null) return [...before.slice(0, best.i + 1), ...after.slice(best.j + 1)];
  return [
    ...before.filter((word) => middleOf(word) < middleMs),
    ...after.filter((word) => middleOf(word) >= middleMs),
  ];
}

const middleOf = (word: HeardWord): number => (word.startMs + word.endMs) / 2;

const keyOf = (word: HeardWord): string => word.text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
