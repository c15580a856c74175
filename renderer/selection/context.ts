// Runs in the page: the one selection and the orders on it, through React's context.
import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import type { Order } from '../engine/decisions.ts';
import { Selection } from './selection.ts';

/** One window, one selection. */
export const SelectionContext = createContext(new Selection());
export const DecideContext = createContext<(order: Order) => void>(() => undefined);

export const useSelection = (): Selection => use(SelectionContext);
export const useDecisions = (): ((order: Order) => void) => use(DecideContext);

/** Whether an item is selected; only a cell that changes is drawn anew. */
export function useIsSelected(itemId: ItemId): boolean {
  const selection = useSelection();
  const isSelected = useCallback(() => selection.has(itemId), [selection, itemId]);
  return useSyncExternalStore(selection.subscribe, isSelected);
}

export function useSelected(): ReadonlySet<ItemId> {
  const selection = useSelection();
  return useSyncExternalStore(selection.subscribe, selection.ids);
}
