// Runs in hosts that stay: keeps an engine open where its library lies, also after the library was moved.
import { openEngine, type Engine, type EngineOptions } from './open-engine.ts';

export interface KeptEngine {
  /** As it was opened first. */
  readonly library: Engine['library'];
  /** Rejects when a library that was moved cannot be opened at its new place; else it never settles. */
  readonly lost: Promise<never>;
  close(): Promise<void>;
}

/**
 * @param onExchange - told null when the library is about to be closed for its new place, and the new one when it is open
 * @throws as openEngine
 */
export async function keepEngine(
  options: Omit<EngineOptions, 'onMoved'>,
  onExchange: (library: Engine['library'] | null) => void,
): Promise<KeptEngine> {
  const { promise: lost, reject } = Promise.withResolvers<never>();
  // Whoever waits for it hears of it; nobody has to.
  lost.catch(() => undefined);
  let engine: Engine | null = null;
  let exchanging: Promise<void> = Promise.resolve();
  let closed = false;

  const open = (): Promise<Engine> =>
    openEngine({
      ...options,
      onMoved() {
        exchanging = exchange().catch(reject);
      },
    });
  const closeNow = async (): Promise<void> => {
    const now = engine;
    engine = null;
    await now?.close();
  };
  const exchange = async (): Promise<void> => {
    onExchange(null);
    await closeNow();
    if (closed) return;
    engine = await open();
    onExchange(engine.library);
  };

  const first = await open();
  engine = first;
  return {
    library: first.library,
    lost,
    async close() {
      closed = true;
      await exchanging;
      await closeNow();
    },
  };
}
