// Shared by every face and the engine: where a result begins. Without schemas, as contract/layout.ts.
import type { Relevance } from './ids.ts';

/** At or above it a moment is a result; below it the answer is "nothing matches". */
export const CUT_OFF: Relevance = 0.5;
