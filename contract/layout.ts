// Shared by every face and the engine: all items of a list in a few bytes each, so that a face can lay all of them out.
// Without schemas: a page takes it in without the library that checks them.
import type { ItemId } from './ids.ts';
import type { ItemKind } from './media.ts';

/** Longest thumbhash: five bytes of header, one of alpha, 38 half bytes. */
export const HASH_BYTES = 25;
/** An aspect of 65.535 and more, or of less than a thousandth, tells nothing more for a layout. */
const ASPECT_UNIT = 1_000;
const KINDS: readonly ItemKind[] = ['picture', 'video', 'audio'];
const PREVIEW = 4;
const ANIMATED = 8;
const HASHED = 16;

/** What a layout knows of one item. */
export interface LayoutItem {
  readonly itemId: ItemId;
  readonly kind: ItemKind;
  /** Width by height, upright; null until the item was decoded. */
  readonly aspect: number | null;
  /** Wall clock of the taking read as UTC, else the file's time; kept to the minute. */
  readonly sortMs: number;
  readonly hasPreview: boolean;
  readonly animated: boolean;
  readonly thumbhash: Uint8Array | null;
}

/** A list as columns: 36 bytes an item, each read where it lies. */
export interface Layout {
  readonly count: number;
  readonly itemIds: Int32Array;
  readonly item: (index: number) => LayoutItem;
  readonly aspectOf: (index: number) => number | null;
  readonly sortMsOf: (index: number) => number;
}

/** Bytes of a column each, in the order that keeps every column aligned. */
function columns(buffer: ArrayBuffer, count: number) {
  let at = 4;
  const next = (bytes: number): number => (at += bytes * count) - bytes * count;
  return {
    itemIds: new Int32Array(buffer, next(4), count),
    minutes: new Int32Array(buffer, next(4), count),
    aspects: new Uint16Array(buffer, next(2), count),
    flags: new Uint8Array(buffer, next(1), count),
    hashes: new Uint8Array(buffer, next(HASH_BYTES), HASH_BYTES * count),
    end: at,
  };
}

/** Fills the columns of a list of so many items; an item not set stays zero. Little-endian, as every platform is. */
export function layoutWriter(count: number) {
  const buffer = new ArrayBuffer(4 + count * (4 + 4 + 2 + 1 + HASH_BYTES));
  new Uint32Array(buffer, 0, 1)[0] = count;
  const to = columns(buffer, count);
  return {
    set: (index: number, item: LayoutItem): void => {
      to.itemIds[index] = item.itemId;
      to.minutes[index] = Math.floor(item.sortMs / 60_000);
      to.aspects[index] =
        item.aspect === null ? 0 : Math.min(65_535, Math.max(1, Math.round(item.aspect * ASPECT_UNIT)));
      to.flags[index] =
        KINDS.indexOf(item.kind) |
        (item.hasPreview ? PREVIEW : 0) |
        (item.animated ? ANIMATED : 0) |
        (item.thumbhash === null ? 0 : HASHED);
      if (item.thumbhash !== null) to.hashes.set(item.thumbhash.subarray(0, HASH_BYTES), index * HASH_BYTES);
    },
    buffer,
  };
}

/** @throws RangeError when the bytes are no layout */
export function readLayout(buffer: ArrayBuffer): Layout {
  const count = new Uint32Array(buffer, 0, 1)[0] ?? 0;
  const from = columns(buffer, count);
  if (from.end !== buffer.byteLength) throw new RangeError('These bytes are no layout.');
  const aspectOf = (index: number): number | null => (from.aspects[index] ?? 0) / ASPECT_UNIT || null;
  const sortMsOf = (index: number): number => (from.minutes[index] ?? 0) * 60_000;
  return {
    count,
    itemIds: from.itemIds,
    aspectOf,
    sortMsOf,
    item(index) {
      const flags = from.flags[index] ?? 0;
      return {
        itemId: (from.itemIds[index] ?? 0) as ItemId,
        kind: KINDS[flags & 3] ?? 'picture',
        aspect: aspectOf(index),
        sortMs: sortMsOf(index),
        hasPreview: (flags & PREVIEW) !== 0,
        animated: (flags & ANIMATED) !== 0,
        thumbhash:
          (flags & HASHED) === 0 ? null : from.hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
      };
    },
  };
}
