// Shared by every face and the engine: playing what has time: streams, transcript, relevance, waveform, clips.
import { z } from 'zod';
import { ContentHash, ItemId, MomentId, Relevance } from './ids.ts';
import { ItemKind, MomentKind, SpokenSource } from './media.ts';
import { SearchRequest } from './search.ts';

/** One stream of a file, by ffmpeg's names: `h264`, `vp9`, `aac`, `opus`. */
export const MediaStream = z.object({ codec: z.string() });
export type MediaStream = z.infer<typeof MediaStream>;

export const TranscriptLine = z.object({
  momentId: MomentId,
  startMs: z.number(),
  endMs: z.number(),
  text: z.string(),
});
export type TranscriptLine = z.infer<typeof TranscriptLine>;

/** What is said in an item by one source and in one language, in the order of time. */
export const Transcript = z.object({
  /** Names it among the transcripts of its item. */
  transcriptId: z.int(),
  source: SpokenSource,
  /** BCP 47 or ISO 639-2; null where nobody says. */
  language: z.string().nullable(),
  lines: z.array(TranscriptLine),
});
export type Transcript = z.infer<typeof Transcript>;

/**
 * The pictures of a film that show while one moves along its timeline, as tiles of the image `strip`: tile n
 * stands at column n % columns, row floor(n / columns), and shows (n + 0.5) / tiles of the film's length.
 */
export const Strip = z.object({ tiles: z.int().positive(), columns: z.int().positive() });
export type Strip = z.infer<typeof Strip>;

/** All that a player needs of an item before it plays. */
export const Playback = z.object({
  itemId: ItemId,
  hash: ContentHash,
  kind: ItemKind,
  mediaType: z.string(),
  durationMs: z.number().nullable(),
  /** Null: there is none, or it cannot be told. Cover art is no video. */
  video: MediaStream.nullable(),
  audio: MediaStream.nullable(),
  /** A form for browsers lies ready: `full` gives that instead of the file. */
  prepared: z.boolean(),
  keyframes: z.array(z.object({ momentId: MomentId, startMs: z.number() })),
  strip: Strip.nullable(),
  transcripts: z.array(Transcript),
});
export type Playback = z.infer<typeof Playback>;

export const RelevanceRequest = z.object({ itemId: ItemId, request: SearchRequest });

/** How much a moment has to do with a question, also below the cut-off: a point of the timeline. */
export const MomentRelevance = z.object({
  momentId: MomentId,
  kind: MomentKind,
  startMs: z.number(),
  endMs: z.number(),
  relevance: Relevance,
});
export type MomentRelevance = z.infer<typeof MomentRelevance>;

/** Loudest sample of equal pieces of the sound, 0 (silence) to 255. */
export const Waveform = z.object({ peaks: z.array(z.int().min(0).max(255)) });
export type Waveform = z.infer<typeof Waveform>;

/** How far a longer work is; the last event of what writes a file has its `path`. */
export const WorkProgress = z.object({
  /** 0 to 1; null while there is nothing to judge by. */
  share: z.number().min(0).max(1).nullable(),
  remainingMs: z.number().nullable(),
  path: z.string().nullable(),
});
export type WorkProgress = z.infer<typeof WorkProgress>;

export const PrepareRequest = z.object({
  itemId: ItemId,
  /** Codecs that the face plays, by ffmpeg's names: streams in these are copied, all others encoded. */
  plays: z.array(z.string()).max(64),
  /** Copy nothing: what was copied, or the file itself, did not play. */
  encodeAll: z.boolean().default(false),
});
export type PrepareRequest = z.infer<typeof PrepareRequest>;

/** Where to write what a person takes out. Nothing there is overwritten. */
const Destination = z.object({
  itemId: ItemId,
  folder: z.string(),
  /** A watched folder is refused (FOLDER_WATCHED) unless the person said that it is meant. */
  evenIfWatched: z.boolean().default(false),
});

export const ClipRequest = Destination.extend({
  startMs: z.number().min(0),
  endMs: z.number().min(0),
});
export type ClipRequest = z.infer<typeof ClipRequest>;

export const TranscriptFormat = z.enum(['srt', 'vtt', 'txt']);
export type TranscriptFormat = z.infer<typeof TranscriptFormat>;

export const TranscriptRequest = Destination.extend({
  transcriptId: z.int(),
  format: TranscriptFormat,
});
export type TranscriptRequest = z.infer<typeof TranscriptRequest>;

export const Written = z.object({ path: z.string() });
