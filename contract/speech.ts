// Shared by every face and the engine: hearing one file, whether it is in the library or not.
import { z } from 'zod';
import { SpokenSource } from './media.ts';

/** What is said, as it becomes known; `done` comes last. */
export const SpokenEvent = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('sentence'),
    /** Null where the source has no times (plain lyrics). */
    startMs: z.number().nullable(),
    endMs: z.number().nullable(),
    text: z.string(),
  }),
  z.object({
    event: z.literal('done'),
    source: SpokenSource,
    language: z.string().nullable(),
    /** Passages that were left out as invented or repeated. */
    dropped: z.int(),
  }),
]);
export type SpokenEvent = z.infer<typeof SpokenEvent>;
