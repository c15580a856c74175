// Tests of which folded result a place belongs to.
import { expect, test } from 'vitest';
import type { ItemId } from '../../contract/ids.ts';
import type { Result } from '../../contract/search.ts';
import { foldLeader } from './fold-leader.ts';

/** How many stand behind each result; 0: it leads none. */
const listOf = (folded: readonly number[], missing = -1) => ({
  idAt: (at: number) => (at < folded.length ? ((at + 1) as ItemId) : undefined),
  cardAt: (at: number) =>
    at === missing ? undefined : ((folded[at] ? { folded: folded[at] } : {}) as Result),
});
const open = (...ids: number[]) => ids as ItemId[];

test('a leader is its own, open or not', () => {
  expect(foldLeader(listOf([0, 2, 0]), 1, open())).toEqual({ index: 1, itemId: 2, open: false });
  expect(foldLeader(listOf([0, 2, 0, 0]), 1, open(2))).toEqual({ index: 1, itemId: 2, open: true });
});

test('what stands beside an open leader belongs to it, what comes after does not', () => {
  const list = listOf([0, 2, 0, 0, 0]);
  expect(foldLeader(list, 2, open(2))).toEqual({ index: 1, itemId: 2, open: true });
  expect(foldLeader(list, 3, open(2))).toEqual({ index: 1, itemId: 2, open: true });
  expect(foldLeader(list, 4, open(2))).toBeNull();
});

test('after a leader that is closed, and before any, nothing is folded', () => {
  expect(foldLeader(listOf([0, 2, 0]), 2, open())).toBeNull();
  expect(foldLeader(listOf([0, 2, 0]), 0, open(2))).toBeNull();
});

test('while a card is on its way nothing is known', () => {
  expect(foldLeader(listOf([0, 2, 0, 0], 2), 3, open(2))).toBeNull();
});
