// Runs on the engine's thread: a plan's filters as one bit per item. Serves search.
import type { Filter, ItemId, ItemKind } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import { tagKey } from '../database/marks.ts';
import { wordsOf } from '../database/word-tokens.ts';
import { type Catalogue, itemKinds } from './catalogue.ts';
import { phraseExpression } from './words/word-expression.ts';

type Value = string | number;

interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** Whether an item passes, by its id. */
type Test = (itemId: number) => boolean;

/**
 * Which items pass, by rank: 1 or 0; null when nothing is filtered.
 * Filters of one field that an item has once (kind, camera, lens) widen each other, all others narrow, as does what is not wanted. What the
 * catalogue holds is tested in memory; the tables are asked for the rest.
 *
 * @param kinds - the request's own kinds, beside those in the query
 */
export function filterMask(
  database: Database,
  catalogue: Catalogue,
  filters: readonly Filter[],
  kinds: readonly ItemKind[],
): Uint8Array | null {
  const tests = kinds.length === 0 ? [] : [kindTest(catalogue, kinds)];
  const widens = (filter: Filter): boolean =>
    filter.field === 'kind' || ((filter.field === 'camera' || filter.field === 'lens') && filter.present);
  for (const field of ['kind', 'camera', 'lens'] as const) {
    const alike = filters
      .filter((filter) => filter.field === field && widens(filter))
      .map((one) => testOf(database, catalogue, one));
    if (alike.length > 0) tests.push((id) => alike.some((test) => test(id)));
  }
  for (const filter of filters) if (!widens(filter)) tests.push(testOf(database, catalogue, filter));
  if (tests.length === 0) return null;
  const { items } = catalogue;
  const mask = new Uint8Array(items.length).fill(1);
  for (const test of tests)
    for (let rank = 0; rank < mask.length; rank++)
      if (mask[rank] === 1 && !test(items[rank] as number)) mask[rank] = 0;
  return mask;
}

const such = (present: boolean, test: Test): Test => (present ? test : (id) => !test(id));

function testOf(database: Database, catalogue: Catalogue, filter: Filter): Test {
  const { columns } = catalogue;
  switch (filter.field) {
    case 'kind':
      return kindTest(catalogue, filter.kinds);
    case 'date': {
      const [from, until] = [filter.fromMs ?? -Infinity, filter.untilMs ?? Infinity];
      return (id) => (columns.sortMs[id] as number) >= from && (columns.sortMs[id] as number) < until;
    }
    case 'rating': {
      // A person's own stars before the file's; no stars and none said are the same to a person.
      const own = ownStars(database);
      return (id) => {
        const stars = own.get(id) ?? columns.rating[id] ?? 0;
        return stars >= filter.minimum && stars <= filter.maximum;
      };
    }
    case 'gps':
      return (id) => (columns.located[id] === 1) === filter.present;
    case 'animated':
      return (id) => (columns.animated[id] === 1) === filter.present;
    case 'favourite':
    case 'hidden':
      return tableTest(database, decided(filter.present, `SELECT hash FROM mark WHERE ${filter.field} = 1`));
    case 'tag':
      return tableTest(
        database,
        decided(filter.present, 'SELECT hash FROM tagged JOIN tag USING (tag_id) WHERE key = ?', [
          tagKey(filter.tag),
        ]),
      );
    case 'album':
      return tableTest(
        database,
        decided(
          filter.present,
          'SELECT hash FROM album_item JOIN album USING (album_id) WHERE name = ? COLLATE NOCASE',
          [filter.album],
        ),
      );
    case 'camera':
      return such(filter.present, wordsTest(columns.camera, catalogue.cameras, filter.camera));
    case 'lens':
      return such(filter.present, wordsTest(columns.lens, catalogue.lenses, filter.lens));
    case 'folder':
      return such(filter.present, tableTest(database, folderCondition(database, filter.folder)));
    case 'speech': {
      const spoken = `SELECT item_id FROM moment WHERE kind = 'sentence'`;
      return tableTest(database, {
        sql: `item_id ${filter.present ? '' : 'NOT '}IN (${spoken})`,
        values: [],
      });
    }
    case 'duration':
      return tableTest(database, {
        sql: 'item_id IN (SELECT item_id FROM recording WHERE duration_ms BETWEEN ? AND ?)',
        values: [filter.minimumMs ?? 0, filter.maximumMs ?? Number.MAX_SAFE_INTEGER],
      });
    case 'near':
      return nearTest(database, filter);
  }
}

const EARTH_KILOMETRES = 6371;

/** By great-circle distance (haversine). */
function nearTest(database: Database, near: Extract<Filter, { field: 'near' }>): Test {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const passing = new Set<number>();
  const located = database.index
    .prepare<[], [ItemId, number, number]>(
      'SELECT item_id, latitude, longitude FROM item WHERE latitude IS NOT NULL AND longitude IS NOT NULL',
    )
    .raw();
  for (const [itemId, latitude, longitude] of located.iterate()) {
    const [dLat, dLon] = [radians(latitude - near.latitude), radians(longitude - near.longitude)];
    const a =
      Math.sin(dLat / 2) ** 2 +
      Math.cos(radians(latitude)) * Math.cos(radians(near.latitude)) * Math.sin(dLon / 2) ** 2;
    if (2 * EARTH_KILOMETRES * Math.asin(Math.sqrt(Math.min(1, a))) <= near.kilometres) passing.add(itemId);
  }
  return (id) => passing.has(id);
}

function kindTest({ columns }: Catalogue, kinds: readonly ItemKind[]): Test {
  const wanted = itemKinds.map((kind) => kinds.includes(kind));
  return (id) => wanted[columns.kind[id] as number] === true;
}

/** Every word of the value occurs in the text that an item's number stands for, upper and lower case alike. */
function wordsTest(numbers: Uint16Array, texts: readonly string[], value: string): Test {
  const words = value
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const holds = texts.map((text) => words.every((word) => text.toLowerCase().includes(word)));
  return (id) => holds[numbers[id] as number] === true;
}

function ownStars(database: Database): ReadonlyMap<number, number> {
  const rows = database.index
    .prepare<[], [ItemId, number]>(
      'SELECT item_id, mark.rating FROM mark JOIN item USING (hash) WHERE mark.rating IS NOT NULL',
    )
    .raw();
  return new Map(rows.all());
}

/** Those items of which a condition on their rows holds. */
function tableTest(database: Database, where: Condition): Test {
  const passing = new Set<number>(
    database.index
      .prepare<Value[], ItemId>(`SELECT item_id FROM item WHERE ${where.sql}`)
      .pluck()
      .all(...where.values),
  );
  return (id) => passing.has(id);
}

function join(conditions: readonly Condition[], by: string): Condition {
  return {
    sql: conditions.map((one) => `(${one.sql})`).join(by),
    values: conditions.flatMap((one) => one.values),
  };
}

/** By what a person decided: it hangs on content hashes. */
function decided(present: boolean, hashes: string, values: readonly Value[] = []): Condition {
  return { sql: `hash ${present ? '' : 'NOT '}IN (${hashes})`, values };
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
