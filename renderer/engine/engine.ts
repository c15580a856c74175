// Runs in the page: what every component gets of the engine, through React's context.
import { createContext, use, useSyncExternalStore } from 'react';
import type { ContractClient } from '../../contract/contract.ts';
import type { Progress } from '../../contract/upkeep.ts';
import type { ConnectionState, EngineConnection } from './connect.ts';
import type { Live } from './live.ts';
import type { MediaUrl } from './media-url.ts';

export interface Engine {
  readonly connection: EngineConnection;
  readonly client: ContractClient;
  readonly media: MediaUrl;
  /** Null until the engine has said something. */
  readonly progress: Live<Progress | null>;
}

export const EngineContext = createContext<Engine | null>(null);

export function useEngine(): Engine {
  const engine = use(EngineContext);
  if (!engine) throw new Error('No engine above this component.');
  return engine;
}

export function useLive<T>(live: Live<T>): T {
  return useSyncExternalStore(live.subscribe, live.get);
}

export function useConnection(): ConnectionState {
  const { connection } = useEngine();
  return useSyncExternalStore(connection.subscribe, connection.state);
}

export function useProgress(): Progress | null {
  return useLive(useEngine().progress);
}
