// Runs in the page: which folded result a place of the grid belongs to, so that keys open and close it anywhere in it.
import type { ItemId } from '../../contract/ids.ts';
import type { GridList } from './grid-list.ts';

/** A result that others stand behind. */
export interface FoldLeader {
  readonly index: number;
  readonly itemId: ItemId;
  readonly open: boolean;
}

/**
 * The leader at a place, or the open one that the result there stands behind: the engine puts those beside it, right
 * after it. Null where nothing is folded, or the leader has not come yet.
 */
export function foldLeader(
  list: Pick<GridList, 'idAt' | 'cardAt'>,
  at: number,
  unfolded: readonly ItemId[],
): FoldLeader | null {
  for (let index = at; index >= 0; index--) {
    const itemId = list.idAt(index);
    const card = list.cardAt(index);
    if (itemId === undefined || card === undefined) return null;
    if (card.folded === undefined) continue;
    const open = unfolded.includes(itemId);
    return index === at || (open && at - index <= card.folded) ? { index, itemId, open } : null;
  }
  return null;
}
