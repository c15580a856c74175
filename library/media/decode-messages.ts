// Runs nowhere by itself: what the pool and a decode worker say to each other. Types only.
import type { FailureData } from '../../contract/index.ts';
import type { DecodedPicture, DecodeJob, Identity, WantedInput } from './job.ts';

export interface DecodeLimits {
  readonly maxPixels: number;
}

/** Given to a worker at its start. */
export interface WorkerSetup {
  readonly limits: DecodeLimits;
  /** One Int32 shared with the pool: the number of the last job that was given up. */
  readonly givenUp: Int32Array;
}

export type DecodeRequest =
  | { readonly id: number; readonly kind: 'identify'; readonly path: string }
  | { readonly id: number; readonly kind: 'decode'; readonly job: DecodeJob }
  | {
      readonly id: number;
      readonly kind: 'decodeBytes';
      readonly bytes: Uint8Array;
      readonly inputs: readonly WantedInput[];
    }
  | {
      readonly id: number;
      readonly kind: 'render';
      readonly job: {
        readonly path: string;
        readonly mediaType: string;
        readonly edge: number;
        readonly toPath: string;
      };
    };

export type DecodeResult = Identity | DecodedPicture | null;

export type DecodeReply =
  | { readonly id: number; readonly is: 'done'; readonly value: DecodeResult }
  | { readonly id: number; readonly is: 'failed'; readonly failure: FailureData }
  /** The job goes on: a long file is still being read. */
  | { readonly id: number; readonly is: 'alive' };
