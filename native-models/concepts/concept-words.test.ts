// Runs under Vitest: every concept of the built-in pack has a word in both languages that the pack itself understands.
import { expect, test } from 'vitest';
import { conceptWord, whyText } from '../../contract/index.ts';
import { CONCEPTS } from './concept-names.ts';
import { understand } from './understand.ts';

test.each(CONCEPTS)('%s is called by a Korean word that finds it', (name) => {
  const word = conceptWord(name, 'ko');
  expect(word).toMatch(/\p{Script=Hangul}/u);
  const meant = understand(word.replace('(색)', '색')).clauses.flatMap(({ anyOf }) =>
    anyOf.map((concept) => conceptWord(CONCEPTS[concept] ?? '', 'ko')),
  );
  expect(meant).toContain(word);
});

test('reasons are told in the language, what is quoted stays', () => {
  expect(whyText({ kind: 'concept', text: 'cat 93 %' }, 'ko')).toBe('고양이 93 %');
  expect(whyText({ kind: 'concept', text: 'people 2 97 %' }, 'en')).toBe('two people 97 %');
  expect(whyText({ kind: 'concept', text: 'bw 97 %' }, 'en')).toBe('black and white 97 %');
  expect(whyText({ kind: 'picture', text: 'looks like cat.jpg' }, 'ko')).toBe('닮은 그림: cat.jpg');
  expect(whyText({ kind: 'words', text: 'name: cat 93 %' }, 'ko')).toBe('name: cat 93 %');
  expect(whyText({ kind: 'concept', text: 'of another pack' }, 'ko')).toBe('of another pack');
});
