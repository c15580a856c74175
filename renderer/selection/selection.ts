// Runs in the page: which items are selected, whatever list shows them. Pure but for who listens.
import type { ItemId } from '../../contract/ids.ts';

/** The order that a stretch of selected items goes by: the list that is shown. */
export interface Order {
  readonly idAt: (index: number) => ItemId | undefined;
  /** -1 where it is not in the list. */
  readonly indexOf: (itemId: ItemId) => number;
}

export class Selection {
  #ids: ReadonlySet<ItemId> = new Set();
  /** Where a stretch begins, and the selection as it was before the stretch. */
  #anchor: ItemId | null = null;
  #before: ReadonlySet<ItemId> = new Set();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until something changes. */
  readonly ids = (): ReadonlySet<ItemId> => this.#ids;

  readonly has = (itemId: ItemId): boolean => this.#ids.has(itemId);

  /** Adds one, or takes it away; a stretch begins there. */
  readonly toggle = (itemId: ItemId): void => {
    const ids = new Set(this.#ids);
    if (!ids.delete(itemId)) ids.add(itemId);
    this.#set(ids, itemId);
  };

  /** Makes it the place where a stretch begins, without selecting it. */
  readonly beginAt = (itemId: ItemId): void => {
    this.#anchor = itemId;
    this.#before = this.#ids;
  };

  /** From where the last one was toggled to here; going back shortens the stretch. */
  readonly stretchTo = (itemId: ItemId, order: Order): void => {
    const from = this.#anchor === null ? -1 : order.indexOf(this.#anchor);
    const to = order.indexOf(itemId);
    if (from === -1 || to === -1) {
      this.toggle(itemId);
      return;
    }
    const ids = new Set(this.#before);
    for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) {
      const id = order.idAt(index);
      if (id !== undefined) ids.add(id);
    }
    this.#ids = ids;
    this.#tell();
  };

  readonly replace = (itemIds: Iterable<ItemId>): void => this.#set(new Set(itemIds), null);

  readonly clear = (): void => {
    if (this.#ids.size > 0 || this.#anchor !== null) this.#set(new Set(), null);
  };

  #set(ids: ReadonlySet<ItemId>, anchor: ItemId | null): void {
    this.#ids = ids;
    this.#before = ids;
    this.#anchor = anchor;
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
