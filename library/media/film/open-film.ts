// Runs beside the engine: hands one film to a worker thread of its own and gives what it finds, as fast as it is taken.
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Failure } from '../../../contract/index.ts';
import { damaged } from '../media-failures.ts';
import type { FilmEvent, FilmJob, FilmMessage, FilmOrder } from './film-messages.ts';

const entry = import.meta.url;
const WORKER_URL = new URL(`./film-worker${extname(fileURLToPath(entry))}`, entry);
/** JavaScript's own heap of the thread; pixels lie outside it and are bounded by what is on the way. */
const HEAP_MB = 384;
/** How long the thread may take to end its child before it is ended itself; the child then ends with its pipes. */
const GRACE_MS = 700;

/**
 * Works a job off in a thread that lives as long as it. Keyframes that nobody has taken yet hold the decoder
 * up, so memory stays bounded however long the film is. Leaving the loop, or the signal, ends thread and child.
 *
 * @throws Failure FILE_*, MEDIA_*, FFMPEG_MISSING; AbortError when cancelled
 */
export async function* openFilm(
  job: FilmJob,
  signal?: AbortSignal,
): AsyncGenerator<FilmEvent, void, undefined> {
  signal?.throwIfAborted();
  const worker = new Worker(WORKER_URL, {
    workerData: job,
    name: 'film',
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  const inbox: FilmMessage[] = [];
  let arrived: (() => void) | null = null;
  const receive = (message: FilmMessage): void => {
    inbox.push(message);
    arrived?.();
  };
  const cancel = new DOMException('The work was cancelled.', 'AbortError');
  const onAbort = (): void => {
    arrived?.();
  };
  worker.on('message', receive);
  worker.on('error', (error: unknown) => {
    receive({ failure: damaged('its decoder failed', error).toData() });
  });
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      receive({ failure: damaged('its decoder ended').toData() });
      resolve();
    });
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  const order = (message: FilmOrder): void => {
    worker.postMessage(message);
  };
  try {
    for (;;) {
      while (inbox.length === 0 && signal?.aborted !== true)
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      if (signal?.aborted === true) throw cancel;
      const message = inbox.shift();
      if (message === undefined) continue;
      if ('done' in message) return;
      if ('failure' in message) {
        if (message.failure.code === 'CANCELLED') throw cancel;
        throw Failure.fromData(message.failure);
      }
      yield message.event;
      if (message.event.is === 'keyframe') order({ taken: 1 });
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    order({ end: true });
    const late = setTimeout(() => void worker.terminate(), GRACE_MS);
    await exited;
    clearTimeout(late);
  }
}
