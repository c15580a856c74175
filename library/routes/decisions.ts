// Runs on the engine's thread: the contract's procedures for what a person decides, over an open library's parts.
import type { Decisions } from '../decisions.ts';
import { base } from './base.ts';

/** Spread into the router: `collections`, `decisions`, `albums`, `searches`. */
export function decisionRoutes(decisions: Decisions) {
  return {
    collections: {
      list: base.collections.list.handler(() => decisions.collections()),
      folders: base.collections.folders.handler(({ input }) => decisions.folders(input)),
    },
    decisions: {
      mark: base.decisions.mark.handler(({ input }) => decisions.mark(input)),
      tagsOf: base.decisions.tagsOf.handler(({ input }) => decisions.tagsOf(input.itemIds)),
      renameTag: base.decisions.renameTag.handler(({ input }) =>
        decisions.renameTag(input.name, input.newName),
      ),
      removeTag: base.decisions.removeTag.handler(({ input }) => decisions.removeTag(input.name)),
      state: base.decisions.state.handler(() => decisions.next()),
      undo: base.decisions.undo.handler(() => decisions.undo()),
      redo: base.decisions.redo.handler(() => decisions.redo()),
    },
    albums: {
      create: base.albums.create.handler(({ input }) => decisions.createAlbum(input.name, input.itemIds)),
      rename: base.albums.rename.handler(({ input }) => decisions.renameAlbum(input.albumId, input.name)),
      remove: base.albums.remove.handler(({ input }) => decisions.removeAlbum(input.albumId)),
      put: base.albums.put.handler(({ input }) => decisions.putIntoAlbum(input.albumId, input.itemIds)),
      take: base.albums.take.handler(({ input }) => decisions.takeFromAlbum(input.albumId, input.itemIds)),
    },
    searches: {
      save: base.searches.save.handler(({ input }) => decisions.saveSearch(input.name, input.text)),
      change: base.searches.change.handler(({ input }) => decisions.changeSearch(input)),
      remove: base.searches.remove.handler(({ input }) => decisions.removeSearch(input.searchId)),
    },
  };
}
