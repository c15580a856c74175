// Runs on the engine's thread: what every procedure of the contract stands on. Serves the router and its parts.
import { implement, ORPCError } from '@orpc/server';
import { contract, failureOf } from '../../contract/index.ts';

/** Every failure of ours crosses as the contract's FAILURE with its data; what oRPC throws stays as it is. */
export const base = implement(contract).use(async ({ next }) => {
  try {
    return await next();
  } catch (error) {
    if (error instanceof ORPCError) throw error;
    const data = failureOf(error);
    throw new ORPCError('FAILURE', { defined: true, status: 500, message: data.reason, data, cause: error });
  }
});
