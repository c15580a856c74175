// Runs on the engine's thread: a film's keyframes with their embeddings, near-duplicates left out. Serves the step keyframes and the tools.
import type { FilmEvent } from '../media/film/film-messages.ts';
import { openFilm } from '../media/film/open-film.ts';
import { keySpacingMs } from '../media/ffmpeg/key-spacing.ts';
import type { VideoTrack } from '../media/ffmpeg/probe.ts';
import { type FilmPlan, planFilm } from '../media/film/plan.ts';
import type { Encoder, PictureEmbedding } from '../ports.ts';

/** A keyframe that is kept. */
export interface Keyframe {
  readonly timeMs: number;
  /** Until where it stands for the film. */
  readonly endMs: number;
  readonly quality: number;
  readonly webp: Uint8Array;
  readonly thumbhash: Uint8Array;
  /** One per encoder, in their order. */
  readonly embeddings: readonly PictureEmbedding[];
}

/** What has been found since the last. */
export interface Found {
  readonly keyframes: readonly Keyframe[];
  /** The last keyframe of before stands until here now: what followed shows nothing new. Null: as it was. */
  readonly lastEndMs: number | null;
  readonly tiles: readonly { readonly number: number; readonly rgb: Uint8Array }[];
  readonly cutsMs: readonly number[];
  /** Everything before is told. */
  readonly untilMs: number;
}

export interface Film {
  readonly path: string;
  /** An animated picture that ffmpeg cannot decode. */
  readonly asPicture?: boolean;
  readonly track: VideoTrack;
  readonly durationMs: number;
}

/** Cosines from which two frames of a film show the same, by how a pack's vectors are made. */
const SAME_SHOT = { concepts: 0.97, 'dual-encoder': 0.955 } as const;
/** Keyframes go to the encoder in groups of so many; what is found reaches the caller as often. */
const GROUP = 8;
const PROGRESS_EVERY_MS = 1_000;

/** How closely to look at a film. Reads some of its packets, decodes nothing. */
export async function planOf(film: Film, signal?: AbortSignal): Promise<FilmPlan> {
  const spacingMs =
    film.asPicture === true
      ? Infinity
      : await keySpacingMs(film.path, film.track.index, film.durationMs, signal);
  return planFilm(film.track, film.durationMs, spacingMs);
}

/**
 * Watches a film once, from `fromMs` on, decoding and encoding at the same time.
 *
 * @param encoders - the first decides what is a near-duplicate; none: nothing is left out
 * @param from.vector - the embedding of the keyframe before `from.ms`, by the first encoder
 * @throws Failure FILE_*, MEDIA_*, MODEL_FAILED, FFMPEG_MISSING; AbortError when cancelled
 */
export async function* findKeyframes(
  film: Film,
  plan: FilmPlan,
  encoders: readonly Encoder[],
  from: { readonly ms: number; readonly vector: Float32Array | null },
  signal?: AbortSignal,
  onWatched?: (untilMs: number) => void,
): AsyncGenerator<Found, void, undefined> {
  let last = from.vector;
  let waiting: Extract<FilmEvent, { is: 'keyframe' }>[] = [];
  let tiles: Found['tiles'][number][] = [];
  let cutsMs: number[] = [];
  let untilMs = from.ms;
  let toldMs = Date.now();

  const gather = async (): Promise<Found> => {
    const group = waiting;
    const embeddings = await Promise.all(
      encoders.map((encoder, i) =>
        encoder.encodePictures(
          group.flatMap(({ inputs }) => inputs[i] ?? []),
          signal,
        ),
      ),
    );
    const keyframes: Keyframe[] = [];
    let lastEndMs: number | null = null;
    for (const [at, { timeMs, endMs, quality, webp, thumbhash, isUnsure }] of group.entries()) {
      const own = embeddings.flatMap((ofEncoder) => ofEncoder[at] ?? []);
      const vector = own[0]?.vector ?? null;
      if (isUnsure && vector !== null && last !== null && cosine(vector, last) >= sameShot(encoders[0])) {
        const before = keyframes.at(-1);
        if (before === undefined) lastEndMs = endMs;
        else keyframes[keyframes.length - 1] = { ...before, endMs };
        continue;
      }
      last = vector;
      keyframes.push({ timeMs, endMs, quality, webp, thumbhash, embeddings: own });
    }
    const found = { keyframes, lastEndMs, tiles, cutsMs, untilMs: group.at(-1)?.endMs ?? untilMs };
    untilMs = found.untilMs;
    waiting = [];
    tiles = [];
    cutsMs = [];
    toldMs = Date.now();
    return found;
  };

  const inputs = encoders.map((encoder) => encoder.imageInput);
  const { path, asPicture = false, track, durationMs } = film;
  const job = { kind: 'watch', path, asPicture, track, plan, inputs, fromMs: from.ms, durationMs } as const;
  for await (const event of openFilm(job, signal)) {
    if (event.is === 'keyframe') waiting.push(event);
    else if (event.is === 'tile') tiles.push(event);
    else if (event.is === 'cut') cutsMs.push(event.timeMs);
    else onWatched?.(event.untilMs);
    const isTime = waiting.length > 0 && Date.now() - toldMs >= PROGRESS_EVERY_MS;
    if (waiting.length >= GROUP || isTime) yield await gather();
  }
  if (waiting.length > 0 || tiles.length > 0 || cutsMs.length > 0) yield await gather();
}

function sameShot(encoder: Encoder | undefined): number {
  return SAME_SHOT[encoder?.space.family ?? 'dual-encoder'];
}

/** Of vectors of unit length. */
function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
