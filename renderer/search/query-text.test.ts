// Tests of cutting a chip's words out of a query.
import { expect, test } from 'vitest';
import { cutFromQuery } from './query-text.ts';

test('a filter is cut out and the spaces around it close', () => {
  expect(cutFromQuery('cat  before:2020 night', 'before:2020')).toBe('cat night');
});

test('a whole word is cut rather than the same letters inside another', () => {
  expect(cutFromQuery('catalogue cat', 'cat')).toBe('catalogue');
});

test('the spelling as written wins, other letter cases are found too', () => {
  expect(cutFromQuery('Camera:Canon cat', 'camera:canon')).toBe('cat');
});

test('of several spellings the first that occurs is cut', () => {
  expect(cutFromQuery('sea “blue boat”', '"blue boat"', '“blue boat”')).toBe('sea');
});

test('Korean words are cut like others', () => {
  expect(cutFromQuery('고양이 2020년 이전', '2020년 이전')).toBe('고양이');
});

test('what does not occur leaves the query as it is', () => {
  expect(cutFromQuery('cat', 'dog', '')).toBe('cat');
});
