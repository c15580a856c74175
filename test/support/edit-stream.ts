// Runs in tests: an endless, always equal stream of edits on a library, and what is left of it in the tables.
import type { ItemId } from '../../contract/index.ts';
import { MarkRequest } from '../../contract/index.ts';
import type { Database } from '../../library/database/database.ts';
import type { Decisions } from '../../library/decisions.ts';

/** Does the edit of this number: the same on every library that had the ones before. */
export function edit(decisions: Decisions, itemIds: readonly ItemId[], number: number): void {
  const some = itemIds.filter((_, at) => (at * 7 + number) % 5 < 2);
  const albums = decisions.collections().albums;
  const album = albums[number % Math.max(1, albums.length)];
  const tag = `tag ${String(number % 6)}`;
  const kinds: readonly (() => void)[] = [
    () => decisions.createAlbum(`Album ${String(number)}`, some),
    () => decisions.mark(MarkRequest.parse({ itemIds: some, favourite: 'toggle', addTags: [tag] })),
    () => decisions.mark(MarkRequest.parse({ itemIds: some, rating: number % 6 })),
    () => album && decisions.putIntoAlbum(album.albumId, some),
    () => decisions.mark(MarkRequest.parse({ itemIds: some, hidden: number % 2 === 0, removeTags: [tag] })),
    () => album && decisions.takeFromAlbum(album.albumId, some.slice(0, 3)),
    () => decisions.saveSearch(`Search ${String(number)}`, `cat ${String(number)}`),
    () => decisions.undo(),
    () => albums.length > 6 && album && decisions.removeAlbum(album.albumId),
  ];
  kinds[number % kinds.length]?.();
}

/** Everything decided, row by row. */
export function decided(database: Database): string[] {
  return [
    'SELECT hash, favourite, rating, hidden FROM mark ORDER BY hash',
    'SELECT tag.name, hash FROM tagged JOIN tag USING (tag_id) ORDER BY 1, 2',
    'SELECT name FROM tag ORDER BY 1',
    'SELECT album.name, hash FROM album LEFT JOIN album_item USING (album_id) ORDER BY 1, 2',
    'SELECT name, text FROM saved_search ORDER BY 1, 2',
  ].flatMap((sql) =>
    database.index
      .prepare<[], Record<string, unknown>>(sql)
      .all()
      .map((row) => JSON.stringify(row)),
  );
}
