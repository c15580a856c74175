// Runs in the page: what a person decides, as orders to the engine; what was done is told, with the way back.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AlbumInfo, EditInfo, MarkInput, SavedSearch, Scope } from '../../contract/decisions.ts';
import type { AlbumId, ItemId, RootId } from '../../contract/ids.ts';
import { useEngine } from './engine.ts';

export function useCollections() {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['collections'],
    queryFn: ({ signal }) => client.collections.list(undefined, { signal }),
  });
}

/** Folders right below one, or the roots. @param enabled - false while it is closed */
export function useFolderNodes(below: { rootId: RootId; path: string } | null, enabled: boolean) {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['collections', 'folders', below?.rootId ?? 0, below?.path ?? ''],
    queryFn: ({ signal }) => client.collections.folders(below, { signal }),
    enabled,
  });
}

/** Every id that a question finds, however many pages it has. */
export function useEveryId() {
  const { client } = useEngine();
  return async (text: string, scope: Scope | null): Promise<ItemId[]> => {
    const found: ItemId[] = [];
    for (;;) {
      const page = await client.search.find({ text, scope, limit: 5_000, offset: found.length });
      found.push(...page.results.map(({ itemId }) => itemId));
      if (page.results.length === 0 || found.length >= page.total) return found;
    }
  };
}

export type Order =
  | { readonly do: 'mark'; readonly request: MarkInput }
  | { readonly do: 'create-album'; readonly name: string; readonly itemIds: ItemId[] }
  | { readonly do: 'rename-album'; readonly albumId: AlbumId; readonly name: string }
  | { readonly do: 'remove-album'; readonly albumId: AlbumId }
  | { readonly do: 'put'; readonly albumId: AlbumId; readonly itemIds: ItemId[] }
  | { readonly do: 'take'; readonly albumId: AlbumId; readonly itemIds: ItemId[] }
  | { readonly do: 'save-search'; readonly name: string; readonly text: string }
  | { readonly do: 'change-search'; readonly search: SavedSearch }
  | { readonly do: 'remove-search'; readonly searchId: SavedSearch['searchId'] }
  | { readonly do: 'rename-tag'; readonly name: string; readonly newName: string }
  | { readonly do: 'remove-tag'; readonly name: string };

/**
 * Carries out an order. What it touches is asked for again by itself, through the engine's changes.
 *
 * @param onDone - with what can be taken back now; null when nothing changed
 */
export function useDecide(onDone: (edit: EditInfo | null) => void) {
  const { client } = useEngine();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (order: Order): Promise<AlbumInfo | null> => {
      switch (order.do) {
        case 'mark':
          await client.decisions.mark(order.request);
          return null;
        case 'create-album':
          return client.albums.create({ name: order.name, itemIds: order.itemIds });
        case 'rename-album':
          await client.albums.rename(order);
          return null;
        case 'remove-album':
          await client.albums.remove(order);
          return null;
        case 'put':
          await client.albums.put(order);
          return null;
        case 'take':
          await client.albums.take(order);
          return null;
        case 'save-search':
          await client.searches.save(order);
          return null;
        case 'change-search':
          await client.searches.change(order.search);
          return null;
        case 'remove-search':
          await client.searches.remove(order);
          return null;
        case 'rename-tag':
          await client.decisions.renameTag(order);
          return null;
        case 'remove-tag':
          await client.decisions.removeTag(order);
          return null;
      }
    },
    onSuccess: async () => {
      // The engine tells of it, too, but at a pace made for indexing.
      for (const key of ['collections', 'find', 'timeline', 'item'])
        void cache.invalidateQueries({ queryKey: [key] });
      const state = await client.decisions.state();
      cache.setQueryData(['edits'], state);
      onDone(state.undo);
    },
  });
}

/** What can be taken back, and done again. */
export function useNextEdits() {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['edits'],
    queryFn: ({ signal }) => client.decisions.state(undefined, { signal }),
  });
}

/** Takes the last edit back, or does it again. */
export function useUndo(onDone: (edit: EditInfo | null, again: boolean) => void) {
  const { client } = useEngine();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (again: boolean) => (again ? client.decisions.redo() : client.decisions.undo()),
    onSuccess: (edit, again) => onDone(edit, again),
    onSettled: () => cache.invalidateQueries({ queryKey: ['edits'] }),
  });
}

/** Tags that some of the items have, and how many of them. */
export function useTagsOf(itemIds: ItemId[]) {
  const { client } = useEngine();
  return useQuery({
    queryKey: ['item', 'tags', itemIds],
    queryFn: ({ signal }) => client.decisions.tagsOf({ itemIds }, { signal }),
    placeholderData: keepPreviousData,
  });
}
