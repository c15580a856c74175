// Shared by every face and the engine: what is known of files, items and moments.
import { z } from 'zod';
import { AlbumId, ContentHash, FileId, ItemId, MomentId, Relevance, RootId } from './ids.ts';

export const ItemKind = z.enum(['picture', 'video', 'audio']);
export type ItemKind = z.infer<typeof ItemKind>;

export const MomentKind = z.enum(['picture', 'keyframe', 'sentence', 'text']);
export type MomentKind = z.infer<typeof MomentKind>;

/**
 * How sure a date is. `zoned`: the file gives date, time and zone. `local`: date and time without a
 * zone; `utcMs` then reads it as if the zone were UTC. `file`: only the file's own modification time.
 */
export const DateCertainty = z.enum(['zoned', 'local', 'file']);
export type DateCertainty = z.infer<typeof DateCertainty>;

export const Taken = z.object({
  /** Milliseconds since 1970. For `local` the wall clock read as UTC. */
  utcMs: z.number(),
  /** Minutes east of UTC; null where not known. */
  offsetMinutes: z.number().nullable(),
  certainty: DateCertainty,
});
export type Taken = z.infer<typeof Taken>;

/** What the file says of itself. Every field may be absent; null means "the file does not say". */
export const Metadata = z.object({
  taken: Taken.nullable(),
  cameraMake: z.string().nullable(),
  cameraModel: z.string().nullable(),
  lens: z.string().nullable(),
  exposureSeconds: z.number().nullable(),
  fNumber: z.number().nullable(),
  iso: z.number().nullable(),
  focalLengthMm: z.number().nullable(),
  latitude: z.number().min(-90).max(90).nullable(),
  longitude: z.number().min(-180).max(180).nullable(),
  altitudeM: z.number().nullable(),
  /** EXIF orientation 1 to 8. */
  orientation: z.int().min(1).max(8).nullable(),
  title: z.string().nullable(),
  description: z.string().nullable(),
  keywords: z.array(z.string()),
  /** Stars, 0 to 5. */
  rating: z.number().min(0).max(5).nullable(),
  colourProfile: z.string().nullable(),
});
export type Metadata = z.infer<typeof Metadata>;

export const FileState = z.enum(['present', 'away']);
export type FileState = z.infer<typeof FileState>;

export const FileInfo = z.object({
  fileId: FileId,
  rootId: RootId,
  /** Absolute, in the platform's own form. */
  path: z.string(),
  bytes: z.number(),
  modifiedMs: z.number(),
  state: FileState,
  /** `companion`: the RAW beside a JPEG, or a Live Photo's film beside its still; it shares that item. */
  role: z.enum(['primary', 'companion']),
});
export type FileInfo = z.infer<typeof FileInfo>;

