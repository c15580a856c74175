// Runs nowhere by itself: what is asked of a film worker and what it answers. Types only.
import type { FailureData } from '../../../contract/index.ts';
import type { EncoderInput, ImageInput } from '../../ports.ts';
import type { VideoTrack } from '../ffmpeg/probe.ts';
import type { FilmPlan } from './plan.ts';

interface FilmOf {
  readonly path: string;
  /** An animated picture that ffmpeg cannot decode: its frames are read by libvips. */
  readonly asPicture?: boolean;
  readonly track: VideoTrack;
  readonly plan: FilmPlan;
  /** One encoder input is made of every keyframe for each of these. */
  readonly inputs: readonly ImageInput[];
}

export type FilmJob =
  /** Looks for keyframes from `fromMs` to the end. */
  | (FilmOf & { readonly kind: 'watch'; readonly fromMs: number; readonly durationMs: number })
  /** Decodes the frames at these times again, in their order. */
  | (FilmOf & { readonly kind: 'frames'; readonly timesMs: readonly number[] })
  /** Lays tiles side by side, ten in a row, and writes them as WebP. */
  | {
      readonly kind: 'sheet';
      readonly tiles: readonly { readonly number: number; readonly rgb: Uint8Array }[];
      readonly plan: FilmPlan;
      readonly toPath: string;
    };

export interface Candidate {
  readonly is: 'keyframe';
  readonly timeMs: number;
  readonly endMs: number;
  readonly isUnsure: boolean;
  readonly quality: number;
  /** Its small picture and thumbhash; of a `frames` job: empty. */
  readonly webp: Uint8Array;
  readonly thumbhash: Uint8Array;
  /** In the order of the job's. */
  readonly inputs: readonly EncoderInput[];
}

export type FilmEvent =
  | Candidate
  | { readonly is: 'tile'; readonly number: number; readonly rgb: Uint8Array }
  /** Watched until here; everything before has been told. */
  | { readonly is: 'progress'; readonly untilMs: number; readonly frames: number }
  | { readonly is: 'cut'; readonly timeMs: number };

export type FilmMessage =
  { readonly event: FilmEvent } | { readonly done: true } | { readonly failure: FailureData };

/** What the worker is told while it works: that so many keyframes have been taken, or to end. */
export type FilmOrder = { readonly taken: number } | { readonly end: true };
