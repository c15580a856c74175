// Runs on the engine's thread: which segments a recogniser made up. Serves hear.
import { deflateSync } from 'node:zlib';
import type { HeardSegment } from '../ports.ts';

/** Whisper's own limits (openai/whisper, transcribe.py): beyond them it calls its own decoding failed. */
const COMPRESSION_MOST = 2.4;
const LOG_PROBABILITY_LEAST = -1;
/** Short texts do not compress, whatever they say. */
const COMPRESSION_BYTES = 48;
/** The same sentence is said twice in earnest, a refrain even; not three times at once. */
const REPEATS_MOST = 2;

/** Looks at segments in the order in which they come. */
export function createInventedFilter() {
  let last = '';
  let repeats = 0;
  return {
    /** Whether a segment is to be left out. */
    isInvented(segment: HeardSegment): boolean {
      const text = segment.words
        .map((word) => word.text)
        .join('')
        .trim();
      const key = text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
      if (key === '') return true;
      repeats = key === last ? repeats + 1 : 1;
      last = key;
      return (
        repeats > REPEATS_MOST ||
        segment.averageLogProbability < LOG_PROBABILITY_LEAST ||
        compressionOf(text) > COMPRESSION_MOST
      );
    },
  };
}

/** How many times smaller a text gets: repetition compresses. */
function compressionOf(text: string): number {
  const bytes = Buffer.from(text);
  return bytes.length < COMPRESSION_BYTES ? 1 : bytes.length / deflateSync(bytes).length;
}
