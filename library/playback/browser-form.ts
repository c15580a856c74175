// Runs on the engine's thread: how a file is made into one that a browser plays: what is copied, what is encoded.
import type { AudioTrack, Probe, VideoTrack } from '../media/ffmpeg/probe.ts';

/** A container with what a browser wants of it, and the options of ffmpeg that write it. */
export interface BrowserForm {
  readonly extension: 'mp4' | 'webm';
  readonly mediaType: string;
  /** Options of the output, maps included. */
  readonly options: readonly string[];
  /** Some stream is encoded anew: that takes its time. */
  readonly encodes: boolean;
}

/** The tracks that are played; null: there is none. */
export interface Tracks {
  readonly video: Pick<VideoTrack, 'index' | 'codec'> | null;
  readonly audio: Pick<AudioTrack, 'index' | 'codec'> | null;
}

export const tracksOf = ({ video, audio }: Probe): Tracks => ({ video, audio: audio[0] ?? null });

/** Containers that browsers take, with the codecs that they take in them (RFC 6381, the WebM guidelines). */
const CONTAINERS = [
  {
    extension: 'mp4',
    video: ['h264', 'hevc', 'av1', 'vp9'],
    audio: ['aac', 'mp3', 'opus', 'flac'],
    // The index at the beginning, so that playing begins before the end was read.
    options: ['-movflags', '+faststart'],
  },
  { extension: 'webm', video: ['vp8', 'vp9', 'av1'], audio: ['opus', 'vorbis'], options: [] },
] as const;

interface Encoder {
  readonly name: string;
  readonly codec: string;
  readonly options: readonly string[];
}

/** Longest edge 1920 pixels at the most, even sizes, square pixels: for looking at, not for keeping. */
const SHRINK = 'min(1,1920/max(iw*sar,ih))';
const SCALE = `scale='trunc(iw*sar*${SHRINK}/2)*2':'trunc(ih*${SHRINK}/2)*2',setsar=1,format=yuv420p`;

/** The one liked best first; which are there depends on how ffmpeg was built. */
const VIDEO_ENCODERS: readonly Encoder[] = [
  { name: 'libx264', codec: 'h264', options: ['-vf', SCALE, '-preset', 'veryfast', '-crf', '23'] },
  { name: 'h264_videotoolbox', codec: 'h264', options: ['-vf', SCALE, '-b:v', '6M'] },
  { name: 'h264_mf', codec: 'h264', options: ['-vf', SCALE, '-b:v', '6M'] },
  { name: 'libopenh264', codec: 'h264', options: ['-vf', SCALE, '-b:v', '6M'] },
  {
    name: 'libvpx',
    codec: 'vp8',
    options: ['-vf', SCALE, '-deadline', 'realtime', '-cpu-used', '8', '-crf', '12', '-b:v', '5M'],
  },
];
const AUDIO_ENCODERS: readonly Encoder[] = [
  { name: 'aac', codec: 'aac', options: ['-b:a', '160k', '-ac', '2'] },
  { name: 'libopus', codec: 'opus', options: ['-b:a', '128k', '-ac', '2'] },
  { name: 'libvorbis', codec: 'vorbis', options: ['-q:a', '5', '-ac', '2'] },
];

/**
 * @param plays - codecs that the face plays
 * @param encoders - names of the encoders that this ffmpeg has
 * @param encodeAll - copy nothing
 * @returns null where this ffmpeg has no encoder for what would have to be encoded
 */
export function browserForm(
  tracks: Tracks,
  plays: ReadonlySet<string>,
  encoders: ReadonlySet<string>,
  encodeAll: boolean,
): BrowserForm | null {
  const ways = CONTAINERS.flatMap(({ extension, video, audio, options }) => {
    const wayOf = (
      track: Tracks['video'],
      held: readonly string[],
      known: readonly Encoder[],
    ): Way | null => {
      if (track === null) return { cost: 0, options: [] };
      const letter = known === VIDEO_ENCODERS ? 'v' : 'a';
      const map = ['-map', `0:${String(track.index)}`, `-c:${letter}`];
      if (!encodeAll && plays.has(track.codec) && held.includes(track.codec))
        return { cost: 0, options: [...map, 'copy', ...tagOf(track.codec, extension)] };
      const encoder = known.find(
        ({ name, codec }) => held.includes(codec) && plays.has(codec) && encoders.has(name),
      );
      return encoder === undefined
        ? null
        : { cost: letter === 'v' ? 10 : 1, options: [...map, encoder.name, ...encoder.options] };
    };
    const picture = wayOf(tracks.video, video, VIDEO_ENCODERS);
    const sound = wayOf(tracks.audio, audio, AUDIO_ENCODERS);
    if (picture === null || sound === null) return [];
    const cost = picture.cost + sound.cost;
    const form: BrowserForm = {
      extension,
      mediaType: `${tracks.video === null ? 'audio' : 'video'}/${extension}`,
      options: [...picture.options, ...sound.options, '-sn', '-dn', ...options, '-f', extension],
      encodes: cost > 0,
    };
    return [{ cost, form }];
  });
  return ways.sort((a, b) => a.cost - b.cost)[0]?.form ?? null;
}

interface Way {
  readonly cost: number;
  readonly options: readonly string[];
}

/** Apple's players and browsers take HEVC in MP4 only under this tag. */
const tagOf = (codec: string, extension: string): string[] =>
  codec === 'hevc' && extension === 'mp4' ? ['-tag:v', 'hvc1'] : [];
