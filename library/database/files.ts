// Runs on the engine's thread: the table of paths below roots, in index.db.
import type { FileId, ItemId, RootId } from '../../contract/index.ts';
import type { Connection } from './connection.ts';

export interface FileRow {
  readonly fileId: FileId;
  readonly rootId: RootId;
  /** Relative to its root, '/' between parts. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** Device and inode: what a rename keeps. */
  readonly identity: string;
  readonly itemId: ItemId | null;
  readonly role: 'primary' | 'companion';
  readonly away: 0 | 1;
}

/** What a look at the disk tells of a file. */
export type SeenFile = Pick<FileRow, 'path' | 'bytes' | 'modifiedMs' | 'identity'>;

export type Files = ReturnType<typeof createFiles>;

export function createFiles(index: Connection) {
  const columns = `file_id AS fileId, root_id AS rootId, path, bytes, modified_ms AS modifiedMs,
    identity, item_id AS itemId, role, away`;
  const one = index.prepare<[FileId], FileRow>(`SELECT ${columns} FROM file WHERE file_id = ?`);
  const byPath = index.prepare<[RootId, string], FileRow>(
    `SELECT ${columns} FROM file WHERE root_id = ? AND path = ?`,
  );
  const ofRoot = index.prepare<[RootId], FileRow>(`SELECT ${columns} FROM file WHERE root_id = ?`);
  const ofItem = index.prepare<[ItemId], FileRow>(
    `SELECT ${columns} FROM file WHERE item_id = ? ORDER BY role = 'companion', away, file_id`,
  );
  const below = index.prepare<[RootId, string, string], FileRow>(
    `SELECT ${columns} FROM file WHERE root_id = ? AND path > ? AND path < ?`,
  );
  const withStem = index.prepare<[RootId, string, string], FileRow>(
    `SELECT ${columns} FROM file WHERE root_id = ? AND path >= ? AND path < ?`,
  );
  const page = index.prepare<[RootId, string, number], FileRow>(
    `SELECT ${columns} FROM file WHERE root_id = ? AND path > ? ORDER BY path LIMIT ?`,
  );
  const withIdentity = index.prepare<[string], FileRow>(`SELECT ${columns} FROM file WHERE identity = ?`);
  const insert = index.prepare<[RootId, string, number, number, string], { fileId: FileId }>(
    `INSERT INTO file (root_id, path, bytes, modified_ms, identity) VALUES (?, ?, ?, ?, ?)
     RETURNING file_id AS fileId`,
  );
  const touch = index.prepare<[number, number, string, FileId]>(
    'UPDATE file SET bytes = ?, modified_ms = ?, identity = ? WHERE file_id = ?',
  );
  const move = index.prepare<[RootId, string, FileId]>(
    'UPDATE file SET root_id = ?, path = ?, away = 0 WHERE file_id = ?',
  );
  const link = index.prepare<[ItemId | null, string, FileId]>(
    'UPDATE file SET item_id = ?, role = ? WHERE file_id = ?',
  );
  const setAway = index.prepare<[0 | 1, RootId, 0 | 1]>(
    'UPDATE file SET away = ? WHERE root_id = ? AND away <> ?',
  );
  const remove = index.prepare<[FileId]>('DELETE FROM file WHERE file_id = ?');
  const removeRoot = index.prepare<[RootId]>('DELETE FROM file WHERE root_id = ?');
  const lonely = index.prepare<[], { fileId: FileId; modifiedMs: number }>(
    `SELECT file_id AS fileId, modified_ms AS modifiedMs FROM file WHERE role = 'companion' AND NOT EXISTS (
       SELECT 1 FROM file AS other WHERE other.item_id = file.item_id AND other.role = 'primary')`,
  );
  // What is left of a path when the letters after its last slash are taken off.
  const folders = index.prepare<[], { folder: string; files: number }>(
    `SELECT rtrim(rtrim(path, replace(path, '/', '')), '/') AS folder, count(*) AS files FROM file
     WHERE item_id IS NOT NULL AND role = 'primary' AND instr(path, '/') > 0 GROUP BY folder`,
  );
  const count = index.prepare<[], { n: number }>('SELECT count(*) AS n FROM file');
  const countOfRoot = index.prepare<[RootId], { n: number }>(
    'SELECT count(*) AS n FROM file WHERE root_id = ?',
  );
  return {
    get: (fileId: FileId): FileRow | undefined => one.get(fileId),
    byPath: (rootId: RootId, path: string): FileRow | undefined => byPath.get(rootId, path),
    ofRoot: (rootId: RootId): FileRow[] => ofRoot.all(rootId),
    /** Present primary files first. */
    ofItem: (itemId: ItemId): FileRow[] => ofItem.all(itemId),
    /** Files in a folder of a root and below it; `folder` without a slash at its end. */
    below: (rootId: RootId, folder: string): FileRow[] =>
      folder === '' ? ofRoot.all(rootId) : below.all(rootId, `${folder}/`, `${folder}0`),
    /** Files of one name with any ending; `stem` is the path without the ending and its dot. */
    withStem: (rootId: RootId, stem: string): FileRow[] => withStem.all(rootId, `${stem}.`, `${stem}/`),
    /** Files of a root in the order of their paths, those after a path, `limit` at the most. */
    page: (rootId: RootId, after: string, limit: number): FileRow[] => page.all(rootId, after, limit),
    /** Files last seen with this device and inode: one, or several hard links. */
    withIdentity: (identity: string): FileRow[] => withIdentity.all(identity),
    add(rootId: RootId, seen: SeenFile): FileId {
      const row = insert.get(rootId, seen.path, seen.bytes, seen.modifiedMs, seen.identity);
      if (row === undefined) throw new Error('file: the insert gave no row');
      return row.fileId;
    },
    /** Its bytes changed or its identity did: notes what the disk says now. */
    touch: (fileId: FileId, seen: SeenFile): void =>
      void touch.run(seen.bytes, seen.modifiedMs, seen.identity, fileId),
    move: (fileId: FileId, rootId: RootId, path: string): void => void move.run(rootId, path, fileId),
    link: (fileId: FileId, itemId: ItemId | null, role: FileRow['role']): void =>
      void link.run(itemId, role, fileId),
    setAway: (rootId: RootId, away: boolean): number =>
      setAway.run(away ? 1 : 0, rootId, away ? 1 : 0).changes,
    /** Companions whose primary file is gone: they are to be looked at again. */
    lonelyCompanions: () => lonely.all(),
    remove: (fileId: FileId): void => void remove.run(fileId),
    removeRoot: (rootId: RootId): number => removeRoot.run(rootId).changes,
    /** Folders with files right in them, relative to their roots. */
    folders: (): { folder: string; files: number }[] => folders.all(),
    count: (): number => count.get()?.n ?? 0,
    countOfRoot: (rootId: RootId): number => countOfRoot.get(rootId)?.n ?? 0,
  };
}
