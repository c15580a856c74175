// Runs under Vitest: reading eval files and telling which path is meant.
import { expect, test } from 'vitest';
import { parseCases, pathMeant } from './cases.ts';

test('each line is a question; empty lines are none', () => {
  const text = '{"query":"cat","relevant":["a.jpg"]}\n\n{"image":"b.jpg","relevant":[]}\r\n';
  expect(parseCases(text)).toEqual([
    { line: 1, query: 'cat', image: null, relevant: ['a.jpg'] },
    { line: 3, query: '', image: 'b.jpg', relevant: [] },
  ]);
});

test('a line that cannot be read is named', () => {
  expect(() => parseCases('{"query":"cat","relevant":[]}\n{oops')).toThrow('line 2 is not JSON');
  expect(() => parseCases('{"query":"cat"}')).toThrow('line 1: relevant');
  expect(() => parseCases('{"relevant":[]}')).toThrow('needs a query');
  expect(() => parseCases('{"query":"cat","relevent":[],"relevant":[]}')).toThrow('line 1');
  expect(() => parseCases('\n')).toThrow('no questions');
});

test('a path is meant in full, from the eval file, or by its end where only one ends so', () => {
  const paths = ['/photos/a/cat.jpg', '/photos/b/cat.jpg', '/photos/b/bobcat.jpg', '/eval/own.jpg'];
  expect(pathMeant('/photos/a/cat.jpg', '/eval/x.jsonl', paths)).toBe('/photos/a/cat.jpg');
  expect(pathMeant('own.jpg', '/eval/x.jsonl', paths)).toBe('/eval/own.jpg');
  expect(pathMeant('b/cat.jpg', '/eval/x.jsonl', paths)).toBe('/photos/b/cat.jpg');
  expect(pathMeant('./bobcat.jpg', '/eval/x.jsonl', paths)).toBe('/photos/b/bobcat.jpg');
  expect(pathMeant('cat.jpg', '/eval/x.jsonl', paths)).toBeNull();
  expect(pathMeant('dog.jpg', '/eval/x.jsonl', paths)).toBeNull();
});
