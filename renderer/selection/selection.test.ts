// Tests of the selection: single items, stretches that grow and shrink, and lists that changed meanwhile.
import { expect, test } from 'vitest';
import type { ItemId } from '../../contract/ids.ts';
import { Selection } from './selection.ts';

const id = (number: number): ItemId => number as ItemId;
const list = [10, 11, 12, 13, 14, 15].map(id);
const order = { idAt: (index: number) => list[index], indexOf: (itemId: ItemId) => list.indexOf(itemId) };
const selected = (selection: Selection): number[] => [...selection.ids()].sort((a, b) => a - b);

test('one after the other is added and taken away', () => {
  const selection = new Selection();
  let told = 0;
  selection.subscribe(() => (told += 1));
  selection.toggle(id(11));
  selection.toggle(id(13));
  selection.toggle(id(11));
  expect(selected(selection)).toEqual([13]);
  selection.clear();
  selection.clear();
  expect(selected(selection)).toEqual([]);
  expect(told).toBe(4);
});

test('a stretch reaches from the last toggled one, both ways, and shrinks again', () => {
  const selection = new Selection();
  selection.toggle(id(15));
  selection.toggle(id(11));
  selection.stretchTo(id(13), order);
  expect(selected(selection)).toEqual([11, 12, 13, 15]);
  selection.stretchTo(id(12), order);
  expect(selected(selection)).toEqual([11, 12, 15]);
  selection.stretchTo(id(10), order);
  expect(selected(selection)).toEqual([10, 11, 15]);
});

test('a stretch begins where the focus was', () => {
  const selection = new Selection();
  selection.beginAt(id(12));
  expect(selected(selection)).toEqual([]);
  selection.stretchTo(id(13), order);
  expect(selected(selection)).toEqual([12, 13]);
});

test('a stretch from an item that is not in the list any more begins anew', () => {
  const selection = new Selection();
  selection.toggle(id(99));
  selection.stretchTo(id(12), order);
  expect(selected(selection)).toEqual([12, 99]);
  selection.replace(list);
  expect(selected(selection)).toHaveLength(6);
});
