// Runs on the engine's thread: the table of subtitle and lyrics files below roots, in index.db.
import type { RootId } from '../../contract/index.ts';
import type { Connection } from './connection.ts';

export interface SubtitleFileRow {
  readonly rootId: RootId;
  /** Relative to its root, '/' between parts. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

export type SubtitleFiles = ReturnType<typeof createSubtitleFiles>;

export function createSubtitleFiles(index: Connection) {
  const columns = 'root_id AS rootId, path, bytes, modified_ms AS modifiedMs';
  const ofRoot = index.prepare<[RootId], SubtitleFileRow>(
    `SELECT ${columns} FROM subtitle_file WHERE root_id = ?`,
  );
  const range = index.prepare<[RootId, string, string], SubtitleFileRow>(
    `SELECT ${columns} FROM subtitle_file WHERE root_id = ? AND path >= ? AND path < ? ORDER BY path`,
  );
  const put = index.prepare<[RootId, string, number, number]>(
    'INSERT OR REPLACE INTO subtitle_file (root_id, path, bytes, modified_ms) VALUES (?, ?, ?, ?)',
  );
  const remove = index.prepare<[RootId, string]>('DELETE FROM subtitle_file WHERE root_id = ? AND path = ?');
  const removeRoot = index.prepare<[RootId]>('DELETE FROM subtitle_file WHERE root_id = ?');
  return {
    ofRoot: (rootId: RootId): SubtitleFileRow[] => ofRoot.all(rootId),
    /** At a path and below it, if it is a folder. */
    below: (rootId: RootId, path: string): SubtitleFileRow[] =>
      path === ''
        ? ofRoot.all(rootId)
        : [...range.all(rootId, path, `${path}\u0000`), ...range.all(rootId, `${path}/`, `${path}0`)],
    /** Whose paths begin so, up to a dot; `stem` is a path without its ending. */
    withStem: (rootId: RootId, stem: string): SubtitleFileRow[] => range.all(rootId, `${stem}.`, `${stem}/`),
    put: (row: SubtitleFileRow): void => void put.run(row.rootId, row.path, row.bytes, row.modifiedMs),
    remove: (rootId: RootId, path: string): void => void remove.run(rootId, path),
    removeRoot: (rootId: RootId): void => void removeRoot.run(rootId),
  };
}