/** A rectangle in a picture, each number 0 to 1 of its upright width or height. */
export const Region = z.object({
  label: z.string(),
  relevance: Relevance,
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
export type Region = z.infer<typeof Region>;

/** Who says what a sentence says: a file beside it, a track or tags inside it, or what was heard. */
export const SpokenSource = z.enum(['file', 'track', 'lyrics', 'chapters', 'speech']);
export type SpokenSource = z.infer<typeof SpokenSource>;

/** One way in which all that is said in an item is known. */
export const TranscriptInfo = z.object({
  transcriptId: z.int(),
  source: SpokenSource,
  /** Path of the subtitle file, number of the track, name of the tag, or id of the speech pack. */
  origin: z.string(),
  /** BCP 47 or ISO 639-2; null where nobody says. */
  language: z.string().nullable(),
  /** False while it is being heard. */
  complete: z.boolean(),
  /** Passages that were left out as invented or repeated. */
  dropped: z.int(),
});
export type TranscriptInfo = z.infer<typeof TranscriptInfo>;

/** What is known of the speech in a video or a recording; `reason` says why it is not heard, and what to do. */
export const SpeechState = z.object({
  state: z.enum(['not-installed', 'waiting', 'heard', 'failed']),
  reason: z.string().nullable(),
});
export type SpeechState = z.infer<typeof SpeechState>;

export const MomentInfo = z.object({
  momentId: MomentId,
  kind: MomentKind,
  startMs: z.number().nullable(),
  endMs: z.number().nullable(),
  text: z.string().nullable(),
  /** Of sentences: which of the item's transcripts it is from. */
  transcriptId: z.int().nullable(),
  /** A better transcript says the same at this time: it is kept, but neither searched nor shown first. */
  superseded: z.boolean(),
  regions: z.array(Region),
});
export type MomentInfo = z.infer<typeof MomentInfo>;

/** What a grid cell needs: enough to lay it out and paint it before its preview has come. */
export const ItemCard = z.object({
  itemId: ItemId,
  kind: ItemKind,
  /** Absolute path of the file shown for it. */
  path: z.string(),
  name: z.string(),
  /** Upright size in pixels; null until the item was decoded. */
  width: z.number().nullable(),
  height: z.number().nullable(),
  animated: z.boolean(),
  /** Of videos and sounds; null for pictures and where the file does not say. */
  durationMs: z.number().nullable(),
  /** Base64 of the thumbhash; null until the preview was made. */
  thumbhash: z.string().nullable(),
  hasPreview: z.boolean(),
  taken: Taken.nullable(),
  /** The file is on a root that is away; its preview still shows. */
  away: z.boolean(),
  favourite: z.boolean(),
  /** Stars, 0 to 5: the person's own, else the file's; null where neither says. */
  rating: z.number().min(0).max(5).nullable(),
});
export type ItemCard = z.infer<typeof ItemCard>;

/** A track of sound inside a video or a sound. */
export const AudioTrackInfo = z.object({
  /** Its number in the file, as ffmpeg counts. */
  index: z.int(),
  codec: z.string(),
  channels: z.int(),
  sampleRate: z.number(),
  /** ISO 639-2 as the file says; null where it does not. */
  language: z.string().nullable(),
  title: z.string().nullable(),
  isDefault: z.boolean(),
});

export const SubtitleTrackInfo = z.object({
  index: z.int(),
  codec: z.string(),
  language: z.string().nullable(),
  title: z.string().nullable(),
  isDefault: z.boolean(),
  isForced: z.boolean(),
  /** False for pictures of text. */
  isText: z.boolean(),
});

export const ChapterInfo = z.object({ startMs: z.number(), endMs: z.number(), title: z.string().nullable() });

/** What a video or a sound consists of. */
export const Recording = z.object({
  /** Null where the file does not say. */
  durationMs: z.number().nullable(),
  /** ffmpeg's names of the container. */
  container: z.string(),
  /** Null for sound. */
  videoCodec: z.string().nullable(),
  framesPerSecond: z.number().nullable(),
  /** Degrees clockwise by which it is turned for showing; width and height are upright already. */
  rotation: z.number(),
  hdr: z.boolean(),
  audio: z.array(AudioTrackInfo),
  subtitles: z.array(SubtitleTrackInfo),
  chapters: z.array(ChapterInfo),
});
export type Recording = z.infer<typeof Recording>;

export const StepInfo = z.object({
  step: z.string(),
  state: z.enum(['waiting', 'done', 'failed', 'skipped']),
  version: z.int(),
  code: z.string().nullable(),
  reason: z.string().nullable(),
});
export type StepInfo = z.infer<typeof StepInfo>;

/** All that is known of an item: what `show` prints and the viewer's panel lists. */
export const ItemDetails = ItemCard.extend({
  hash: ContentHash,
  /** MIME type by content, not by name. */
  mediaType: z.string(),
  bytes: z.number(),
  /** `rating` here is the file's own. */
  metadata: Metadata,
  /** What the person decided, beside favourite and rating. */
  hidden: z.boolean(),
  tags: z.array(z.string()),
  albums: z.array(z.object({ albumId: AlbumId, name: z.string() })),
  files: z.array(FileInfo),
  /** Null for pictures. */
  recording: Recording.nullable(),
  moments: z.array(MomentInfo),
  transcripts: z.array(TranscriptInfo),
  /** Null for pictures. */
  speech: SpeechState.nullable(),
  steps: z.array(StepInfo),
  /** Concepts seen by the active pack at or above the cut-off, best first; empty for packs without. */
  concepts: z.array(z.object({ label: z.string(), relevance: Relevance })),
});
export type ItemDetails = z.infer<typeof ItemDetails>;
