// Runs on the engine's thread: gathers the texts of an item's moments for the table of words.
import { basename, dirname, extname } from 'node:path/posix';
import { basename as nativeBasename } from 'node:path';
import type { ItemId, MomentId } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';

/**
 * Writes the words of the item's moments anew: of all, or of those given. Inside a transaction with what
 * changed them.
 */
export function writeWords(database: Database, itemId: ItemId, only?: readonly MomentId[]): void {
  const item = database.items.get(itemId);
  if (item === undefined) return;
  const rootPaths = new Map(database.roots.all().map((root) => [root.rootId, root.path]));
  const files = database.files.ofItem(itemId);
  const name = files.map((file) => basename(file.path, extname(file.path))).join(' ');
  const folder = files
    .map((file) => `${nativeBasename(rootPaths.get(file.rootId) ?? '')} ${folderOf(file.path)}`)
    .join(' ');
  for (const moment of database.moments.ofItem(itemId)) {
    if (only?.includes(moment.momentId) === false) continue;
    // What is said has its own words, written with it (speech/spoken.ts).
    if (moment.kind === 'sentence') continue;
    database.words.set(moment.momentId, {
      name,
      folder,
      title: item.title ?? '',
      description: item.description ?? '',
      keywords: (JSON.parse(item.keywords) as string[]).join(' '),
      said: moment.text ?? '',
    });
  }
}

function folderOf(path: string): string {
  const folder = dirname(path);
  return folder === '.' ? '' : folder;
}
