// Runs on the answering thread: reads the JSON that whisper.cpp writes (`-ojf`).
import { z } from 'zod';
import { Failure } from '../../contract/index.ts';
import type { Heard, HeardSegment, HeardWord } from '../../library/ports.ts';

const Offsets = z.object({ from: z.number(), to: z.number() });
const Output = z.object({
  result: z.object({ language: z.string() }),
  transcription: z.array(
    z.object({
      offsets: Offsets,
      text: z.string(),
      tokens: z.array(z.object({ text: z.string(), offsets: Offsets.optional(), p: z.number() })),
    }),
  ),
});
type Token = z.infer<typeof Output>['transcription'][number]['tokens'][number];

/** `[_BEG_]`, `[_TT_50]`: whisper.cpp's names for tokens that are no text. */
const special = /^\[_.*\]$/;
/** Bytes of UTF-8 after which a new word may begin though no space stands there: Kana, Han, wide marks. */
const unspacedEnd = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}。！？、，]$/u;

/**
 * @param bytes - the file as it lies. A token may hold part of a letter, so it is read byte by byte and made
 *   text only when the bytes of a word are together.
 * @throws Failure MODEL_FAILED when it is no such file
 */
export function readWhisperOutput(bytes: Buffer): Heard {
  const parsed = Output.safeParse(parse(bytes.toString('latin1')));
  if (!parsed.success)
    throw new Failure(
      'MODEL_FAILED',
      'whisper.cpp wrote something that cannot be read.',
      'Check which program AFTERIMAGE_WHISPER names.',
      { cause: parsed.error },
    );
  const { result, transcription } = parsed.data;
  return { language: result.language, segments: transcription.map(segmentOf) };
}

/** whisper.cpp escapes quotes and backslashes and nothing else: line breaks within texts are left as they are. */
function parse(text: string): unknown {
  try {
    return JSON.parse(
      text.replace(/"(?:[^"\\]|\\.)*"/gs, (quoted) =>
        quoted.replace(
          /[\u0000-\u001f]/g,
          (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
        ),
      ),
    );
  } catch {
    return null;
  }
}

function segmentOf(segment: z.infer<typeof Output>['transcription'][number]): HeardSegment {
  const startMs = segment.offsets.from;
  const endMs = Math.max(segment.offsets.to, startMs);
  const tokens = segment.tokens.filter(({ text }) => !special.test(text));
  const logs = tokens.map(({ p }) => Math.log(Math.max(p, 1e-10)));
  return {
    startMs,
    endMs,
    words: wordsOf(tokens, startMs, endMs),
    averageLogProbability: logs.length === 0 ? 0 : logs.reduce((sum, log) => sum + log, 0) / logs.length,
  };
}

/** Tokens are parts of words: one that begins with a space begins a word. Times stay inside the segment. */
function wordsOf(tokens: readonly Token[], startMs: number, endMs: number): HeardWord[] {
  const words: { bytes: string; startMs: number; endMs: number }[] = [];
  const within = (ms: number): number => Math.min(endMs, Math.max(startMs, ms));
  for (const token of tokens) {
    const last = words.at(-1);
    const from = within(token.offsets?.from ?? last?.endMs ?? startMs);
    const to = within(token.offsets?.to ?? endMs);
    if (last === undefined || token.text.startsWith(' ') || unspacedEnd.test(textOf(last.bytes)))
      words.push({ bytes: token.text, startMs: Math.max(from, last?.startMs ?? startMs), endMs: to });
    else {
      last.bytes += token.text;
      last.endMs = Math.max(last.endMs, to);
    }
  }
  // whisper.cpp's times of tokens are a guess, those of segments are the model's own.
  const first = words[0];
  const last = words.at(-1);
  if (first !== undefined) first.startMs = startMs;
  if (last !== undefined) last.endMs = endMs;
  return words
    .map((word) => ({ ...word, endMs: Math.max(word.endMs, word.startMs), text: textOf(word.bytes) }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, startMs: from, endMs: to }) => ({ text, startMs: from, endMs: to }));
}

const textOf = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');
