// Runs on the engine's thread: albums by content hash and saved searches, in library.db.
import type { AlbumId, ItemId, SavedSearchId } from '../../contract/index.ts';
import type { Connection } from './connection.ts';

export interface AlbumRow {
  readonly albumId: AlbumId;
  readonly name: string;
  /** Those that are in the library now and not hidden. */
  readonly items: number;
  /** The newest of them. */
  readonly coverId: ItemId | null;
}

export interface SavedSearchRow {
  readonly searchId: SavedSearchId;
  readonly name: string;
  readonly text: string;
}

export type Albums = ReturnType<typeof createAlbums>;

export function createAlbums(connection: Connection) {
  const shown = `album_item JOIN item USING (hash) LEFT JOIN mark USING (hash)
    WHERE album_item.album_id = album.album_id AND coalesce(mark.hidden, 0) = 0`;
  const all = connection.prepare<[], AlbumRow>(
    `SELECT album_id AS albumId, name, (SELECT count(*) FROM ${shown}) AS items,
       (SELECT item_id FROM ${shown} ORDER BY sort_ms DESC LIMIT 1) AS coverId
     FROM album ORDER BY name COLLATE NOCASE, album_id`,
  );
  const name = connection.prepare<[AlbumId], string>('SELECT name FROM album WHERE album_id = ?').pluck();
  const add = connection.prepare<[string, number], { albumId: AlbumId }>(
    'INSERT INTO album (name, created_ms) VALUES (?, ?) RETURNING album_id AS albumId',
  );
  const rename = connection.prepare<[string, AlbumId]>('UPDATE album SET name = ? WHERE album_id = ?');
  const remove = connection.prepare<[AlbumId]>('DELETE FROM album WHERE album_id = ?');
  const put = connection.prepare<[AlbumId, string]>(
    `INSERT INTO album_item (album_id, hash) SELECT ?, value FROM json_each(?) WHERE true
     ON CONFLICT DO NOTHING`,
  );
  const take = connection.prepare<[AlbumId, string]>(
    'DELETE FROM album_item WHERE album_id = ? AND hash IN (SELECT value FROM json_each(?))',
  );
  const ofHash = connection.prepare<[string], { albumId: AlbumId; name: string }>(
    `SELECT album_id AS albumId, name FROM album_item JOIN album USING (album_id) WHERE hash = ?
     ORDER BY name COLLATE NOCASE`,
  );
  const searches = connection.prepare<[], SavedSearchRow>(
    `SELECT search_id AS searchId, name, text FROM saved_search ORDER BY name COLLATE NOCASE, search_id`,
  );
  const addSearch = connection.prepare<[string, string, number], { searchId: SavedSearchId }>(
    'INSERT INTO saved_search (name, text, created_ms) VALUES (?, ?, ?) RETURNING search_id AS searchId',
  );
  const setSearch = connection.prepare<[string, string, SavedSearchId]>(
    'UPDATE saved_search SET name = ?, text = ? WHERE search_id = ?',
  );
  const removeSearch = connection.prepare<[SavedSearchId]>('DELETE FROM saved_search WHERE search_id = ?');
  return {
    all: (): AlbumRow[] => all.all(),
    name: (albumId: AlbumId): string | undefined => name.get(albumId),
    add(albumName: string, createdMs: number): AlbumId {
      const row = add.get(albumName, createdMs);
      if (row === undefined) throw new Error('album: the insert gave no row');
      return row.albumId;
    },
    rename: (albumId: AlbumId, albumName: string): void => void rename.run(albumName, albumId),
    remove: (albumId: AlbumId): void => void remove.run(albumId),
    put: (albumId: AlbumId, hashes: readonly string[]): void => void put.run(albumId, JSON.stringify(hashes)),
    take: (albumId: AlbumId, hashes: readonly string[]): void =>
      void take.run(albumId, JSON.stringify(hashes)),
    ofHash: (hash: string) => ofHash.all(hash),
    searches: (): SavedSearchRow[] => searches.all(),
    addSearch(searchName: string, text: string, createdMs: number): SavedSearchId {
      const row = addSearch.get(searchName, text, createdMs);
      if (row === undefined) throw new Error('saved_search: the insert gave no row');
      return row.searchId;
    },
    setSearch: (searchId: SavedSearchId, searchName: string, text: string): void =>
      void setSearch.run(searchName, text, searchId),
    removeSearch: (searchId: SavedSearchId): void => void removeSearch.run(searchId),
  };
}
