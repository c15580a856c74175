// Runs on the engine's thread: forgets items that lie in no file any more, and re-sorts lone companions.
import type { ItemId } from '../../contract/index.ts';
import type { StepContext } from './context.ts';
import { versions } from './versions.ts';

/** Items are forgotten in transactions of this many, so that a search in between waits little. */
const BATCH = 200;

/**
 * To be called when no file waits to be identified: a file that was moved between disks is new in one
 * place before it is known by its hash, and its item must still be there then.
 *
 * @returns how many items were forgotten
 */
export function forgetOrphans(context: StepContext): number {
  const { database } = context;
  database.transaction(() => {
    for (const file of database.files.lonelyCompanions()) {
      database.files.link(file.fileId, null, 'primary');
      database.steps.queue('identify', { fileId: file.fileId }, versions.identify, file.modifiedMs);
    }
  });
  if (database.steps.waiting('identify') > 0) return 0;
  const orphans = database.items.orphans();
  for (let at = 0; at < orphans.length; at += BATCH) forget(context, orphans.slice(at, at + BATCH));
  return orphans.length;
}

function forget({ database, previews, spaces }: StepContext, itemIds: readonly ItemId[]): void {
  const hashes: string[] = [];
  const momentIds = itemIds.flatMap((itemId) => database.moments.ofItem(itemId).map((row) => row.momentId));
  database.transaction(() => {
    for (const momentId of momentIds) {
      database.words.remove(momentId);
      database.vectors.removeMoment(momentId);
    }
    for (const itemId of itemIds) {
      const hash = database.items.get(itemId)?.hash;
      if (hash !== undefined) hashes.push(hash);
      database.items.remove(itemId);
    }
  });
  for (const momentId of momentIds) spaces.removeMoment(momentId);
  for (const hash of hashes) previews.forget(hash);
}
