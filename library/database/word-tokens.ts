// Runs on the engine's thread: cuts texts to the tokens that the table of words holds and is asked by.

/** Scripts written without spaces between words, or whose words carry endings: held as pairs of letters. */
const unspaced = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Scripts one letter of which is a word by itself wherever it stands ('猫' in '黒猫'). */
const ideograph = /\p{Script=Han}/u;

/**
 * Words in lower case; runs of Hangul, Han and Kana as every overlapping pair of letters, so that '바닷가' is
 * found in '바닷가에서' and '사진' in '가족사진' without a dictionary: the tokens of a part are a row within the
 * tokens of the whole. One letter alone is a token where it is a whole word ('배') and not within longer
 * ones ('배경'), except for Han. Unicode is composed first (NFKC), since file names may come decomposed.
 */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (const word of wordsOf(text)) {
    if (!unspaced.test(word)) {
      tokens.push(word);
      continue;
    }
    const letters = [...word];
    for (const [i, letter] of letters.entries()) {
      if (letters.length === 1 || ideograph.test(letter)) tokens.push(letter);
      const next = letters[i + 1];
      if (next !== undefined) tokens.push(letter + next);
    }
  }
  return tokens;
}

/** The words of a text, lower-cased, letters and digits only, a change of script being a boundary. */
export function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKC').toLowerCase();
  return (
    folded.match(
      /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|(?:(?![\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{M}])+|\p{N}+/gu,
    ) ?? []
  );
}

/** Whether a word is held as pairs of letters rather than whole. */
export function isUnspaced(word: string): boolean {
  return unspaced.test(word);
}
