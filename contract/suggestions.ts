// Shared by every face and the engine: what may be suggested while a person types, and what they asked before.
import { z } from 'zod';

/** One thing that the library holds and that can be asked for. */
export const Suggestion = z.object({
  kind: z.enum(['concept', 'camera', 'lens', 'folder', 'year', 'month']),
  /** As the library names it: "Canon EOS R6", "summer", "2019", "2019-07". */
  text: z.string(),
  /** What asks for it in a query: `camera:"canon eos r6"`, `in:summer`, `date:2019`. */
  query: z.string(),
  items: z.int(),
});
export type Suggestion = z.infer<typeof Suggestion>;

/** Queries of before, the newest first; each once. */
export const SearchHistory = z.array(z.string());

export const HistoryEntry = z.object({ text: z.string().trim().min(1).max(1_000) });
