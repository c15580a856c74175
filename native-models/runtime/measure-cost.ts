// Runs on the answering thread: what a pack that is not here yet would cost on this machine, measured.
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Work } from '../packs/catalogue.ts';
import { forbidTelemetry } from './no-telemetry.ts';

const measured = new Map<string, Promise<number>>();

/**
 * Seconds that the image model takes for a thousand pictures: one layer of the transformer with the pack's own
 * sizes and random weights is run on this machine, over and over for about a second, and counted as often as
 * the model has layers. Decoding is not in it. Measured once per start, off the answering thread.
 */
export function measureCost(work: Work): Promise<number> {
  const key = JSON.stringify(work);
  const known = measured.get(key);
  if (known !== undefined) return known;
  const promise = inWorker(work);
  measured.set(key, promise);
  promise.catch(() => measured.delete(key));
  return promise;
}

function inWorker(work: Work): Promise<number> {
  forbidTelemetry();
  const url = new URL(`./cost-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const worker = new Worker(url, { workerData: { work, threads: Math.max(1, availableParallelism() - 1) } });
  worker.unref();
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The measuring thread ended without a number.')));
  });
}
