// Shared by every face and the engine: packs that can be had over the network, and how far a download is.
import { z } from 'zod';
import { FailureData } from './failures.ts';
import { PackId } from './ids.ts';
import { PackInfo } from './upkeep.ts';

/** A download in hand, or one that was left off and can be gone on with. */
export const PackDownload = z.object({
  packId: PackId,
  /** `stopped`: by the person or by the app's end; what has arrived is kept, as it is after `failed`. */
  state: z.enum(['running', 'stopped', 'failed']),
  doneBytes: z.number(),
  totalBytes: z.number(),
  /** Null while there is nothing to judge by. */
  bytesPerSecond: z.number().nullable(),
  remainingMs: z.number().nullable(),
  failure: FailureData.nullable(),
});
export type PackDownload = z.infer<typeof PackDownload>;

/** A pack that the app knows how to get. All that consent needs to know is here. */
export const PackOffer = PackInfo.pick({
  packId: true,
  name: true,
  version: true,
  family: true,
  languages: true,
  license: true,
}).extend({
  bytes: z.number(),
  /** Where it comes from, for reading about it. */
  source: z.string(),
  /** Every host that may be asked, redirects included; a mirror that was set stands first. */
  hosts: z.array(z.string()),
  /** False: nobody has yet compared the listed digests with a download; the first one does. */
  verified: z.boolean(),
  /** Version at hand; null when it is not installed. */
  installed: z.string().nullable(),
  /** The best of its family that fits this machine. */
  recommended: z.boolean(),
  needsMemoryBytes: z.number(),
  memoryBytes: z.number(),
  /** Free on the disk of the library. */
  freeBytes: z.number(),
});
export type PackOffer = z.infer<typeof PackOffer>;

/** What a pack costs here; null where it cannot be said before it is installed. */
export const PackCost = z.object({ secondsPerThousand: z.number().nullable() });
export type PackCost = z.infer<typeof PackCost>;
