// Runs on the engine's thread: the table of watched folders, in library.db.
import type { RootId } from '../../contract/index.ts';
import type { Connection } from './connection.ts';

export interface RootRow {
  readonly rootId: RootId;
  /** Absolute. */
  readonly path: string;
  readonly addedMs: number;
}

export type Roots = ReturnType<typeof createRoots>;

export function createRoots(library: Connection) {
  const columns = 'root_id AS rootId, path, added_ms AS addedMs';
  const all = library.prepare<[], RootRow>(`SELECT ${columns} FROM root ORDER BY root_id`);
  const insert = library.prepare<[string, number], RootRow>(
    `INSERT INTO root (path, added_ms) VALUES (?, ?) RETURNING ${columns}`,
  );
  const remove = library.prepare<[RootId]>('DELETE FROM root WHERE root_id = ?');
  return {
    all: (): RootRow[] => all.all(),
    add(path: string, addedMs: number): RootRow {
      const row = insert.get(path, addedMs);
      if (row === undefined) throw new Error('root: the insert gave no row');
      return row;
    },
    remove: (rootId: RootId): void => void remove.run(rootId),
  };
}
