// Runs in the page: follows the engine's event iterators for as long as the page lives.
import type { Change, Progress } from '../../contract/upkeep.ts';
import type { EngineConnection } from './connect.ts';

/** A value that changes over time, in the form that React's useSyncExternalStore takes. */
export class Live<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();
  constructor(value: T) {
    this.#value = value;
  }
  readonly get = (): T => this.#value;
  readonly set = (value: T): void => {
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  };
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Calls `handle` for each event. When the stream ends or breaks (a lost link, an engine that restarts)
 * it is asked for again; the connection itself holds the call back until there is a link.
 */
export async function follow<T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  handle: (event: T) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const event of await open(signal)) handle(event);
    } catch {
      // Said in words by the connection's own state.
    }
    await pause(500);
  }
}

export interface LiveHandlers {
  readonly progress: (progress: Progress) => void;
  readonly change: (topic: Change['topic']) => void;
}

/** Follows progress and changes until the returned function is called. */
export function followEngine(connection: EngineConnection, handlers: LiveHandlers): () => void {
  const stop = new AbortController();
  const { indexing } = connection.client;
  void follow((signal) => indexing.progress(undefined, { signal }), handlers.progress, stop.signal);
  const onChange = ({ topic }: Change) => {
    handlers.change(topic);
  };
  void follow((signal) => indexing.changes(undefined, { signal }), onChange, stop.signal);
  return () => {
    stop.abort();
  };
}
