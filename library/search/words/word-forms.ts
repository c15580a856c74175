// Runs in the engine: the ways in which a word of a query may stand in a text. Serves word-evidence. Pure.
import type { SearchPart } from '../../../contract/index.ts';
import { isUnspaced, wordsOf } from '../../database/word-tokens.ts';

/** A way in which a word may stand there. */
export interface Form {
  readonly text: string;
  /** The last word may go on. */
  readonly prefix: boolean;
  /** Looked for only where the ways before it found nothing. */
  readonly onlyElse: boolean;
  /** Not what was written but near it: says less. */
  readonly guessed: boolean;
  /** The part of the ranking that brings it; null: it is what was written. */
  readonly part: SearchPart | null;
}

/** Tokens that stand somewhere in the library: words, and pairs of Hangul, Han and Kana. */
export interface Vocabulary {
  has(token: string): boolean;
  [Symbol.iterator](): IterableIterator<string>;
}

/** Endings that tie a Korean noun to its sentence; longer ones first. */
const particles =
  /(?<=[가-힣]{2})(?:에서는|에서|에게|으로|까지|부터|이랑|하고|처럼|들이|들은|들을|들|은|는|이|가|을|를|에|의|와|과|도|로|만|랑)$/u;
/** Shorter words are too near to too many others. */
const MIN_TYPO_LATIN = 6;
const MIN_TYPO_HANGUL = 3;
/** More words than these are no answer to a few consonants. */
const MOST_GUESSES = 24;

const written = (text: string): Form => ({
  text,
  prefix: false,
  onlyElse: false,
  guessed: false,
  part: null,
});
const else_ = (text: string, part: SearchPart): Form => ({ ...written(text), onlyElse: true, part });
const guess = (text: string, part: SearchPart): Form => ({ ...else_(text, part), guessed: true });

/**
 * The word itself, singular and plural, longer while it is being typed, without a Korean particle, and with a
 * space that was left out.
 */
export function formsOf(word: string, typing: boolean): Form[] {
  // A consonant waiting for its vowel ends a Korean word only while it is typed.
  const text = typing ? word.normalize('NFKC').replace(/(?<=[가-힣])[\u1100-\u11FF]+$/u, '') : word;
  const forms: Form[] = [written(text)];
  const words = wordsOf(text);
  const last = words.at(-1) ?? '';
  if (isUnspaced(last)) {
    const bare = text.normalize('NFKC').replace(particles, '');
    if (bare !== text) forms.push(else_(bare, 'particles'));
    if (words.length === 1) forms.push(...spaced(last), ...(bare === text ? [] : spaced(bare)));
    return forms;
  }
  if (/^\p{Script=Latin}{3,}$/u.test(last))
    forms.push(written(last.endsWith('s') ? text.replace(/s$/iu, '') : `${text}s`));
  if (typing && last.length >= 2) forms.push({ ...written(text), prefix: true, part: 'prefix' });
  return forms;
}

/** '가족사진' as '가족 사진': every place where a space may have been left out. */
function spaced(word: string): Form[] {
  const letters = [...word];
  if (letters.length < 2 || !/^[가-힣]+$/u.test(word)) return [];
  return letters.slice(1).map((_, i) => else_(`${word.slice(0, i + 1)} ${word.slice(i + 1)}`, 'spaces'));
}

/** What may have been meant by a word that stands nowhere: by its first consonants, or with one slip of a key. */
export function guessesOf(word: string, vocabulary: Vocabulary): Form[] {
  const words = wordsOf(word);
  const [only = ''] = words;
  if (words.length !== 1) return [];
  if (/^[\u1100-\u1112]{2,}$/u.test(only))
    return byConsonants([...only], vocabulary).map((row) => guess(row, 'consonants'));
  if (/^[가-힣]+$/u.test(only)) {
    const bare = only.replace(particles, '');
    const slips = new Set([...hangulSlips(only, vocabulary), ...hangulSlips(bare, vocabulary)]);
    return [...slips].map((row) => guess(row, 'slips'));
  }
  return /^\p{Script=Latin}+$/u.test(only)
    ? latinSlips(only, vocabulary).map((row) => guess(row, 'slips'))
    : [];
}

