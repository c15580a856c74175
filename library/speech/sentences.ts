// Runs on the engine's thread: words as moments of one to three sentences.
import type { Sentence } from '../database/transcripts.ts';
import type { HeardWord } from '../ports.ts';

/** Shorter sentences ("Yes.") are put together with their neighbours … */
const WORDS_LEAST = 5;
/** … up to this many. */
const SENTENCES_MOST = 3;
/** Who speaks without a full stop is cut: the encoder's context and a person's eye want an end. */
const WORDS_MOST = 40;
const LENGTH_MOST_MS = 20_000;
/** A pause that ends a sentence though no full stop was heard. */
const PAUSE_MS = 1_500;

const sentenceEnd = /[.!?。！？…][")'\]’”」』]*$/u;
const clauseEnd = /[,;:、，；：–—][")'\]’”」』]*$/u;

/** Words in their order as groups that each make a moment. */
export function groupWords(words: readonly HeardWord[]): HeardWord[][] {
  const groups: HeardWord[][] = [];
  let group: HeardWord[] = [];
  let sentences = 0;
  const close = (): void => {
    if (group.length > 0) groups.push(group);
    group = [];
    sentences = 0;
  };
  for (const word of words) {
    const first = group[0];
    const last = group.at(-1);
    if (last !== undefined && word.startMs - last.endMs >= PAUSE_MS) close();
    else if (
      first !== undefined &&
      (group.length >= WORDS_MOST || word.endMs - first.startMs > LENGTH_MOST_MS)
    ) {
      // Cut after the last clause, if that leaves something to read on both sides.
      const at = group.findLastIndex(({ text }) => clauseEnd.test(text)) + 1;
      const rest = at > WORDS_LEAST ? group.splice(at) : [];
      close();
      group = rest;
    }
    group.push(word);
    if (sentenceEnd.test(word.text)) {
      sentences += 1;
      if (group.length >= WORDS_LEAST || sentences === SENTENCES_MOST) close();
    }
  }
  close();
  return groups;
}

export function sentenceOf(words: readonly HeardWord[]): Sentence {
  const text = words.map((word) => word.text).join('');
  return {
    startMs: words[0]?.startMs ?? 0,
    endMs: words.at(-1)?.endMs ?? 0,
    text: text.replace(/\s+/gu, ' ').trim(),
  };
}
