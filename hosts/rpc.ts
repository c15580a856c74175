// Runs in every host: the engine's router as a client in process, and its failures on every transport.
import { createRouterClient, type RouterClient } from '@orpc/server';
import type { Library } from '../library/library.ts';
import { contractError } from './failures.ts';

/** Options of every RPC handler: whatever a procedure throws crosses as the contract's own error. */
export const contractErrors = {
  clientInterceptors: [
    async <T>({ next }: { next: () => Promise<T> }): Promise<T> => {
      try {
        return await next();
      } catch (error) {
        throw contractError(error);
      }
    },
  ],
};

export type EngineClient = RouterClient<Library['router']>;

/** Calls the engine without a transport in between. */
export const clientOf = (router: Library['router']): EngineClient =>
  createRouterClient(router, { context: {} });
