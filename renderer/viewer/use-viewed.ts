// Runs in the page: what the viewer shows of an item of a list, and its neighbours.
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import type { ItemCard } from '../../contract/media.ts';
import type { Result } from '../../contract/search.ts';
import { useDetails } from '../engine/queries.ts';
import type { GridList } from '../grid/grid-list.ts';
import { thumbHashBytes } from '../ui/canvas-picture.tsx';
import type { Size } from './zoom.ts';

/** Cards wished for on either side, so that they are there when their turn comes. */
const AHEAD = 20;

/** What can be shown of an item at once, before all is known of it. */
export interface Viewed {
  readonly itemId: ItemId;
  readonly name: string;
  readonly thumbhash: Uint8Array | null;
  readonly size: Size | null;
}

const asResult = (card: ItemCard): Result => ({ relevance: 1, why: [], moments: [], ...card });

/** What is known of an item by its outline alone. */
export function viewedAt(list: GridList, index: number): Viewed | undefined {
  const outline = list.outlineAt(index);
  const card = list.cardAt(index);
  return (
    outline && {
      itemId: outline.itemId,
      name: card?.name ?? '',
      thumbhash: outline.thumbhash,
      size: { width: list.aspectAt(index) * 1_000, height: 1_000 },
    }
  );
}

/**
 * @returns the item with all that is known by now; when it leaves the list (another question), what was
 *   known of it stays. `item` is null until its card has come.
 */
export function useViewed(list: GridList, itemId: ItemId) {
  useSyncExternalStore(list.subscribe, list.version);
  const details = useDetails(itemId);
  const index = useMemo(() => list.indexOf(itemId), [list, itemId]);
  useEffect(() => {
    if (index >= 0) list.want(index - AHEAD, index + AHEAD);
  }, [list, index]);
  const card = index < 0 ? undefined : list.cardAt(index);
  const known = useMemo(() => (details.data ? asResult(details.data) : null), [details.data]);
  const [last, setLast] = useState<Result | null>(null);
  const item = card ?? (last?.itemId === itemId ? last : known);
  if (item !== null && item !== last) setLast(item);
  const viewed = useMemo<Viewed>(() => {
    if (item === null) return viewedAt(list, index) ?? { itemId, name: '', thumbhash: null, size: null };
    const { width, height } = item;
    return {
      itemId,
      name: item.name,
      thumbhash: item.thumbhash === null ? null : thumbHashBytes(item.thumbhash),
      size: width && height ? { width, height } : null,
    };
  }, [list, index, item, itemId]);
  return { index, item, viewed, details };
}
