// Runs on the engine's thread: favourites, ratings, hidden things and tags by content hash, in library.db.
import type { ItemId } from '../../contract/index.ts';
import type { Connection } from './connection.ts';

export interface MarkRow {
  readonly hash: string;
  readonly favourite: 0 | 1;
  /** Null: the file's own stars stand. */
  readonly rating: number | null;
  readonly hidden: 0 | 1;
}

export type MarkChange = Partial<Pick<MarkRow, 'favourite' | 'rating' | 'hidden'>>;

/** Tags are one when they differ in case, accents written otherwise, or spaces only. */
export const tagKey = (name: string): string => tagName(name).toLowerCase();
export const tagName = (name: string): string => name.normalize('NFC').replace(/\s+/gu, ' ').trim();

export type Marks = ReturnType<typeof createMarks>;

/** Hashes are given as JSON arrays to SQLite: any number of them in one statement. */
export function createMarks(connection: Connection) {
  const given = 'SELECT value FROM json_each(?)';
  const many = connection.prepare<[string], MarkRow>(
    `SELECT hash, favourite, rating, hidden FROM mark WHERE hash IN (${given})`,
  );
  const change = Object.fromEntries(
    (['favourite', 'rating', 'hidden'] as const).map((column) => [
      column,
      connection.prepare<[number | null, string]>(
        `INSERT INTO mark (hash, ${column}) SELECT value, ? FROM json_each(?) WHERE true
         ON CONFLICT (hash) DO UPDATE SET ${column} = excluded.${column} WHERE ${column} IS NOT excluded.${column}`,
      ),
    ]),
  );
  const tidy = connection.prepare<[string]>(
    `DELETE FROM mark WHERE hash IN (${given}) AND favourite = 0 AND rating IS NULL AND hidden = 0`,
  );
  const tag = connection.prepare<[string], { tagId: number }>(
    'SELECT tag_id AS tagId FROM tag WHERE key = ?',
  );
  const addTag = connection.prepare<[string, string], { tagId: number }>(
    'INSERT INTO tag (name, key) VALUES (?, ?) RETURNING tag_id AS tagId',
  );
  const putTag = connection.prepare<[number, string]>(
    'INSERT INTO tagged (tag_id, hash) SELECT ?, value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING',
  );
  const takeTag = connection.prepare<[number, string]>(
    `DELETE FROM tagged WHERE tag_id = ? AND hash IN (${given})`,
  );
  const dropUnused = connection.prepare(
    'DELETE FROM tag WHERE NOT EXISTS (SELECT 1 FROM tagged WHERE tagged.tag_id = tag.tag_id)',
  );
  const tagsOf = connection.prepare<[string], { hash: string; name: string }>(
    `SELECT hash, name FROM tagged JOIN tag USING (tag_id) WHERE hash IN (${given}) ORDER BY key`,
  );
  const tags = connection.prepare<[], { name: string; items: number }>(
    `SELECT tag.name, count(item.item_id) AS items FROM tag
     LEFT JOIN tagged USING (tag_id) LEFT JOIN item USING (hash) GROUP BY tag.tag_id ORDER BY tag.key`,
  );
  const rename = connection.prepare<[string, string, number]>(
    'UPDATE tag SET name = ?, key = ? WHERE tag_id = ?',
  );
  const merge = connection.prepare<[number, number]>(
    `INSERT INTO tagged (tag_id, hash) SELECT ?, hash FROM tagged WHERE tag_id = ? ON CONFLICT DO NOTHING`,
  );
  const drop = connection.prepare<[number]>('DELETE FROM tag WHERE tag_id = ?');
  const hidden = connection
    .prepare<[], ItemId>('SELECT item_id FROM mark JOIN item USING (hash) WHERE hidden = 1')
    .pluck();
  const favourites = connection
    .prepare<[], number>(
      'SELECT count(*) FROM mark JOIN item USING (hash) WHERE favourite = 1 AND hidden = 0',
    )
    .pluck();
  return {
    /** By hash; contents that nothing was decided of are not in it. */
    of: (hashes: readonly string[]): Map<string, MarkRow> =>
      new Map(many.all(JSON.stringify(hashes)).map((row) => [row.hash, row])),
    set(hashes: readonly string[], changes: MarkChange): void {
      const all = JSON.stringify(hashes);
      for (const [column, value] of Object.entries(changes)) change[column]?.run(value, all);
      tidy.run(all);
    },
    /** Tags by content, in the order of the alphabet. */
    tagsOf: (hashes: readonly string[]) => tagsOf.all(JSON.stringify(hashes)),
    /** Every tag and how many items of the library have it. */
    tags: () => tags.all(),
    tagId: (name: string): number | undefined => tag.get(tagKey(name))?.tagId,
    addTag(hashes: readonly string[], name: string): void {
      const tagId = tag.get(tagKey(name))?.tagId ?? addTag.get(tagName(name), tagKey(name))?.tagId;
      if (tagId !== undefined) putTag.run(tagId, JSON.stringify(hashes));
    },
    /** A tag that nothing has any more is gone. */
    removeTag(hashes: readonly string[], name: string): void {
      const tagId = tag.get(tagKey(name))?.tagId;
      if (tagId === undefined) return;
      takeTag.run(tagId, JSON.stringify(hashes));
      dropUnused.run();
    },
    /** Renamed to one that there is already, the two become one. */
    renameTag(tagId: number, name: string): void {
      const other = tag.get(tagKey(name))?.tagId;
      if (other === undefined || other === tagId) rename.run(tagName(name), tagKey(name), tagId);
      else {
        merge.run(other, tagId);
        drop.run(tagId);
      }
    },
    dropTag: (tagId: number): void => void drop.run(tagId),
    /** Items that are not shown unless asked for. */
    hidden: (): ItemId[] => hidden.all(),
    favourites: (): number => favourites.get() ?? 0,
  };
}
