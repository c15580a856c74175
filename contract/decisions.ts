// Shared by every face and the engine: what a person decides about items, and the collections that come of it.
import { z } from 'zod';
import { AlbumId, ItemId, RootId, SavedSearchId } from './ids.ts';
import { ItemKind } from './media.ts';

/** More at once are more than any library of a person holds; it bounds one message. */
const MOST_ITEMS = 1_000_000;

export const ItemIds = z.array(ItemId).max(MOST_ITEMS);

const Name = z.string().trim().min(1).max(200);

/** What to decide about items; what is left out stays as it is. */
export const MarkRequest = z.object({
  itemIds: ItemIds,
  /** `toggle`: no favourites where all of them are, else favourites. */
  favourite: z.union([z.boolean(), z.literal('toggle')]).optional(),
  /** Stars, 0 to 5; null: the file's own stand again. */
  rating: z.int().min(0).max(5).nullable().optional(),
  hidden: z.boolean().optional(),
  addTags: z.array(Name).max(100).default([]),
  removeTags: z.array(Name).max(100).default([]),
});
export type MarkRequest = z.infer<typeof MarkRequest>;
export type MarkInput = z.input<typeof MarkRequest>;

/** An edit as it is told: "3 items added to Lisbon". Every edit of decisions can be taken back. */
export const EditInfo = z.object({
  what: z.enum([
    'favourite',
    'unfavourite',
    'rate',
    'unrate',
    'hide',
    'show',
    'tag',
    'untag',
    'rename-tag',
    'remove-tag',
    'create-album',
    'rename-album',
    'remove-album',
    'add-to-album',
    'take-from-album',
    'save-search',
    'change-search',
    'remove-search',
  ]),
  /** How many items it concerned. */
  items: z.int(),
  /** Stars, or the name of the tag, album or search; null where there is none. */
  name: z.string().nullable(),
});
export type EditInfo = z.infer<typeof EditInfo>;

/** What can be taken back and done again now. */
export const EditState = z.object({ undo: EditInfo.nullable(), redo: EditInfo.nullable() });
export type EditState = z.infer<typeof EditState>;

export const AlbumInfo = z.object({
  albumId: AlbumId,
  name: z.string(),
  /** Items that are in the library now and are not hidden. */
  items: z.int(),
  coverId: ItemId.nullable(),
});
export type AlbumInfo = z.infer<typeof AlbumInfo>;

export const AlbumRequest = z.object({ albumId: AlbumId, itemIds: ItemIds });
export const AlbumName = z.object({ albumId: AlbumId, name: Name });
export const NewAlbum = z.object({ name: Name, itemIds: ItemIds.default([]) });

/** A saved search ("smart album"): asked anew each time it is looked at, so it fills itself. */
export const SavedSearch = z.object({
  searchId: SavedSearchId,
  name: Name,
  /** As it would be typed, filters and all. */
  text: z.string().trim().min(1).max(10_000),
});
export type SavedSearch = z.infer<typeof SavedSearch>;
export const NewSearch = SavedSearch.omit({ searchId: true });

export const TagInfo = z.object({ name: z.string(), items: z.int() });
export type TagInfo = z.infer<typeof TagInfo>;
export const TagRename = z.object({ name: Name, newName: Name });

/** All that a side bar lists, with how many items there are in each. */
export const Collections = z.object({
  items: z.int(),
  kinds: z.array(z.object({ kind: ItemKind, items: z.int() })),
  favourites: z.int(),
  /** Came into the library within the last 30 days. */
  recent: z.int(),
  hidden: z.int(),
  albums: z.array(AlbumInfo),
  searches: z.array(SavedSearch),
  tags: z.array(TagInfo),
});
export type Collections = z.infer<typeof Collections>;

/** A folder below a root, with what lies in it and below it. */
export const FolderNode = z.object({
  rootId: RootId,
  /** Below the root, '/' between its parts; '' is the root itself. */
  path: z.string(),
  name: z.string(),
  items: z.int(),
  hasFolders: z.boolean(),
});
export type FolderNode = z.infer<typeof FolderNode>;

/** The collection that a search is held within; without one: the whole library. Hidden items are in `hidden` only. */
export const Scope = z.discriminatedUnion('in', [
  z.object({ in: z.literal('favourites') }),
  z.object({ in: z.literal('recent') }),
  z.object({ in: z.literal('hidden') }),
  z.object({ in: z.literal('album'), albumId: AlbumId }),
  z.object({ in: z.literal('tag'), name: z.string() }),
  z.object({ in: z.literal('kind'), kind: ItemKind }),
  z.object({ in: z.literal('folder'), rootId: RootId, path: z.string() }),
]);
export type Scope = z.infer<typeof Scope>;
