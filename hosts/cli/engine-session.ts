// Runs in the command line: opens the library for one command, and closes it however that ends.
import type { Library } from '../../library/library.ts';
import type { Power, Trash } from '../../library/ports.ts';
import { openEngine } from '../open-engine.ts';
import { clientOf, type EngineClient } from '../rpc.ts';
import type { Call } from './command.ts';

export interface Session {
  readonly library: Library;
  /** The contract, in process. Failures come as contract errors; the exit code is found by their code. */
  readonly client: EngineClient;
}

/**
 * @param options.watch - roots are watched and indexing runs by itself, until the call's signal fires
 * @param options.holder - who is said to have the library
 * @param options.trash - where a person can be asked before anything is moved there
 */
export async function withEngine<T>(
  call: Call,
  work: (session: Session) => Promise<T>,
  options: {
    readonly watch: boolean;
    readonly holder: string;
    readonly trash?: Trash;
    readonly power?: Power;
  } = {
    watch: false,
    holder: 'the command line',
  },
): Promise<T> {
  call.signal.throwIfAborted();
  const engine = await openEngine({ folder: call.library, ...options });
  try {
    call.signal.throwIfAborted();
    return await work({ library: engine.library, client: clientOf(engine.library.router) });
  } finally {
    await engine.close();
  }
}

/** Settles when the person stops the command. */
export const untilStopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
