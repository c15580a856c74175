// Runs on the engine's thread: what was asked before, in library.db, until the person clears it.
import { SearchHistory } from '../contract/index.ts';
import type { Database } from './database/database.ts';

/** Enough to find last month's question again, few enough to be looked through. */
const MOST = 50;

export function createSearchHistory({ settings }: Pick<Database, 'settings'>) {
  const list = (): string[] => SearchHistory.catch([]).parse(settings.get('searchHistory'));
  return {
    list,
    /** Puts a query first; one that only goes on from the newest ("ca", "cat") takes its place. */
    add(text: string): void {
      const [newest, ...older] = list().filter((one) => one !== text);
      const kept = newest === undefined || text.startsWith(newest) ? older : [newest, ...older];
      settings.set('searchHistory', [text, ...kept].slice(0, MOST));
    },
    remove: (text: string): void =>
      settings.set(
        'searchHistory',
        list().filter((one) => one !== text),
      ),
    clear: (): void => settings.remove('searchHistory'),
  };
}
