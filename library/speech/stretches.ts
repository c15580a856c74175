// Runs on the engine's thread: from how likely each window is a voice to stretches of speech, as they come.

/** Where a voice begins and where it surely goes on (Silero's own thresholds: 0.5, and 0.15 less to end). */
const BEGIN = 0.5;
const GO_ON = 0.35;
/** Shorter ones are clicks and barks. */
const SPEECH_LEAST_MS = 250;
/** A pause this long ends a stretch; within a sentence they are shorter. */
const PAUSE_MS = 500;
/** Beginnings and ends of words are quiet: kept around every stretch. */
const PADDING_MS = 200;

export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
  /** It was cut because it is too long; the next one begins {@link OVERLAP_MS} before its end. */
  readonly cut: boolean;
}

/** What two pieces of speech that was cut share: enough for the words around the cut to be in both whole. */
export const OVERLAP_MS = 5_000;

export type Stretches = ReturnType<typeof createStretches>;

/**
 * @param windowMs - what one probability stands for
 * @param mostMs - a stretch that is longer is cut
 * @param fromMs - time of the first window
 */
export function createStretches(windowMs: number, mostMs: number, fromMs = 0) {
  let nowMs = fromMs;
  let startMs: number | null = null;
  let voicedMs = 0;
  let lastVoiceMs = 0;
  let wasCut = false;

  const close = (): Stretch[] => {
    const found = startMs;
    startMs = null;
    const isSpeech = wasCut || voicedMs >= SPEECH_LEAST_MS;
    wasCut = false;
    return found === null || !isSpeech
      ? []
      : [{ startMs: found, endMs: Math.min(nowMs, lastVoiceMs + PADDING_MS), cut: false }];
  };

  return {
    /** The next windows; gives stretches that have ended with them. */
    add(probabilities: Iterable<number>): Stretch[] {
      const ended: Stretch[] = [];
      for (const probability of probabilities) {
        const windowStart = nowMs;
        nowMs += windowMs;
        if (startMs === null) {
          if (probability < BEGIN) continue;
          startMs = Math.max(fromMs, windowStart - PADDING_MS);
          voicedMs = 0;
        }
        if (probability >= BEGIN) voicedMs += windowMs;
        if (probability >= GO_ON) lastVoiceMs = nowMs;
        if (nowMs - lastVoiceMs >= PAUSE_MS) ended.push(...close());
        else if (nowMs - startMs >= mostMs) {
          ended.push({ startMs, endMs: nowMs, cut: true });
          startMs = nowMs - OVERLAP_MS;
          wasCut = true;
        }
      }
      return ended;
    },
    /** The sound is over. */
    end: close,
    /** Sound before this is not needed any more. */
    neededFromMs: (): number => startMs ?? Math.max(fromMs, nowMs - PADDING_MS - windowMs),
  };
}
