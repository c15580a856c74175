// Runs in the page: pictures to search by, from a drop, the clipboard, a file dialog or the library.
import type { ItemCard } from '../../contract/media.ts';
import type { Example } from '../engine/queries.ts';

/** As many as the contract takes. */
export const MOST_EXAMPLES = 16;

const PICTURE_NAME =
  /\.(avif|bmp|cr2|cr3|dng|gif|hei[cf]|jp[2gx]|jpe?g|jxl|nef|arw|orf|rw2|raf|p[bgnp]m|png|svg|tiff?|webp)$/i;

/** Whether it says to be a picture; the engine looks at the bytes. */
export function isPictureFile(file: File): boolean {
  return file.type.startsWith('image/') || PICTURE_NAME.test(file.name);
}

let made = 0;

export function exampleFromFile(file: File): Example {
  made += 1;
  const name = file.name === '' ? 'picture' : file.name;
  return { id: `bytes-${String(made)}`, name, query: { source: 'bytes', name, data: file } };
}

export function exampleFromItem(item: ItemCard): Example {
  return {
    id: `item-${String(item.itemId)}`,
    name: item.name,
    query: { source: 'item', itemId: item.itemId },
  };
}
