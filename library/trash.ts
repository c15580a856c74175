// Runs on the engine's thread: moves the files of items to the system's trash, when a person has said so.
import { stat } from 'node:fs/promises';
import { Failure, failureOf, type ItemId, type TrashAnswer, type TrashPlan } from '../contract/index.ts';
import type { Database } from './database/database.ts';
import { absolutePath } from './item-cards.ts';
import type { Trash } from './ports.ts';

/** Every file of the items that is there now: copies and the RAW beside a JPEG, too. */
function filesOf(database: Database, itemIds: readonly ItemId[]) {
  const rootPaths = new Map(database.roots.all().map((root) => [root.rootId, root.path]));
  return itemIds.flatMap((itemId) =>
    database.files
      .ofItem(itemId)
      .filter((file) => file.away === 0)
      .map((file) => ({ path: absolutePath(file, rootPaths), bytes: file.bytes })),
  );
}

export function trashPlan(database: Database, itemIds: readonly ItemId[]): TrashPlan {
  const files = filesOf(database, itemIds);
  return {
    items: itemIds.length,
    files: files.length,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
  };
}

/**
 * Asking is the face's part; this is called after it. The library sees the files go as it sees any change, and
 * keeps what was decided about them: restored from the trash, they have it again.
 *
 * @throws Failure TRASH_NOT_HERE where the system has none that we know of
 */
export async function trashItems(
  database: Database,
  trash: Trash | null,
  itemIds: readonly ItemId[],
): Promise<TrashAnswer> {
  if (trash === null)
    throw new Failure(
      'TRASH_NOT_HERE',
      'There is no trash that can be used from here.',
      'Delete the files in the file manager.',
    );
  const answer: TrashAnswer = { trashed: 0, failed: [] };
  for (const { path } of filesOf(database, itemIds)) {
    if ((await stat(path).catch(() => null)) === null) continue;
    try {
      await trash.move(path);
      answer.trashed += 1;
    } catch (error) {
      const { reason } = failureOf(error);
      answer.failed.push({ path, reason });
    }
  }
  return answer;
}
