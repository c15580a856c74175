// Runs in the engine: where in a text the words stand that made it a result, to be lit for a person. Pure.
import type { Why } from '../../../contract/index.ts';
import type { Form } from './word-forms.ts';

/** From and behind, in the text's own units (UTF-16). */
export type Range = readonly [from: number, until: number];

/** Letters of a reason that is shown whole. */
const LONGEST = 80;
/** So much stands before the first lit word where a text is cut at its beginning. */
const BEFORE = 24;

const unspaced = /^[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u;
const isLetter = (letter: string | undefined): boolean =>
  letter !== undefined && /[\p{L}\p{M}\p{N}]/u.test(letter);
const isNumber = (letter: string | undefined): boolean => letter !== undefined && /\p{N}/u.test(letter);

/** The text as words are compared, a letter at a time, and where each of them stood. */
function folded(text: string): { readonly letters: string[]; readonly at: number[] } {
  const letters: string[] = [];
  const at: number[] = [];
  let place = 0;
  for (const letter of text) {
    const plain = letter
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .normalize('NFC')
      .toLowerCase();
    for (const one of plain === '' ? [''] : plain) {
      letters.push(one);
      at.push(place);
    }
    place += letter.length;
  }
  at.push(place);
  return { letters, at };
}

/** Where any of the forms stands; ranges in order, none in another. */
export function litRanges(forms: readonly Form[], written: string): Range[] {
  const text = folded(written);
  const found: Range[] = [];
  for (const form of forms) {
    const words = form.text.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
    if (words.length === 0) continue;
    for (let from = 0; from < text.letters.length; from++) {
      const until = rowAt(text.letters, from, words, form.prefix);
      if (until > from) found.push([text.at[from] ?? 0, text.at[until] ?? written.length]);
    }
  }
  return merged(found);
}

/** Behind a row of words that begins at a place; -1 where it does not stand there. */
function rowAt(letters: readonly string[], start: number, words: readonly string[], prefix: boolean): number {
  let at = start;
  for (const [n, word] of words.entries()) {
    if (n > 0) while (at < letters.length && !isLetter(letters[at])) at++;
    const wanted = folded(word).letters.filter((letter) => letter !== '');
    const whole = !unspaced.test(word);
    if (whole && isLetter(letters[at - 1]) && isNumber(letters[at - 1]) === isNumber(wanted[0])) return -1;
    for (const letter of wanted) {
      while (letters[at] === '') at++;
      if (letters[at++] !== letter) return -1;
    }
    const last = n === words.length - 1;
    const goesOn = isLetter(letters[at]) && isNumber(letters[at]) === isNumber(wanted.at(-1));
    if (whole && goesOn && !(last && prefix)) return -1;
  }
  return at;
}

function merged(ranges: readonly Range[]): Range[] {
  const sorted = ranges.toSorted((a, b) => a[0] - b[0] || b[1] - a[1]);
  const all: [number, number][] = [];
  for (const [from, until] of sorted) {
    const last = all.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], until);
    else all.push([from, until]);
  }
  return all;
}

/**
 * A reason of words, short enough to be read: cut so that the first lit word is in it.
 *
 * @param lit - finds what is to be lit in any text
 */
export function wordsWhy(field: string, written: string, lit: (text: string) => readonly Range[]): Why {
  const whole = written.replace(/\s+/gu, ' ').trim();
  const first = lit(whole)[0]?.[0] ?? 0;
  let text = whole;
  if ([...whole].length > LONGEST) {
    const cut = first > LONGEST - BEFORE;
    // Not within a pair of surrogates, and at a word's beginning where one is near.
    const begin = cut ? whole.indexOf(' ', first - BEFORE) + 1 : 0;
    const rest = [...whole.slice(begin > 0 && begin <= first ? begin : cut ? first : 0)];
    const goesOn = rest.length > LONGEST - 1;
    text = `${cut ? '…' : ''}${rest.slice(0, LONGEST - 1).join('')}${goesOn ? '…' : ''}`;
  }
  const head = `${field}: `;
  const ranges = lit(text).map(([from, until]): [number, number] => [
    from + head.length,
    until + head.length,
  ]);
  return { kind: 'words', text: head + text, ...(ranges.length > 0 ? { lit: ranges } : {}) };
}
