// Runs on the answering thread: what a pack that is not here yet would cost on this machine, measured.
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Work } from '../packs/catalogue.ts';
import { forbidTelemetry } from './no-telemetry.ts';

/** What the measuring thread is given. `stop` is shared: 1 asks it to end after the run in hand. */
export interface CostOrder {
  readonly work: Work;
  readonly threads: number;
  readonly stop: Int32Array<SharedArrayBuffer>;
}

export interface CostMeter {
  /**
   * Seconds that the image model takes for a thousand pictures: one layer of the transformer with the pack's own
   * sizes and random weights is run on this machine, over and over for about a second, and counted as often as
   * the model has layers. Decoding is not in it. Measured once per start, off the answering thread, and one after
   * another: two at once would slow each other.
   *
   * @throws AbortError when the meter is closed before there is a number
   */
  measure(work: Work): Promise<number>;
  /** Ends when no model runs any more. */
  close(): Promise<void>;
}

const closed = (): DOMException => new DOMException('The measuring was ended.', 'AbortError');

export function createCostMeter(): CostMeter {
  const measured = new Map<string, Promise<number>>();
  const stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let last: Promise<unknown> = Promise.resolve();
  let running: Worker | null = null;
  /** A number that nobody waits for any more keeps no process. */
  const onStart = (worker: Worker): void => {
    running = worker;
    worker.unref();
  };
  return {
    measure(work) {
      const key = JSON.stringify(work);
      const known = measured.get(key);
      if (known !== undefined) return known;
      const promise = last.then(() => inWorker(work, stop, onStart));
      last = promise.catch(() => undefined);
      measured.set(key, promise);
      promise.catch(() => measured.delete(key));
      return promise;
    },
    async close() {
      // A thread that is ended from outside amid a run makes the runtime abort the whole process.
      Atomics.store(stop, 0, 1);
      running?.ref();
      await last;
    },
  };
}

/** Settles when the thread has ended. */
function inWorker(work: Work, stop: CostOrder['stop'], onStart: (worker: Worker) => void): Promise<number> {
  if (Atomics.load(stop, 0) === 1) return Promise.reject(closed());
  forbidTelemetry();
  const url = new URL(`./cost-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const order: CostOrder = { work, threads: Math.max(1, availableParallelism() - 1), stop };
  const worker = new Worker(url, { workerData: order });
  onStart(worker);
  return new Promise((resolve, reject) => {
    let seconds: number | null = null;
    let failure: Error | null = null;
    worker.once('message', (told: number) => (seconds = told));
    worker.once('error', (error: Error) => (failure = error));
    worker.once('exit', () => {
      if (seconds !== null) resolve(seconds);
      else if (failure !== null) reject(failure);
      else
        reject(Atomics.load(stop, 0) === 1 ? closed() : new Error('The measuring ended without a number.'));
    });
  });
}
