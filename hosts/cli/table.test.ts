// Runs under Vitest: tables of text.
import { expect, test } from 'vitest';
import { table } from './table.ts';

test('columns are as wide as their widest cell, numbers stand to the right', () => {
  const text = table(
    ['query', 'ms'],
    [
      ['cat', 1.234],
      ['고양이', 120],
      ['none', null],
    ],
  );
  expect(text.split('\n')).toEqual(['query     ms', 'cat     1.23', '고양이   120', 'none       -']);
});
