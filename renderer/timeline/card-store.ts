// Runs in the page: cards of the items in sight, asked for one window at a time, the newest wish first.
import type { ItemId } from '../../contract/ids.ts';
import type { ItemCard } from '../../contract/media.ts';
import type { Result } from '../../contract/search.ts';

/** Kept beyond what is in sight; the oldest go first. About a kilobyte each. */
const MOST_CARDS = 5_000;
/** As many as the contract takes. */
const MOST_ASKED = 500;

export type FetchCards = (itemIds: ItemId[]) => Promise<readonly ItemCard[]>;

/** A card as a result of a question that wants nothing: there is nothing to be relevant to. */
const asResult = (card: ItemCard): Result => ({ relevance: 1, why: [], moments: [], ...card });

/**
 * At most one question is under way: while a window is dragged through a library, what it shows
 * meanwhile is asked for once it is the newest, and what it has left is not asked for at all.
 */
export class CardStore {
  readonly #fetch: FetchCards;
  readonly #cards = new Map<ItemId, Result>();
  readonly #stale = new Set<ItemId>();
  readonly #listeners = new Set<() => void>();
  #wanted: readonly ItemId[] = [];
  #asking = false;
  #version = 0;

  constructor(fetch: FetchCards) {
    this.#fetch = fetch;
  }

  readonly get = (itemId: ItemId | undefined): Result | undefined =>
    itemId === undefined ? undefined : this.#cards.get(itemId);

  readonly version = (): number => this.#version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** These are in sight now; those not known or out of date are asked for. */
  readonly want = (itemIds: readonly ItemId[]): void => {
    this.#wanted = itemIds;
    if (!this.#asking) void this.#ask();
  };

  /** Cards that came by another way. */
  readonly put = (results: readonly Result[]): void => {
    for (const result of results) this.#keep(result);
    this.#tell();
  };

  /** Something in the library changed: what is shown stays until its newer card has come. */
  readonly refresh = (): void => {
    for (const itemId of this.#cards.keys()) this.#stale.add(itemId);
    this.want(this.#wanted);
  };

  #keep(result: Result): void {
    this.#cards.delete(result.itemId);
    this.#cards.set(result.itemId, result);
    this.#stale.delete(result.itemId);
  }

  #tell(): void {
    this.#version += 1;
    for (const listener of [...this.#listeners]) listener();
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    try {
      for (;;) {
        const missing = this.#wanted
          .filter((itemId) => !this.#cards.has(itemId) || this.#stale.has(itemId))
          .slice(0, MOST_ASKED);
        if (missing.length === 0) return;
        const cards = await this.#fetch(missing);
        for (const card of cards) this.#keep(asResult(card));
        for (const itemId of missing) this.#stale.delete(itemId);
        // Gone meanwhile: the next layout leaves it out; not asked for again until then.
        const came = new Set(cards.map(({ itemId }) => itemId));
        const gone = new Set(missing.filter((itemId) => !came.has(itemId)));
        this.#wanted = this.#wanted.filter((itemId) => !gone.has(itemId));
        for (const [oldest] of this.#cards) {
          if (this.#cards.size <= MOST_CARDS) break;
          this.#cards.delete(oldest);
        }
        this.#tell();
      }
    } catch {
      // The connection says in words that it is lost; what is in sight is asked for again when it moves.
    } finally {
      this.#asking = false;
    }
  }
}
