// Runs on the engine's thread: what a person decides about items, written by content hash, each edit one that can
// be taken back.
import {
  type Collections,
  type EditInfo,
  Failure,
  type FolderNode,
  type ItemId,
  type MarkRequest,
  type RootId,
  type TagInfo,
} from '../contract/index.ts';
import { basename } from 'node:path';
import type { Database } from './database/database.ts';

export type Decisions = ReturnType<typeof createDecisions>;

export function createDecisions(options: { database: Database; nowMs: () => number; onChange: () => void }) {
  const { database, nowMs, onChange } = options;
  const { albums, marks, edits } = database;

  const hashesOf = (itemIds: readonly ItemId[]): string[] => database.items.hashes(itemIds);

  const edit = (label: EditInfo, work: () => void): void => {
    if (edits.make(label, work)) onChange();
  };

  const albumName = (albumId: Parameters<typeof albums.name>[0]): string => {
    const name = albums.name(albumId);
    if (name === undefined)
      throw new Failure('ALBUM_UNKNOWN', 'This album is not there any more.', 'Undo may bring it back.');
    return name;
  };

  return {
    mark(request: MarkRequest): void {
      const hashes = hashesOf(request.itemIds);
      if (request.favourite === 'toggle') {
        const marked = marks.of(hashes);
        const all = hashes.every((hash) => marked.get(hash)?.favourite === 1);
        this.mark({ ...request, favourite: !all });
        return;
      }
      edit({ ...labelOf(request), items: hashes.length }, () => {
        const { favourite, rating, hidden } = request;
        marks.set(hashes, {
          ...(favourite === undefined ? {} : { favourite: favourite ? 1 : 0 }),
          ...(rating === undefined ? {} : { rating }),
          ...(hidden === undefined ? {} : { hidden: hidden ? 1 : 0 }),
        });
        for (const name of request.addTags) marks.addTag(hashes, name);
        for (const name of request.removeTags) marks.removeTag(hashes, name);
      });
    },
    tagsOf(itemIds: readonly ItemId[]): TagInfo[] {
      const counts = new Map<string, number>();
      for (const { name } of marks.tagsOf(hashesOf(itemIds))) counts.set(name, (counts.get(name) ?? 0) + 1);
      return [...counts].map(([name, items]) => ({ name, items }));
    },
    renameTag(name: string, newName: string): void {
      const tagId = marks.tagId(name);
      if (tagId === undefined) return;
      edit({ what: 'rename-tag', items: 0, name: newName }, () => marks.renameTag(tagId, newName));
    },
    removeTag(name: string): void {
      const tagId = marks.tagId(name);
      if (tagId === undefined) return;
      edit({ what: 'remove-tag', items: 0, name }, () => marks.dropTag(tagId));
    },
    createAlbum(name: string, itemIds: readonly ItemId[]) {
      const hashes = hashesOf(itemIds);
      let albumId: ReturnType<typeof albums.add> | null = null;
      edit({ what: 'create-album', items: hashes.length, name }, () => {
        albumId = albums.add(name, nowMs());
        albums.put(albumId, hashes);
      });
      const made = albums.all().find((album) => album.albumId === albumId);
      if (made === undefined) throw new Error('album: it was not made');
      return made;
    },
    renameAlbum(albumId: Parameters<typeof albums.name>[0], name: string): void {
      albumName(albumId);
      edit({ what: 'rename-album', items: 0, name }, () => albums.rename(albumId, name));
    },
    removeAlbum(albumId: Parameters<typeof albums.name>[0]): void {
      edit({ what: 'remove-album', items: 0, name: albumName(albumId) }, () => albums.remove(albumId));
    },
    putIntoAlbum(albumId: Parameters<typeof albums.name>[0], itemIds: readonly ItemId[]): void {
      const hashes = hashesOf(itemIds);
      edit({ what: 'add-to-album', items: hashes.length, name: albumName(albumId) }, () =>
        albums.put(albumId, hashes),
      );
    },
    takeFromAlbum(albumId: Parameters<typeof albums.name>[0], itemIds: readonly ItemId[]): void {
      const hashes = hashesOf(itemIds);
      edit({ what: 'take-from-album', items: hashes.length, name: albumName(albumId) }, () =>
        albums.take(albumId, hashes),
      );
    },
    saveSearch(name: string, text: string) {
      const made: SearchId[] = [];
      edit({ what: 'save-search', items: 0, name }, () => {
        made.push(albums.addSearch(name, text, nowMs()));
      });
      const [searchId] = made;
      if (searchId === undefined) throw new Error('saved_search: it was not made');
      return { searchId, name, text };
    },
    changeSearch({ searchId, name, text }: { searchId: SearchId; name: string; text: string }): void {
      edit({ what: 'change-search', items: 0, name }, () => albums.setSearch(searchId, name, text));
    },
    removeSearch(searchId: SearchId): void {
      const name = albums.searches().find((one) => one.searchId === searchId)?.name ?? null;
      edit({ what: 'remove-search', items: 0, name }, () => albums.removeSearch(searchId));
    },
    undo(): EditInfo | null {
      const label = edits.undo();
      if (label !== null) onChange();
      return label;
    },
    redo(): EditInfo | null {
      const label = edits.redo();
      if (label !== null) onChange();
      return label;
    },
    next: () => edits.next(),
    collections(): Collections {
      const kinds = database.collections.kinds();
      return {
        items: kinds.reduce((sum, { items }) => sum + items, 0),
        kinds,
        favourites: marks.favourites(),
        recent: database.collections.recent(nowMs()),
        hidden: marks.hidden().length,
        albums: albums.all(),
        searches: albums.searches(),
        tags: marks.tags(),
      };
    },
    /** The roots themselves, or what lies in a folder of one. */
    folders(below: { rootId: RootId; path: string } | null): FolderNode[] {
      if (below !== null) return database.collections.folders(below.rootId, below.path);
      return database.roots.all().map(({ rootId, path }) => ({
        ...{ rootId, path: '', name: basename(path) || path },
        items: database.files.countOfRoot(rootId),
        hasFolders: database.collections.folders(rootId, '').length > 0,
      }));
    },
  };
}

type SearchId = ReturnType<Database['albums']['addSearch']>;

/** What is told of a change of several things at once is the first of them. */
function labelOf(request: MarkRequest): Pick<EditInfo, 'what' | 'name'> {
  const { favourite, rating, hidden, addTags, removeTags } = request;
  if (favourite !== undefined) return { what: favourite ? 'favourite' : 'unfavourite', name: null };
  if (rating !== undefined)
    return rating === null ? { what: 'unrate', name: null } : { what: 'rate', name: String(rating) };
  if (hidden !== undefined) return { what: hidden ? 'hide' : 'show', name: null };
  if (addTags.length > 0) return { what: 'tag', name: addTags.join(', ') };
  return { what: 'untag', name: removeTags.join(', ') };
}
