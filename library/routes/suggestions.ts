// Runs on the engine's thread: the contract's procedures for what a search field offers.
import type { Parts } from '../parts.ts';
import { createSearchHistory } from '../search-history.ts';
import { base } from './base.ts';

/** Spread into the router: `suggestions`, `history`. */
export function suggestionRoutes(parts: Pick<Parts, 'database' | 'search' | 'spaces'>) {
  const { search, spaces } = parts;
  const history = createSearchHistory(parts.database);
  return {
    suggestions: base.suggestions.handler(async () => {
      // Its concepts are offered too: who asks while the models are being opened waits for them.
      await spaces.active().catch(() => null);
      return search.vocabulary();
    }),
    history: {
      list: base.history.list.handler(() => history.list()),
      add: base.history.add.handler(({ input }) => history.add(input.text)),
      remove: base.history.remove.handler(({ input }) => history.remove(input.text)),
      clear: base.history.clear.handler(() => history.clear()),
    },
  };
}
