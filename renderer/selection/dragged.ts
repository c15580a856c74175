// Runs in the page: items on their way from the grid to an album, by the platform's drag and drop.
import type { DragEvent } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import { bridge } from '../engine/bridge.ts';

const TYPE = 'application/x-afterimage-items';

/**
 * What the platform drags for us, as files: over our own window they are still these items. The pointer moves
 * over the page again when that drag has ended, wherever it did.
 */
let draggedOut: readonly ItemId[] | null = null;

function dragOut(itemIds: readonly ItemId[]): void {
  draggedOut = itemIds;
  const ended = new AbortController();
  const end = () => {
    draggedOut = null;
    ended.abort();
  };
  for (const name of ['pointerdown', 'pointermove', 'keydown'] as const)
    window.addEventListener(name, end, { signal: ended.signal, capture: true });
}

/** Whether files over the window are our own items on their way. */
export const carriesOwn = (): boolean => draggedOut !== null;

/** @param label - what hangs at the pointer: "3 items" */
export function startDrag(event: DragEvent, itemIds: readonly ItemId[], label: string): void {
  const app = bridge();
  if (app) {
    // In the app files are dragged, which any other program takes, too.
    event.preventDefault();
    dragOut(itemIds);
    void app.dragOut(itemIds);
    return;
  }
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

export const carriesItems = (event: DragEvent): boolean =>
  draggedOut !== null || event.dataTransfer.types.includes(TYPE);

/** The items that were dropped; none when something else was. */
export function droppedItems(event: DragEvent): ItemId[] {
  if (draggedOut !== null) return [...draggedOut];
  const data = event.dataTransfer.getData(TYPE);
  return data === '' ? [] : (JSON.parse(data) as ItemId[]);
}
