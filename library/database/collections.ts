// Runs on the engine's thread: how many items each collection holds, and the folders below a root.
import type { FolderNode, ItemId, ItemKind, RootId, Scope } from '../../contract/index.ts';
import type { Connection } from './connection.ts';
import { tagKey } from './marks.ts';

const DAY_MS = 86_400_000;
/** "Recently added" reaches this far back. */
const RECENT_MS = 30 * DAY_MS;

type Value = string | number;

export type CollectionsTable = ReturnType<typeof createCollections>;

/** Ids of a collection's items, hidden ones and all; search takes those away. */
function membersOf(scope: Scope, nowMs: number): { sql: string; values: Value[] } {
  const marked = (where: string) => `SELECT item_id FROM mark JOIN item USING (hash) WHERE ${where}`;
  switch (scope.in) {
    case 'favourites':
      return { sql: marked('favourite = 1'), values: [] };
    case 'hidden':
      return { sql: marked('hidden = 1'), values: [] };
    case 'recent':
      return { sql: 'SELECT item_id FROM item WHERE added_ms > ?', values: [nowMs - RECENT_MS] };
    case 'album':
      return {
        sql: 'SELECT item_id FROM album_item JOIN item USING (hash) WHERE album_id = ?',
        values: [scope.albumId],
      };
    case 'tag':
      return {
        sql: 'SELECT item_id FROM tag JOIN tagged USING (tag_id) JOIN item USING (hash) WHERE key = ?',
        values: [tagKey(scope.name)],
      };
    case 'kind':
      return { sql: 'SELECT item_id FROM item WHERE kind = ?', values: [scope.kind] };
    case 'folder': {
      const whole = scope.path === '';
      return {
        sql: `SELECT item_id FROM file WHERE item_id IS NOT NULL AND root_id = ?
          ${whole ? '' : 'AND path > ? AND path < ?'}`,
        values: whole ? [scope.rootId] : [scope.rootId, `${scope.path}/`, `${scope.path}0`],
      };
    }
  }
}

export function createCollections(connection: Connection) {
  const kinds = connection.prepare<[], { kind: ItemKind; items: number }>(
    'SELECT kind, count(*) AS items FROM item GROUP BY kind',
  );
  const hiddenKinds = connection.prepare<[], { kind: ItemKind; items: number }>(
    'SELECT kind, count(*) AS items FROM mark JOIN item USING (hash) WHERE hidden = 1 GROUP BY kind',
  );
  const recent = connection
    .prepare<[number], number>(
      `SELECT count(*) FROM item LEFT JOIN mark USING (hash) WHERE added_ms > ? AND coalesce(hidden, 0) = 0`,
    )
    .pluck();
  const paths = connection
    .prepare<[RootId, string, string], string>(
      'SELECT path FROM file WHERE root_id = ? AND item_id IS NOT NULL AND path > ? AND path < ?',
    )
    .pluck();
  return {
    members(scope: Scope, nowMs: number): ItemId[] {
      const { sql, values } = membersOf(scope, nowMs);
      return connection
        .prepare<Value[], ItemId>(sql)
        .pluck()
        .all(...values);
    },
    /** Items that are not hidden, by kind. */
    kinds(): { kind: ItemKind; items: number }[] {
      const hidden = new Map(hiddenKinds.all().map((row) => [row.kind, row.items]));
      return kinds.all().map(({ kind, items }) => ({ kind, items: items - (hidden.get(kind) ?? 0) }));
    },
    recent: (nowMs: number): number => recent.get(nowMs - RECENT_MS) ?? 0,
    /** The folders right in a folder of a root that hold something, in the order of their names. */
    folders(rootId: RootId, folder: string): FolderNode[] {
      const start = folder === '' ? '' : `${folder}/`;
      const found = new Map<string, { items: number; hasFolders: boolean }>();
      // '0' follows '/', U+10FFFF follows every other sign.
      for (const path of paths.all(rootId, start, folder === '' ? '\u{10ffff}' : `${folder}0`)) {
        const end = path.indexOf('/', start.length);
        if (end === -1) continue;
        const name = path.slice(start.length, end);
        const node = found.get(name) ?? { items: 0, hasFolders: false };
        node.items += 1;
        node.hasFolders ||= path.includes('/', end + 1);
        found.set(name, node);
      }
      return [...found]
        .map(([name, node]) => ({ rootId, path: `${start}${name}`, name, ...node }))
        .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    },
  };
}
