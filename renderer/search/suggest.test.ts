// Tests of what is offered while one types.
import { expect, test } from 'vitest';
import type { Suggestion } from '../../contract/suggestions.ts';
import { offersFor } from './suggest.ts';

const vocabulary: Suggestion[] = [
  { kind: 'concept', text: 'cat', query: 'cat', items: 12 },
  { kind: 'concept', text: 'car', query: 'car', items: 30 },
  { kind: 'camera', text: 'Canon EOS R6', query: 'camera:"canon eos r6"', items: 90 },
  { kind: 'folder', text: 'Été 2019', query: 'in:"Été 2019"', items: 5 },
  { kind: 'month', text: '2019-07', query: 'date:2019-07', items: 7 },
];
const labelOf = ({ kind, text }: Suggestion) => (kind === 'month' ? 'July 2019' : text);
const offered = (text: string, history: string[] = []) => offersFor(text, vocabulary, history, labelOf);

test('the word being typed is matched, the most frequent first, and what stands before it stays', () => {
  expect(offered('sleeping ca').map(({ label, text }) => [label, text])).toEqual([
    ['Canon EOS R6', 'sleeping camera:"canon eos r6" '],
    ['car', 'sleeping car '],
    ['cat', 'sleeping cat '],
  ]);
});

test('words within a name are matched, accents and case aside, names that begin so first', () => {
  expect(offered('eos').map(({ label }) => label)).toEqual(['Canon EOS R6']);
  expect(offered('ete').map(({ label }) => label)).toEqual(['Été 2019']);
  expect(offered('2019').map(({ kind }) => kind)).toEqual(['month', 'folder']);
});

test('a month is found by its name in the language and by a filter that is being written', () => {
  expect(offered('jul').map(({ text }) => text)).toEqual(['date:2019-07 ']);
  expect(offered('date:2019').map(({ text }) => text)).toEqual(['date:2019-07 ']);
  expect(offered('camera:can').map(({ label }) => label)).toEqual(['Canon EOS R6']);
});

test('an empty field offers what was asked before; typing narrows it', () => {
  const history = ['red car', 'cat', 'rainbow'];
  expect(offered('', history).map(({ text }) => text)).toEqual(history);
  const past = offered('r', history).filter(({ kind }) => kind === 'history');
  expect(past.map(({ text }) => text)).toEqual(['red car', 'rainbow']);
});

test('what is whole already is not offered again', () => {
  expect(offered('cat', ['cat'])).toEqual([]);
  expect(offered('cat ')).toEqual([]);
});
