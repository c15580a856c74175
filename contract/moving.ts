// Shared by every face and the engine: the library itself moved to another folder or disk.
import { z } from 'zod';
import { FailureData } from './failures.ts';

export const MovePlanRequest = z.object({
  /** Absolute. Empty or not there yet. */
  to: z.string(),
  /** Where `to` holds something already, a folder in it is meant, as people point at a disk and not at a folder. */
  inside: z.boolean().default(false),
});
export type MovePlanRequest = z.infer<typeof MovePlanRequest>;

/** What a move would do. */
export const MovePlan = z.object({
  from: z.string(),
  /** Where the library would lie then; links followed. */
  to: z.string(),
  /** What the library takes now. */
  bytes: z.number(),
  /** Free room that a move needs there: less than `bytes` where both places are on one disk. */
  neededBytes: z.number(),
  freeBytes: z.number(),
});
export type MovePlan = z.infer<typeof MovePlan>;

export const MoveRequest = z.object({
  to: z.string(),
  /** Leaves the old files where they are; they are not used any more. */
  keep: z.boolean().default(false),
});
export type MoveRequest = z.infer<typeof MoveRequest>;

/** A move in hand, or the one that was last ended since the library was opened. */
export const MoveState = z.object({
  /** `moved`: the library is used from its new place. After `stopped` and `failed` it is where it was. */
  state: z.enum(['running', 'moved', 'stopped', 'failed']),
  phase: z.enum(['copying', 'checking', 'switching']),
  from: z.string(),
  to: z.string(),
  doneBytes: z.number(),
  totalBytes: z.number(),
  /** Null while there is nothing to judge by. */
  bytesPerSecond: z.number().nullable(),
  remainingMs: z.number().nullable(),
  /** Since it began. */
  seconds: z.number(),
  failure: FailureData.nullable(),
});
export type MoveState = z.infer<typeof MoveState>;
