// Runs on the engine's thread: the contract's procedures for what a search field offers.
import type { Parts } from '../parts.ts';
import { createSearchHistory } from '../search-history.ts';
import { base } from './base.ts';

/** Spread into the router: `suggestions`, `history`. */
export function suggestionRoutes({ database, search }: Pick<Parts, 'database' | 'search'>) {
  const history = createSearchHistory(database);
  return {
    suggestions: base.suggestions.handler(() => search.vocabulary()),
    history: {
      list: base.history.list.handler(() => history.list()),
      add: base.history.add.handler(({ input }) => history.add(input.text)),
      remove: base.history.remove.handler(({ input }) => history.remove(input.text)),
      clear: base.history.clear.handler(() => history.clear()),
    },
  };
}
