// Runs in the page: items on their way from the grid to an album, by the platform's drag and drop.
import type { DragEvent } from 'react';
import type { ItemId } from '../../contract/ids.ts';

const TYPE = 'application/x-afterimage-items';

/** @param label - what hangs at the pointer: "3 items" */
export function startDrag(event: DragEvent, itemIds: readonly ItemId[], label: string): void {
  event.dataTransfer.setData(TYPE, JSON.stringify(itemIds));
  event.dataTransfer.effectAllowed = 'copy';
  const image = document.createElement('div');
  image.className = 'drag-image';
  image.textContent = label;
  document.body.append(image);
  event.dataTransfer.setDragImage(image, -14, -14);
  // It is needed for one frame only, while the platform takes its picture.
  requestAnimationFrame(() => image.remove());
}

export const carriesItems = (event: DragEvent): boolean => event.dataTransfer.types.includes(TYPE);

/** The items that were dropped; none when something else was. */
export function droppedItems(event: DragEvent): ItemId[] {
  const data = event.dataTransfer.getData(TYPE);
  return data === '' ? [] : (JSON.parse(data) as ItemId[]);
}
