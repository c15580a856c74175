// Runs on the engine's thread: stretches of speech put together to one piece of sound, and its times put back.
import type { HeardSegment, HeardWord } from '../ports.ts';

const SAMPLES_PER_MS = 16;
/** Silence between two stretches, so that the last word of one and the first of the next stay apart. */
const GAP_MS = 300;

/** A stretch of speech with its sound. */
export interface SpokenPiece {
  readonly startMs: number;
  readonly samples: Int16Array;
}

/** Silence left out, so that a recogniser neither spends time on it nor makes up words for it. */
export function joinPieces(pieces: readonly SpokenPiece[]) {
  const places: { fromMs: number; untilMs: number; startMs: number }[] = [];
  let lengthMs = 0;
  for (const { startMs, samples } of pieces) {
    if (places.length > 0) lengthMs += GAP_MS;
    const fromMs = lengthMs;
    lengthMs += samples.length / SAMPLES_PER_MS;
    places.push({ fromMs, untilMs: lengthMs, startMs });
  }
  const sound = new Int16Array(Math.ceil(lengthMs * SAMPLES_PER_MS));
  for (const [i, place] of places.entries())
    sound.set(pieces[i]?.samples ?? new Int16Array(0), Math.round(place.fromMs * SAMPLES_PER_MS));

  const placed = (word: HeardWord): HeardWord | null => {
    const middleMs = (word.startMs + word.endMs) / 2;
    const place = places.findLast(({ fromMs }) => middleMs >= fromMs - GAP_MS / 2) ?? places[0];
    // Words after the end of the sound were made up.
    if (place === undefined || word.startMs >= lengthMs) return null;
    const toFile = (ms: number): number =>
      place.startMs + Math.min(place.untilMs, Math.max(place.fromMs, ms)) - place.fromMs;
    return { text: word.text, startMs: toFile(word.startMs), endMs: toFile(word.endMs) };
  };
  return {
    sound,
    /** A segment's words at their times in the file; none when it lies outside of all speech. */
    wordsOf: (segment: HeardSegment): HeardWord[] =>
      segment.words.map(placed).filter((word) => word !== null),
  };
}
