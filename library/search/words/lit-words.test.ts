// Tests of lit words: what is marked in a text for a word, a beginning, a row, in scripts with and without spaces.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { litRanges, wordsWhy } from './lit-words.ts';
import type { Form } from './word-forms.ts';

const form = (text: string, prefix = false): Form => ({
  ...{ text, prefix, onlyElse: false, guessed: false, part: null },
});
const lit = (text: string, ...forms: Form[]): string[] =>
  litRanges(forms, text).map(([from, until]) => text.slice(from, until));

test.each([
  ['train.jpg', [form('train')], ['train']],
  ['trains and a Train', [form('train')], ['Train']],
  ['trains', [form('train', true)], ['train']],
  ['IMG20_cat7.jpg', [form('cat')], ['cat']],
  ['concatenate', [form('cat')], []],
  ['Café au lait', [form('cafe')], ['Café']],
  ['바닷가에서', [form('바닷가')], ['바닷가']],
  ['가족 사진', [form('가족 사진')], ['가족 사진']],
  ['the black cat, a black dog', [form('black cat')], ['black cat']],
  ['the black cat, a black dog', [form('black'), form('cat')], ['black', 'cat', 'black']],
  ['빨간 🚂 기차', [form('기차')], ['기차']],
])('%s', (text, forms, expected) => {
  expect(lit(text, ...forms)).toEqual(expected);
});

test('a long text is cut so that the first lit word is in it', () => {
  const said = `${'word '.repeat(60)}and then the lighthouse went dark ${'again '.repeat(40)}`;
  const why = wordsWhy('said', said, (text) => litRanges([form('lighthouse')], text));
  expect(why.text.length).toBeLessThan(100);
  expect(why.lit?.map(([from, until]) => why.text.slice(from, until))).toEqual(['lighthouse']);
  expect(wordsWhy('name', 'cat.jpg', () => []).lit).toBeUndefined();
});

test('ranges lie within any text, in order', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      (text, word) => {
        let before = 0;
        for (const [from, until] of litRanges([form(word, true)], text)) {
          expect(from).toBeGreaterThanOrEqual(before);
          expect(until).toBeGreaterThan(from);
          expect(until).toBeLessThanOrEqual(text.length);
          before = until;
        }
      },
    ),
    { numRuns: 500 },
  );
});
