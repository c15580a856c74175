// Runs in the page: what went wrong, from whatever was thrown, as a code and sentences.
import { ORPCError } from '@orpc/client';
import type { FailureData } from '../../contract/failures.ts';

function isFailureData(data: unknown): data is FailureData {
  return typeof data === 'object' && data !== null && 'code' in data && 'reason' in data && 'remedy' in data;
}

/** Failure data as the engine sent it; anything else becomes INTERNAL with its own message. */
export function failureIn(error: unknown): FailureData {
  if (error instanceof ORPCError && isFailureData(error.data)) return error.data;
  return { code: 'INTERNAL', reason: error instanceof Error ? error.message : String(error), remedy: '' };
}
