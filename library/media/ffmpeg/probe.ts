// Runs wherever a film is opened: what a file of video or sound consists of, as ffprobe tells it.
import { z } from 'zod';
import { collect } from './collect.ts';
import { failureOfStderr } from './run.ts';
import { MAX_FRAME_PIXELS, SAFE_INPUT } from './safety.ts';

/** The picture track that is watched. */
export interface VideoTrack {
  /** Index in the file, as ffmpeg maps it (`0:INDEX`). */
  readonly index: number;
  /** ffmpeg's name: h264, hevc, vp9 … */
  readonly codec: string;
  /** As shown: upright, with square pixels. */
  readonly width: number;
  readonly height: number;
  /** How it is turned for showing, degrees clockwise: 0, 90, 180 or 270. ffmpeg does it by itself when decoding. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** Mean frames per second; null where the file does not say. */
  readonly framesPerSecond: number | null;
  /** PQ or HLG: must be brought to SDR to be shown. */
  readonly hdr: boolean;
}

export interface AudioTrack {
  readonly index: number;
  readonly codec: string;
  readonly channels: number;
  readonly sampleRate: number;
  /** ISO 639-2 as written in the file; null for none or `und`. */
  readonly language: string | null;
  readonly title: string | null;
  readonly isDefault: boolean;
}

export interface SubtitleTrack {
  readonly index: number;
  readonly codec: string;
  readonly language: string | null;
  readonly title: string | null;
  readonly isDefault: boolean;
  readonly isForced: boolean;
  /** False for pictures of text (DVD, Blu-ray), which cannot be read as text. */
  readonly isText: boolean;
}

export interface Chapter {
  readonly startMs: number;
  readonly endMs: number;
  readonly title: string | null;
}

export interface Probe {
  /** ffmpeg's names of the container, e.g. `mov,mp4,m4a,3gp,3g2,mj2`. */
  readonly container: string;
  /** Null where neither the container nor a track says (raw streams). */
  readonly durationMs: number | null;
  /** The track to watch; null for sound, also with cover art. */
  readonly video: VideoTrack | null;
  /** Index of a picture that is no film: cover art. */
  readonly coverIndex: number | null;
  /** The default track first, then as in the file. */
  readonly audio: readonly AudioTrack[];
  readonly subtitles: readonly SubtitleTrack[];
  readonly chapters: readonly Chapter[];
  /** Tags of container and first track, names in lower case: title, artist, album, lyrics, creation_time … */
  readonly tags: Readonly<Record<string, string>>;
}

const MAX_BYTES = 16 * 1024 * 1024;
const TOTAL_MS = 60_000;

const Count = z.coerce.number();
const Tags = z.record(z.string(), z.string()).default({});
const Stream = z.object({
  index: z.int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  sample_aspect_ratio: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  color_transfer: z.string().optional(),
  channels: z.int().optional(),
  sample_rate: Count.optional(),
  duration: Count.optional(),
  nb_frames: Count.optional(),
  disposition: z.record(z.string(), z.number()).default({}),
  tags: Tags,
  side_data_list: z.array(z.looseObject({ rotation: z.number().optional() })).default([]),
});
type Stream = z.infer<typeof Stream>;
const Answer = z.object({
  streams: z.array(Stream).default([]),
  format: z.object({ format_name: z.string(), duration: Count.optional(), tags: Tags }).optional(),
  chapters: z.array(z.object({ start_time: Count, end_time: Count, tags: Tags })).default([]),
});

const SHOW = ['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams', '-show_chapters'];

/**
 * Reads the headers and what follows as far as needed; milliseconds as a rule.
 *
 * @param path - absolute path of a regular file
 * @throws Failure MEDIA_DAMAGED, MEDIA_UNSAFE, MEDIA_TOO_LARGE, MEDIA_TIMED_OUT, FFMPEG_MISSING; AbortError
 */
export async function probe(path: string, signal?: AbortSignal): Promise<Probe> {
  const args = [...SHOW, ...SAFE_INPUT, `file:${path}`];
  const json = await collect('ffprobe', args, MAX_BYTES, { totalMs: TOTAL_MS }, signal);
  const answer = Answer.safeParse(JSON.parse(json.toString('utf8') || '{}'));
  if (!answer.success || answer.data.format === undefined) throw failureOfStderr('it has no tracks');
  return understood(answer.data, answer.data.format);
}

