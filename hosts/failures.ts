// Runs in every host: a failure in the form that each side of the contract knows.
import { ORPCError } from '@orpc/client';
import { Failure, FailureData, failureOf } from '../contract/index.ts';

/**
 * Whatever was thrown, by the engine or by a client of the contract, as failure data. Input that the
 * contract refuses becomes INPUT_INVALID with the place and the reason of each issue.
 */
export function failureFrom(error: unknown): FailureData {
  if (!(error instanceof ORPCError)) return failureOf(error);
  const sent = FailureData.safeParse(error.data);
  if (sent.success) return sent.data;
  if (error.cause instanceof Failure) return error.cause.toData();
  if (error.code === 'BAD_REQUEST')
    return {
      code: 'INPUT_INVALID',
      reason: `What was asked for is not in order${sayIssues(error.data)}.`,
      remedy: '',
    };
  return failureOf(error.cause instanceof Error ? error.cause : error);
}

/** Whatever was thrown as the one error of the contract, so that its code crosses a transport unchanged. */
export function contractError(error: unknown): ORPCError<'FAILURE', FailureData> {
  if (error instanceof ORPCError && error.code === 'FAILURE' && error.defined)
    return error as ORPCError<'FAILURE', FailureData>;
  const data = failureFrom(error);
  return new ORPCError('FAILURE', { defined: true, data, message: data.reason, cause: error });
}

function sayIssues(data: unknown): string {
  const issues = (data as { issues?: unknown } | undefined)?.issues;
  if (!Array.isArray(issues) || issues.length === 0) return '';
  const sentences = (issues as { path?: unknown[]; message?: string }[]).map(
    (issue) => `${(issue.path ?? []).map(String).join('.') || 'input'}: ${issue.message ?? 'not valid'}`,
  );
  return ` (${sentences.slice(0, 5).join('; ')})`;
}
