// Runs on the engine's thread: from a stream of sound to sentences, a part at a time.
import { z } from 'zod';
import type { Sentence } from '../database/transcripts.ts';
import type { HeardWord, Recogniser, VoiceDetector } from '../ports.ts';
import { createInventedFilter } from './invented.ts';
import { joinOverlap } from './join.ts';
import { joinPieces, type SpokenPiece } from './part.ts';
import { groupWords, sentenceOf } from './sentences.ts';
import { createStretches, OVERLAP_MS, type Stretch } from './stretches.ts';

const SAMPLES_PER_MS = 16;
/**
 * Speech that is recognised at once: two of Whisper's windows of 30 s. Longer parts would be a little cheaper,
 * but a stop loses the part in hand, and what was said is found only when its part is done.
 */
export const PART_MS = 60_000;
/** Speech is sparse in some films: what was gathered for this long is heard, however little it is. */
const GATHER_MS = 10 * 60_000;
/** So little speech does not tell a language: the one before is taken. */
const LANGUAGE_MS = 5_000;

/** Where hearing goes on, and what it carries there. Stored with the transcript. */
export const HearingState = z.object({
  fromMs: z.number(),
  /** Words whose sentence, or whose overlap with the next part, is not complete. */
  carry: z.array(z.object({ text: z.string(), startMs: z.number(), endMs: z.number() })),
  /** Milliseconds of speech by language. */
  languages: z.record(z.string(), z.number()),
  dropped: z.int(),
});
export type HearingState = z.infer<typeof HearingState>;

export const hearingFromStart: HearingState = { fromMs: 0, carry: [], languages: {}, dropped: 0 };

/** What one part has brought. */
export interface HeardPart {
  readonly sentences: readonly Sentence[];
  readonly state: HearingState;
}

export interface Hearing {
  /** 16 kHz mono from `state.fromMs` on. */
  readonly sound: AsyncIterable<Int16Array>;
  readonly voices: VoiceDetector;
  readonly recogniser: Recogniser;
  readonly state: HearingState;
  readonly partMs?: number;
  readonly signal: AbortSignal;
}

/**
 * Hears to the end. Memory holds the speech of one part. What is yielded is complete: to go on after a stop,
 * give the last state.
 *
 * @throws Failure of decoding or of the recogniser; AbortError
 */
export async function* hear(hearing: Hearing): AsyncGenerator<HeardPart, void, undefined> {
  const { voices, signal } = hearing;
  const partMs = hearing.partMs ?? PART_MS;
  let { state } = hearing;
  const filter = createInventedFilter();
  const stretches = createStretches(voices.windowSamples / SAMPLES_PER_MS, partMs, state.fromMs);
  const sound = createTail(state.fromMs);
  const voice = voices.stream();
  let pieces: SpokenPiece[] = [];
  let gatheredMs = 0;

  const flush = async (cutAtMs: number | null): Promise<HeardPart | null> => {
    if (pieces.length === 0) return null;
    const lastMs = Math.max(...pieces.map(endOf));
    const heard = await recognise(hearing, state, pieces, gatheredMs, filter);
    pieces = [];
    gatheredMs = 0;
    const words =
      state.carry.length === 0
        ? heard.words
        : joinOverlap(state.carry, heard.words, state.fromMs, state.fromMs + OVERLAP_MS);
    const groups = groupWords(words);
    const overlapMs = cutAtMs === null ? Infinity : cutAtMs - OVERLAP_MS;
    const complete = groups.filter((group) => (group.at(-1)?.endMs ?? 0) <= overlapMs);
    // The last of the complete ones may go on in the next part when nothing ended it but the cut.
    if (cutAtMs !== null && complete.length === groups.length && groups.length > 0) complete.pop();
    state = {
      fromMs: cutAtMs === null ? lastMs : overlapMs,
      carry: groups.slice(complete.length).flat(),
      languages: heard.languages,
      dropped: state.dropped + heard.dropped,
    };
    return { sentences: complete.map(sentenceOf), state };
  };

  const take = async (stretch: Stretch): Promise<HeardPart | null> => {
    pieces.push({ startMs: stretch.startMs, samples: sound.cut(stretch.startMs, stretch.endMs) });
    gatheredMs += stretch.endMs - stretch.startMs;
    const sinceMs = stretch.endMs - (pieces[0]?.startMs ?? stretch.endMs);
    if (stretch.cut) return flush(stretch.endMs);
    return gatheredMs >= partMs || sinceMs >= GATHER_MS ? flush(null) : null;
  };

  for await (const samples of hearing.sound) {
    signal.throwIfAborted();
    sound.add(samples);
    for (const stretch of stretches.add(await voice.judge(samples, signal))) {
      const part = await take(stretch);
      if (part !== null) yield part;
    }
    sound.forgetBefore(stretches.neededFromMs());
  }
  for (const stretch of stretches.end()) {
    const part = await take(stretch);
    if (part !== null) yield part;
  }
  const part = await flush(null);
  if (part !== null) yield part;
  // Only what was carried is left: its overlap brought nothing.
  else if (state.carry.length > 0)
    yield { sentences: groupWords(state.carry).map(sentenceOf), state: { ...state, carry: [] } };
}

async function recognise(
  { recogniser, signal }: Hearing,
  state: HearingState,
  pieces: readonly SpokenPiece[],
  spokenMs: number,
  filter: ReturnType<typeof createInventedFilter>,
): Promise<{ words: HeardWord[]; languages: Record<string, number>; dropped: number }> {
  const part = joinPieces(pieces);
  const known = spokenMs < LANGUAGE_MS ? mostSpoken(state.languages) : null;
  const { language, segments } = await recogniser.transcribe(part.sound, known, signal);
  const words: HeardWord[] = [];
  let dropped = 0;
  for (const segment of segments) {
    const own = part.wordsOf(segment);
    if (own.length === 0 || filter.isInvented(segment)) dropped += 1;
    else words.push(...own);
  }
  const languages = { ...state.languages, [language]: (state.languages[language] ?? 0) + spokenMs };
  return { words, languages, dropped };
}

/** The language that most was said in; null when nothing was. */
export function mostSpoken(languages: Readonly<Record<string, number>>): string | null {
  return Object.entries(languages).toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

const endOf = (piece: SpokenPiece): number => piece.startMs + piece.samples.length / SAMPLES_PER_MS;

/** The last seconds of a sound, by time. */
function createTail(fromMs: number) {
  let startMs = fromMs;
  let chunks: Int16Array[] = [];
  return {
    add: (samples: Int16Array): void => void chunks.push(samples),
    forgetBefore(ms: number): void {
      for (;;) {
        const [first] = chunks;
        const endMs = startMs + (first?.length ?? 0) / SAMPLES_PER_MS;
        if (first === undefined || endMs > ms) return;
        chunks = chunks.slice(1);
        startMs = endMs;
      }
    },
    cut(from: number, until: number): Int16Array {
      const piece = new Int16Array(Math.max(0, Math.round((until - from) * SAMPLES_PER_MS)));
      let at = Math.round((startMs - from) * SAMPLES_PER_MS);
      for (const chunk of chunks) {
        const skip = Math.max(0, -at);
        const room = piece.length - Math.max(0, at);
        if (room <= 0) break;
        if (skip < chunk.length) piece.set(chunk.subarray(skip, skip + room), Math.max(0, at));
        at += chunk.length;
      }
      return piece;
    },
  };
}
