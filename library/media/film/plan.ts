// Runs wherever a film is watched: how closely it is looked at, by its length and by how it was written. Pure.
import type { FrameWants } from '../ffmpeg/frames.ts';
import { stripOf } from '../../../contract/strip.ts';
import type { VideoTrack } from '../ffmpeg/probe.ts';

/** How one film is to be watched. */
export interface FilmPlan {
  readonly decode: FrameWants['decode'];
  /** At least so long between two frames that are looked at. */
  readonly leastGapMs: number;
  /** A shot that lasts longer gets another keyframe. */
  readonly gapMs: number;
  /** Shorter shots get no keyframe. */
  readonly leastShotMs: number;
  /** Of every frame: shortest edge 512, as for pictures (docs/decisions/0010-pixels-for-encoders.md). */
  readonly width: number;
  readonly height: number;
  /** Small pictures for scrubbing: how many, how many in a row, and their size. */
  readonly tiles: number;
  readonly columns: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

const SHORTEST_EDGE = 512;
/** A panorama's or a banner's longer edge. */
const LONGEST_EDGE = 2048;
/** Key pictures that stand closer than this see every shot of three seconds. */
const KEYS_SUFFICE_MS = 2_500;
/** Films up to this length are decoded whole, whatever is in them: it takes seconds. */
const DECODED_WHOLE_MS = 20_000;
const LONG_FILM_MS = 20 * 60_000;
const TILE_EDGE = 160;

/** Ten seconds get one in 3 s, ten minutes one in 8 s, two hours one in 15 s, beside those of the shots. */
export function gapFor(durationMs: number): number {
  return Math.round(Math.min(30_000, 3_000 * Math.max(0.5, durationMs / 10_000) ** 0.25));
}

export function planFilm(track: VideoTrack, durationMs: number, keySpacingMs: number): FilmPlan {
  const decode =
    durationMs <= DECODED_WHOLE_MS
      ? 'all'
      : keySpacingMs <= KEYS_SUFFICE_MS
        ? 'key'
        : hasBidirectional(track.codec)
          ? 'reference'
          : 'all';
  const scale = Math.min(
    1,
    SHORTEST_EDGE / Math.min(track.width, track.height),
    LONGEST_EDGE / Math.max(track.width, track.height),
  );
  const tile = TILE_EDGE / Math.max(track.width, track.height);
  return {
    decode,
    leastGapMs: decode === 'key' ? 400 : 240,
    gapMs: gapFor(durationMs),
    leastShotMs: durationMs >= LONG_FILM_MS ? 2_000 : 500,
    width: Math.max(2, Math.round(track.width * scale)),
    height: Math.max(2, Math.round(track.height * scale)),
    ...stripOf(durationMs),
    tileWidth: Math.max(2, Math.round(track.width * tile)),
    tileHeight: Math.max(2, Math.round(track.height * tile)),
  };
}

/** Codecs whose pictures may be built on later ones; nothing is built on those in turn, so they can be left out. */
function hasBidirectional(codec: string): boolean {
  return ['h264', 'hevc', 'mpeg2video', 'mpeg4', 'vc1', 'wmv3', 'mpeg1video'].includes(codec);
}
