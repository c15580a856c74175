// Runs on the engine's thread: queues the step subtitles of an item whose surroundings changed.
import type { ItemId } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import { versions } from './versions.ts';

/** Pictures say nothing. */
export function queueSubtitles(database: Database, itemId: ItemId): void {
  const item = database.items.get(itemId);
  if (item !== undefined && item.kind !== 'picture')
    database.steps.queue('subtitles', { itemId }, versions.subtitles, item.sortMs);
}
