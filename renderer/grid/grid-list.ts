// Runs in the page: the pictures that a grid lays out, whether all are known by outline or some by their cards.
import type { ItemId } from '../../contract/ids.ts';
import type { ItemKind } from '../../contract/media.ts';
import type { Result } from '../../contract/search.ts';
import type { Layout } from '../../contract/layout.ts';
import type { CardStore } from '../timeline/card-store.ts';
import { wallClockMs } from '../i18n/format.ts';
import { thumbHashBytes } from '../ui/canvas-picture.tsx';
import { shownAspect } from './pack-rows.ts';

/** What a cell paints before it knows more. */
export interface Outline {
  readonly itemId: ItemId;
  readonly kind: ItemKind;
  readonly hasPreview: boolean;
  readonly animated: boolean;
  readonly thumbhash: Uint8Array | null;
}

export interface GridList {
  /** Those that can be laid out, and all there are. */
  readonly count: number;
  readonly total: number;
  readonly idAt: (index: number) => ItemId | undefined;
  /** -1 where it is not in the list. */
  readonly indexOf: (itemId: ItemId) => number;
  readonly aspectAt: (index: number) => number;
  /** Wall clock read as UTC; null where there is none. */
  readonly wallMsAt: (index: number) => number | null;
  readonly outlineAt: (index: number) => Outline | undefined;
  /** Undefined while it is on its way: see {@link GridList.want}. */
  readonly cardAt: (index: number) => Result | undefined;
  /** Sees to the cards of these, the latest asked first. */
  readonly want: (first: number, end: number) => void;
  /** Tells when cards have come, and their state. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly version: () => number;
}

const never = () => () => undefined;

/** A list of cards that are all here. */
export function listOfResults(results: readonly Result[], total: number): GridList {
  const places = new Map(results.map(({ itemId }, index) => [itemId, index]));
  const outlines = new Map<number, Outline>();
  return {
    count: results.length,
    total,
    idAt: (index) => results[index]?.itemId,
    indexOf: (itemId) => places.get(itemId) ?? -1,
    aspectAt: (index) => {
      const { width, height } = results[index] ?? {};
      return shownAspect(width && height ? width / height : null);
    },
    wallMsAt: (index) => {
      const taken = results[index]?.taken;
      return taken ? wallClockMs(taken) : null;
    },
    outlineAt(index) {
      const known = outlines.get(index);
      const result = results[index];
      if (known || !result) return known;
      const { itemId, kind, hasPreview, animated, thumbhash } = result;
      const made = {
        ...{ itemId, kind, hasPreview, animated },
        thumbhash: thumbhash === null ? null : thumbHashBytes(thumbhash),
      };
      outlines.set(index, made);
      return made;
    },
    cardAt: (index) => results[index],
    want: () => undefined,
    subscribe: never,
    version: () => 0,
  };
}

/** Outlines kept, so that a cell that stays gets the same one again. */
const MOST_OUTLINES = 4_000;

/** A list of which all is known by outline, and cards come as they are looked at. */
export function listOfLayout(layout: Layout, cards: CardStore): GridList {
  const outlines = new Map<number, Outline>();
  const { itemIds } = layout;
  const idAt = (index: number) => itemIds[index] as ItemId | undefined;
  return {
    count: layout.count,
    total: layout.count,
    idAt,
    indexOf: (itemId) => itemIds.indexOf(itemId),
    aspectAt: (index) => shownAspect(layout.aspectOf(index)),
    wallMsAt: layout.sortMsOf,
    outlineAt(index) {
      const known = outlines.get(index);
      if (known || index < 0 || index >= layout.count) return known;
      if (outlines.size > MOST_OUTLINES) outlines.clear();
      const made = layout.item(index);
      outlines.set(index, made);
      return made;
    },
    cardAt: (index) => cards.get(idAt(index)),
    want: (first, end) => cards.want([...itemIds.subarray(Math.max(0, first), Math.max(0, end))] as ItemId[]),
    subscribe: cards.subscribe,
    version: cards.version,
  };
}
