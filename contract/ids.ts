// Shared by every face and the engine: ids and units that must not be mixed up.
import { z } from 'zod';

/** A folder of theirs that the library watches. Kept in library.db. */
export const RootId = z.int().positive().brand<'RootId'>();
export type RootId = z.infer<typeof RootId>;

/** One path below a root. Kept in index.db; a rebuilt index gives new ones. */
export const FileId = z.int().positive().brand<'FileId'>();
export type FileId = z.infer<typeof FileId>;

/** One content. Kept in index.db; decisions hang on the content hash instead, which outlives it. */
export const ItemId = z.int().positive().brand<'ItemId'>();
export type ItemId = z.infer<typeof ItemId>;

/** What is searched: a whole picture, a keyframe, a sentence, a piece of recognised text. */
export const MomentId = z.int().positive().brand<'MomentId'>();
export type MomentId = z.infer<typeof MomentId>;

/** Name of a pack: `[a-z0-9][a-z0-9._-]*`, as in its manifest. */
export const PackId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]*$/)
  .brand<'PackId'>();
export type PackId = z.infer<typeof PackId>;

/** An album of a person's own. Kept in library.db. */
export const AlbumId = z.int().positive().brand<'AlbumId'>();
export type AlbumId = z.infer<typeof AlbumId>;

/** A question that is kept under a name. Kept in library.db. */
export const SavedSearchId = z.int().positive().brand<'SavedSearchId'>();
export type SavedSearchId = z.infer<typeof SavedSearchId>;

/** SHA-256 of a file's bytes, 64 lower-case hexadecimal digits. */
export const ContentHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'ContentHash'>();
export type ContentHash = z.infer<typeof ContentHash>;

/** 0 to 1, comparable over kinds, spaces and packs. */
export const Relevance = z.number().min(0).max(1);
export type Relevance = z.infer<typeof Relevance>;
