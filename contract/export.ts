// Shared by every face and the engine: items that leave the library, as copies or to the system's trash.
import { z } from 'zod';
import { ItemIds } from './decisions.ts';

export const ExportRequest = z.object({
  itemIds: ItemIds,
  /** An existing folder of theirs, absolute. Nothing in it is overwritten. */
  folder: z.string(),
  /** Copies of the files, one ZIP of them, or what is known of the items as a table. */
  form: z.enum(['copies', 'zip', 'json', 'csv']),
});
export type ExportRequest = z.infer<typeof ExportRequest>;
export type ExportForm = ExportRequest['form'];

export const ExportProgress = z.object({
  done: z.int(),
  total: z.int(),
  bytes: z.number(),
  /** What could not be taken along, and why. */
  missed: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** Set at the end: what was made; the folder itself where there are several files. */
  path: z.string().nullable(),
});
export type ExportProgress = z.infer<typeof ExportProgress>;

/** What lies behind items on the disk: the files that trashing them would take. */
export const TrashPlan = z.object({ items: z.int(), files: z.int(), bytes: z.number() });
export type TrashPlan = z.infer<typeof TrashPlan>;

export const TrashAnswer = z.object({
  trashed: z.int(),
  failed: z.array(z.object({ path: z.string(), reason: z.string() })),
});
export type TrashAnswer = z.infer<typeof TrashAnswer>;
