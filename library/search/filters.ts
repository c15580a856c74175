// Runs on the engine's thread: a plan's filters as one bit per item. Serves search.
import type { Filter, ItemId, ItemKind } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import { tagKey } from '../database/marks.ts';
import { wordsOf } from '../database/word-tokens.ts';
import type { Catalogue } from './catalogue.ts';
import { phraseExpression } from './word-expression.ts';

type Value = string | number;

interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/**
 * Which items pass, by rank: 1 or 0; null when nothing is filtered.
 * Filters of one field that an item has once (kind, camera, lens) widen each other; all others narrow.
 *
 * @param kinds - the request's own kinds, beside those in the query
 */
export function filterMask(
  database: Database,
  catalogue: Catalogue,
  filters: readonly Filter[],
  kinds: readonly ItemKind[],
): Uint8Array | null {
  const all = kinds.length === 0 ? [] : [kindCondition(kinds)];
  for (const field of ['kind', 'camera', 'lens'] as const) {
    const alike = filters.filter((filter) => filter.field === field).map((one) => condition(database, one));
    if (alike.length > 0) all.push(join(alike, ' OR '));
  }
  for (const filter of filters)
    if (!['kind', 'camera', 'lens'].includes(filter.field)) all.push(condition(database, filter));
  if (all.length === 0) return null;
  const where = join(all, ' AND ');
  const passing = database.index
    .prepare<Value[], ItemId>(`SELECT item_id FROM item WHERE ${where.sql}`)
    .pluck()
    .all(...where.values);
  const mask = new Uint8Array(catalogue.items.length);
  for (const id of passing) {
    const rank = catalogue.rankOfItem[id] ?? -1;
    if (rank >= 0) mask[rank] = 1;
  }
  return mask;
}

function join(conditions: readonly Condition[], by: string): Condition {
  return {
    sql: conditions.map((one) => `(${one.sql})`).join(by),
    values: conditions.flatMap((one) => one.values),
  };
}

function kindCondition(kinds: readonly ItemKind[]): Condition {
  return { sql: `kind IN (${kinds.map(() => '?').join(', ')})`, values: kinds };
}

function condition(database: Database, filter: Filter): Condition {
  switch (filter.field) {
    case 'kind':
      return kindCondition(filter.kinds);
    case 'date':
      return join(
        [
          { sql: 'sort_ms >= ?', values: [filter.fromMs ?? -8.64e15] },
          { sql: 'sort_ms < ?', values: [filter.untilMs ?? 8.64e15] },
        ],
        ' AND ',
      );
    case 'rating':
      // A person's own stars before the file's; no stars and none said are the same to a person.
      return {
        sql: `coalesce((SELECT mark.rating FROM mark WHERE mark.hash = item.hash), rating, 0)
          BETWEEN ? AND ?`,
        values: [filter.minimum, filter.maximum],
      };
    case 'gps':
      return { sql: filter.present ? 'latitude IS NOT NULL' : 'latitude IS NULL', values: [] };
    case 'animated':
      return { sql: 'animated = ?', values: [filter.present ? 1 : 0] };
    case 'favourite':
    case 'hidden':
      return decided(filter.present, `SELECT hash FROM mark WHERE ${filter.field} = 1`);
    case 'tag':
      return decided(filter.present, 'SELECT hash FROM tagged JOIN tag USING (tag_id) WHERE key = ?', [
        tagKey(filter.tag),
      ]);
    case 'album':
      return decided(
        filter.present,
        'SELECT hash FROM album_item JOIN album USING (album_id) WHERE name = ? COLLATE NOCASE',
        [filter.album],
      );
    case 'camera':
      return everyWord(`coalesce(camera_make, '') || ' ' || coalesce(camera_model, '')`, filter.camera);
    case 'lens':
      return everyWord(`coalesce(lens, '')`, filter.lens);
    case 'folder':
      return folderCondition(database, filter.folder);
  }
}

/** By what a person decided: it hangs on content hashes. */
function decided(present: boolean, hashes: string, values: readonly Value[] = []): Condition {
  return { sql: `hash ${present ? '' : 'NOT '}IN (${hashes})`, values };
}

/** Every word of the value occurs, upper and lower case alike. */
function everyWord(column: string, value: string): Condition {
  const words = value.split(/\s+/u).filter((word) => word !== '');
  return join(
    words.map((word) => ({
      sql: `${column} LIKE ? ESCAPE '\\'`,
      values: [`%${word.replace(/[\\%_]/g, '\\$&')}%`],
    })),
    ' AND ',
  );
}

/**
 * A folder by its name or the beginning of one, on any level up to the root's own; with slashes, folders in
 * each other; an absolute path: that folder and all below.
 */
function folderCondition(database: Database, folder: string): Condition {
  if (/^(\/|[a-z]:[\\/]|\\\\)/iu.test(folder)) return belowPath(database, folder);
  if (wordsOf(folder).length === 0) return { sql: '0', values: [] };
  return {
    sql: `item_id IN (SELECT item_id FROM moment WHERE moment_id IN
      (SELECT rowid FROM words WHERE words MATCH ?))`,
    values: [phraseExpression(folder, { fields: ['folder'], prefix: true })],
  };
}

function belowPath(database: Database, folder: string): Condition {
  const slashed = (path: string): string => path.replaceAll('\\', '/').replace(/\/+$/, '');
  const wanted = slashed(folder);
  const parts: Condition[] = [{ sql: '0', values: [] }];
  for (const { rootId, path } of database.roots.all()) {
    const root = slashed(path);
    if (root === wanted || root.startsWith(`${wanted}/`))
      parts.push({ sql: 'item_id IN (SELECT item_id FROM file WHERE root_id = ?)', values: [rootId] });
    else if (wanted.startsWith(`${root}/`)) {
      const below = wanted.slice(root.length + 1);
      parts.push({
        sql: 'item_id IN (SELECT item_id FROM file WHERE root_id = ? AND path > ? AND path < ?)',
        values: [rootId, `${below}/`, `${below}0`],
      });
    }
  }
  return join(parts, ' OR ');
}
