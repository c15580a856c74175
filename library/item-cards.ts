// Runs on the engine's thread: items as a grid needs them, from the tables. Serves search and details.
import { basename, join } from 'node:path';
import type { FileInfo, ItemCard, ItemId, RootId } from '../contract/index.ts';
import type { Database } from './database/database.ts';
import type { FileRow } from './database/files.ts';
import { type ItemRow, metadataOf } from './database/items.ts';
import type { MarkRow } from './database/marks.ts';

/** Cards of the given items, in the order asked; an item that is gone is left out. */
export function itemCards(database: Database, itemIds: readonly ItemId[]): ItemCard[] {
  const rootPaths = new Map(database.roots.all().map((root) => [root.rootId, root.path]));
  const rows = new Map(database.items.many(itemIds).map((row) => [row.itemId, row]));
  const marks = database.marks.of([...rows.values()].map((row) => row.hash));
  const durations = database.recordings.durations(itemIds);
  const cards: ItemCard[] = [];
  for (const itemId of itemIds) {
    const row = rows.get(itemId);
    const shown = row && database.files.ofItem(itemId)[0];
    if (row !== undefined && shown !== undefined)
      cards.push(cardOf(row, shown, rootPaths, marks.get(row.hash), durations.get(itemId)));
  }
  return cards;
}

/** Where a file lies, absolute. A root that is unknown (its removal is under way) gives the path alone. */
export function absolutePath(file: FileRow, rootPaths: ReadonlyMap<RootId, string>): string {
  return join(rootPaths.get(file.rootId) ?? '', file.path);
}

export function cardOf(
  row: ItemRow,
  shown: FileRow,
  rootPaths: ReadonlyMap<RootId, string>,
  mark: MarkRow | undefined,
  durationMs: number | null | undefined,
): ItemCard {
  const path = absolutePath(shown, rootPaths);
  return {
    itemId: row.itemId,
    kind: row.kind,
    path,
    name: basename(path),
    width: row.width,
    height: row.height,
    animated: row.animated === 1,
    durationMs: durationMs ?? null,
    thumbhash: row.thumbhash === null ? null : Buffer.from(row.thumbhash).toString('base64'),
    hasPreview: row.hasPreview === 1,
    taken: metadataOf(row).taken,
    away: shown.away === 1,
    favourite: mark?.favourite === 1,
    rating: mark?.rating ?? row.rating,
  };
}

export function fileInfoOf(file: FileRow, rootPaths: ReadonlyMap<RootId, string>): FileInfo {
  return {
    fileId: file.fileId,
    rootId: file.rootId,
    path: absolutePath(file, rootPaths),
    bytes: file.bytes,
    modifiedMs: file.modifiedMs,
    state: file.away === 1 ? 'away' : 'present',
    role: file.role,
  };
}
