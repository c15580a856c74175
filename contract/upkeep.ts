// Shared by every face and the engine: roots, indexing, packs and the state of the library.
import { z } from 'zod';
import { FailureCode } from './failures.ts';
import { PackId, RootId } from './ids.ts';

export const RootInfo = z.object({
  rootId: RootId,
  path: z.string(),
  state: z.enum(['present', 'away']),
  files: z.int(),
  addedMs: z.number(),
});
export type RootInfo = z.infer<typeof RootInfo>;

/** What a pass over the roots found. */
export const ChangeCounts = z.object({
  added: z.int(),
  changed: z.int(),
  removed: z.int(),
  moved: z.int(),
  unchanged: z.int(),
});
export type ChangeCounts = z.infer<typeof ChangeCounts>;

export const Progress = z.object({
  phase: z.enum(['idle', 'discovering', 'reading', 'encoding', 'paused']),
  /** Steps done and in all since the queue was last empty. */
  done: z.int(),
  total: z.int(),
  /** Beside `done`: the parts that are done of films and recordings in work, each 0 to 1, together. */
  within: z.number(),
  /** Items that can be seen already, and all. */
  rate: z.number(),
  /** Null while there is nothing to judge by. */
  remainingMs: z.number().nullable(),
  errors: z.int(),
  /** While a new pack's space is being filled beside the active one. */
  filling: z.object({ packId: PackId, done: z.int(), total: z.int() }).nullable(),
  /** Why it rests, while it does. */
  pausedFor: z.enum(['person', 'battery', 'move']).nullable(),
});
export type Progress = z.infer<typeof Progress>;

/** Something that faces may show changed; they ask again for what they show. */
export const Change = z.object({ topic: z.enum(['items', 'roots', 'packs', 'errors', 'decisions']) });
export type Change = z.infer<typeof Change>;

export const ErrorRow = z.object({
  path: z.string(),
  step: z.string(),
  code: FailureCode,
  reason: z.string(),
  remedy: z.string(),
});
export type ErrorRow = z.infer<typeof ErrorRow>;

export const Status = z.object({
  library: z.string(),
  items: z.int(),
  moments: z.int(),
  files: z.int(),
  queue: z.int(),
  errors: z.int(),
  pack: z.string(),
  /** The speech pack that hears, or null: speech is not installed. */
  speechPack: z.string().nullable(),
  bytes: z.object({
    index: z.number(),
    previews: z.number(),
    library: z.number(),
    packs: z.number(),
    logs: z.number(),
  }),
});
export type Status = z.infer<typeof Status>;

export const DoctorRow = z.object({
  what: z.string(),
  ok: z.boolean(),
  detail: z.string(),
});
export type DoctorRow = z.infer<typeof DoctorRow>;

export const PackInfo = z.object({
  packId: PackId,
  name: z.string(),
  version: z.string(),
  family: z.enum(['concepts', 'dual-encoder', 'speech']),
  languages: z.array(z.string()),
  license: z.string(),
  bytes: z.number(),
  builtIn: z.boolean(),
  /** The pack that answers searches. */
  active: z.boolean(),
  /** Set while its space is being filled before it becomes the active one. */
  filling: z.object({ done: z.int(), total: z.int() }).nullable(),
  /** What it can and cannot do, in a line. */
  summary: z.string(),
});
export type PackInfo = z.infer<typeof PackInfo>;

export const PackVerification = z.object({
  packId: PackId,
  ok: z.boolean(),
  files: z.array(z.object({ path: z.string(), ok: z.boolean(), detail: z.string() })),
});
export type PackVerification = z.infer<typeof PackVerification>;

export const FolderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  folders: z.array(z.object({ name: z.string(), path: z.string() })),
  /** Places a person is likely to mean: home, Pictures, Videos, mounted drives. */
  places: z.array(z.object({ name: z.string(), path: z.string() })),
});
export type FolderListing = z.infer<typeof FolderListing>;

/** Folders to begin with: where the platform keeps pictures and films. */
export const SuggestedFolder = z.object({
  path: z.string(),
  /** As people write it: `~/Pictures`. */
  shown: z.string(),
  /** Files with the name of a picture, a film or a sound, as far as a short look went. */
  media: z.int(),
  /** There are more: the look ended before the folder did. */
  more: z.boolean(),
});
export type SuggestedFolder = z.infer<typeof SuggestedFolder>;

export const Settings = z.object({
  /** Patterns of names and paths that are not looked at, beside the built-in rules (gitignore form). */
  ignore: z.array(z.string()),
  /** How much of the machine indexing may use: all, about half, or a fifth of the time. */
  effort: z.enum(['full', 'half', 'quiet']),
  /** Indexing rests while the machine runs on its battery. */
  pauseOnBattery: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;
/** What is left out stays as it is. */
export const SettingsChange = Settings.partial();
export type SettingsChange = z.infer<typeof SettingsChange>;
