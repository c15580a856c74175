// Tests of how cards are asked for while a window moves through a library.
import { expect, test } from 'vitest';
import type { ItemId } from '../../contract/ids.ts';
import type { ItemCard } from '../../contract/media.ts';
import { CardStore } from './card-store.ts';

const ids = (...numbers: number[]) => numbers as ItemId[];
const cardsOf = (itemIds: readonly ItemId[]) => itemIds.map((itemId) => ({ itemId }) as ItemCard);
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A store whose answers come when the test says so. */
function storeOf(gone: readonly ItemId[] = []) {
  const asked: ItemId[][] = [];
  const waiting: (() => void)[] = [];
  const store = new CardStore((itemIds) => {
    asked.push([...itemIds]);
    return new Promise((resolve) => {
      waiting.push(() => resolve(cardsOf(itemIds.filter((one) => !gone.includes(one)))));
    });
  });
  const answer = async () => {
    waiting.shift()?.();
    await settled();
  };
  return { store, asked, answer };
}

test('what the window has left before its turn came is not asked for', async () => {
  const { store, asked, answer } = storeOf();
  store.want(ids(1, 2));
  store.want(ids(3, 4));
  store.want(ids(5, 6));
  expect(asked).toEqual([[1, 2]]);
  await answer();
  expect(asked).toEqual([
    [1, 2],
    [5, 6],
  ]);
  await answer();
  expect([1, 3, 5].map((one) => store.get(one as ItemId)?.itemId)).toEqual([1, undefined, 5]);
});

test('what is known is not asked for again until the library changes, and stays to be seen meanwhile', async () => {
  const { store, asked, answer } = storeOf();
  let told = 0;
  store.subscribe(() => (told += 1));
  store.want(ids(1, 2));
  await answer();
  store.want(ids(2, 3));
  expect(asked.at(-1)).toEqual([3]);
  await answer();
  store.refresh();
  expect(asked.at(-1)).toEqual([2, 3]);
  expect(store.get(2 as ItemId)).toBeDefined();
  await answer();
  expect(told).toBe(3);
});

test('an item that is gone is asked for once', async () => {
  const { store, asked, answer } = storeOf(ids(2));
  store.want(ids(1, 2));
  await answer();
  expect(asked).toEqual([[1, 2]]);
  expect(store.get(2 as ItemId)).toBeUndefined();
});