function understood(
  answer: z.infer<typeof Answer>,
  format: NonNullable<z.infer<typeof Answer>['format']>,
): Probe {
  const of = (type: string): Stream[] => answer.streams.filter((stream) => stream.codec_type === type);
  const pictures = of('video').filter((stream) => (stream.width ?? 0) > 0 && (stream.height ?? 0) > 0);
  const isCover = (stream: Stream): boolean =>
    stream.disposition['attached_pic'] === 1 || stream.disposition['timed_thumbnails'] === 1;
  const film = defaultFirst(pictures.filter((stream) => !isCover(stream)))[0];
  const sound = defaultFirst(of('audio').filter((stream) => stream.codec_name !== undefined));
  const seconds = format.duration ?? Math.max(0, ...[film, sound[0]].map((stream) => stream?.duration ?? 0));
  return {
    container: format.format_name,
    durationMs: seconds > 0 ? Math.round(seconds * 1000) : null,
    video: film === undefined ? null : videoTrack(film),
    coverIndex: pictures.find(isCover)?.index ?? null,
    audio: sound.map((stream) => ({
      index: stream.index,
      codec: stream.codec_name ?? 'unknown',
      channels: stream.channels ?? 1,
      sampleRate: stream.sample_rate ?? 0,
      ...naming(stream),
    })),
    subtitles: of('subtitle').map((stream) => ({
      index: stream.index,
      codec: stream.codec_name ?? 'unknown',
      ...naming(stream),
      isForced: stream.disposition['forced'] === 1,
      isText: !/^(dvd_subtitle|dvb_subtitle|hdmv_pgs_subtitle|xsub|dvb_teletext)$/.test(
        stream.codec_name ?? '',
      ),
    })),
    chapters: answer.chapters.map((chapter) => ({
      startMs: Math.round(chapter.start_time * 1000),
      endMs: Math.round(chapter.end_time * 1000),
      title: lowered(chapter.tags)['title'] ?? null,
    })),
    // Ogg keeps its tags on the track, others on the container.
    tags: { ...lowered((film ?? sound[0])?.tags ?? {}), ...lowered(format.tags) },
  };
}

function defaultFirst(streams: readonly Stream[]): Stream[] {
  return streams.toSorted((a, b) => (b.disposition['default'] ?? 0) - (a.disposition['default'] ?? 0));
}

function naming(stream: Stream): Pick<AudioTrack, 'language' | 'title' | 'isDefault'> {
  const tags = lowered(stream.tags);
  const language = tags['language'];
  return {
    language: language === undefined || language === 'und' ? null : language,
    title: tags['title'] ?? null,
    isDefault: stream.disposition['default'] === 1,
  };
}

function lowered(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value]));
}

function videoTrack(stream: Stream): VideoTrack {
  const stored = { width: stream.width ?? 0, height: stream.height ?? 0 };
  if (stored.width * stored.height > MAX_FRAME_PIXELS)
    throw failureOfStderr('exceeds specified max pixel count');
  const [x = 1, y = 1] = (stream.sample_aspect_ratio ?? '1:1').split(':').map(Number);
  // An aspect beyond 8 is a writing error, not a lens.
  const aspect = x > 0 && y > 0 && x / y < 8 && y / x < 8 ? x / y : 1;
  const wide = { width: Math.max(1, Math.round(stored.width * aspect)), height: stored.height };
  const rotation = rotationOf(stream);
  const turned = rotation === 90 || rotation === 270;
  return {
    index: stream.index,
    codec: stream.codec_name ?? 'unknown',
    width: turned ? wide.height : wide.width,
    height: turned ? wide.width : wide.height,
    rotation,
    framesPerSecond: rateOf(stream.avg_frame_rate),
    hdr: stream.color_transfer === 'smpte2084' || stream.color_transfer === 'arib-std-b67',
  };
}

/** The display matrix counts anticlockwise; old files say it clockwise in a tag. */
function rotationOf(stream: Stream): VideoTrack['rotation'] {
  const matrix = stream.side_data_list.find((data) => data.rotation !== undefined)?.rotation;
  const degrees = matrix === undefined ? Number(lowered(stream.tags)['rotate'] ?? 0) : -matrix;
  const upright = ((Math.round(degrees / 90) * 90) % 360) + 360;
  return (upright % 360) as VideoTrack['rotation'];
}

function rateOf(fraction: string | undefined): number | null {
  const [over = 0, under = 0] = (fraction ?? '').split('/').map(Number);
  const rate = over / under;
  return Number.isFinite(rate) && rate > 0 && rate <= 1000 ? rate : null;
}
