// Runs in the engine: words as expressions that the full-text table understands. Pure.
import type { wordFields } from '../../database/words.ts';
import { isUnspaced, tokensOf, wordsOf } from '../../database/word-tokens.ts';

export type WordField = (typeof wordFields)[number];

/**
 * The FTS5 expression that finds a piece of text as a row of neighbouring tokens. Tokens are letters and
 * digits only, and stand in quotes: nothing that a person typed is read as an operator.
 *
 * @param prefix - the last word may be the beginning of a longer one; words of Hangul, Han and Kana are
 *   found within longer ones anyway, by their pairs
 * @returns '' where the text has no word
 */
export function phraseExpression(
  text: string,
  options: { readonly fields?: readonly WordField[]; readonly prefix?: boolean } = {},
): string {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return '';
  const last = wordsOf(text).at(-1) ?? '';
  const begins = options.prefix === true && last.length >= 2 && !isUnspaced(last);
  const phrase = `"${tokens.join(' ')}"${begins ? ' *' : ''}`;
  return options.fields === undefined ? phrase : `{${options.fields.join(' ')}} : ${phrase}`;
}