const FIRST_SYLLABLE = 0xac00;
const isSyllable = (code: number): boolean => code >= FIRST_SYLLABLE && code <= 0xd7a3;

/** Initial, vowel and final of a Hangul syllable, by their numbers (Unicode, chapter 3.12). */
function jamoOf(letter: string): [number, number, number] | null {
  const code = letter.codePointAt(0) ?? 0;
  if (!isSyllable(code)) return null;
  const at = code - FIRST_SYLLABLE;
  return [Math.floor(at / 588), Math.floor((at % 588) / 28), at % 28];
}

/** Words whose syllables begin with these consonants: pairs of the library that overlap by a letter. */
function byConsonants(consonants: readonly string[], vocabulary: Vocabulary): string[] {
  const wanted = consonants.map((one) => (one.codePointAt(0) ?? 0) - 0x1100);
  const begins = (letter: string, i: number): boolean => jamoOf(letter)?.[0] === wanted[i];
  const pairs = [...vocabulary].filter((token) => token.length === 2 && isSyllable(token.charCodeAt(0)));
  let rows = pairs.filter((pair) => begins(pair[0] ?? '', 0) && begins(pair[1] ?? '', 1));
  for (let i = 2; i < wanted.length; i++) {
    const next = pairs.filter((pair) => begins(pair[1] ?? '', i));
    rows = rows.flatMap((row) =>
      next.filter((pair) => pair[0] === row.at(-1)).map((pair) => row + (pair[1] ?? '')),
    );
  }
  return rows.slice(0, MOST_GUESSES);
}

/** A Hangul word with one letter of one syllable wrong, whose pairs all stand in the library. */
function hangulSlips(word: string, vocabulary: Vocabulary): string[] {
  const letters = [...word];
  if (letters.length < MIN_TYPO_HANGUL) return [];
  const found: string[] = [];
  const known = (row: readonly string[]): boolean =>
    row.every((letter, i) => i === 0 || vocabulary.has((row[i - 1] ?? '') + letter));
  for (const [at, letter] of letters.entries()) {
    const jamo = jamoOf(letter);
    if (jamo === null) continue;
    for (const [place, count] of [19, 21, 28].entries())
      for (let other = 0; other < count; other++) {
        if (other === jamo[place]) continue;
        const changed = jamo.with(place, other);
        const code = FIRST_SYLLABLE + (changed[0] ?? 0) * 588 + (changed[1] ?? 0) * 28 + (changed[2] ?? 0);
        const row = letters.with(at, String.fromCharCode(code));
        if (known(row)) found.push(row.join(''));
      }
  }
  return found.slice(0, MOST_GUESSES);
}

/** Words of the library one slip away: a letter too many, too few, another, or two changed places. */
function latinSlips(word: string, vocabulary: Vocabulary): string[] {
  if (word.length < MIN_TYPO_LATIN) return [];
  const found: string[] = [];
  for (const token of vocabulary)
    if (Math.abs(token.length - word.length) <= 1 && isSlip(word, token)) found.push(token);
  return found.slice(0, MOST_GUESSES);
}

/** Whether two words are one edit apart (optimal string alignment distance 1). */
export function isSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let same = 0;
  while (same < short.length && short[same] === long[same]) same++;
  const rest = (text: string, from: number): string => text.slice(from);
  if (short.length < long.length) return rest(short, same) === rest(long, same + 1);
  if (same === short.length) return false;
  if (rest(short, same + 1) === rest(long, same + 1)) return true;
  const swapped = short[same] === long[same + 1] && short[same + 1] === long[same];
  return swapped && rest(short, same + 2) === rest(long, same + 2);
}
