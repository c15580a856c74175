// Runs in a decode worker thread: takes one job at a time from the pool and answers it.
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from '../../contract/index.ts';
import { decodeBytes } from './decode-bytes.ts';
import type { DecodeReply, DecodeRequest, DecodeResult, WorkerSetup } from './decode-messages.ts';
import { decodePicture, renderPicture } from './decode-picture.ts';
import { identifyFile } from './identify-file.ts';

const ALIVE_EVERY_MS = 1000;

if (parentPort === null) throw new Error('decode-worker runs as a worker thread only');
const port = parentPort;
const { limits, givenUp } = workerData as WorkerSetup;

// The thread that answers goes first. Only Linux knows priorities of single threads (setpriority(2): 0 is the
// calling one); elsewhere the same call would slow the whole process.
if (process.platform === 'linux')
  try {
    setPriority(0, 10);
  } catch {
    // Not allowed here: everything works, searches wait a little longer while indexing.
  }

const reply = (message: DecodeReply, transfer: ArrayBuffer[] = []): void => {
  port.postMessage(message, transfer);
};

function stillReading(id: number): () => void {
  let saidMs = Date.now();
  return () => {
    if (Atomics.load(givenUp, 0) === id) throw new DOMException('The job was given up.', 'AbortError');
    if (Date.now() - saidMs < ALIVE_EVERY_MS) return;
    saidMs = Date.now();
    reply({ id, is: 'alive' });
  };
}

async function answer(request: DecodeRequest): Promise<DecodeResult> {
  switch (request.kind) {
    case 'identify':
      return identifyFile(request.path, stillReading(request.id));
    case 'decode':
      return decodePicture(request.job.path, request.job.mediaType, request.job.wants, limits.maxPixels);
    case 'decodeBytes':
      return decodeBytes(
        Buffer.from(request.bytes.buffer, request.bytes.byteOffset, request.bytes.byteLength),
        request.inputs,
        limits.maxPixels,
      );
    case 'render': {
      const { path, mediaType, edge, toPath } = request.job;
      await renderPicture(path, mediaType, edge, toPath, limits.maxPixels);
      return null;
    }
  }
}

/** The pixels are handed over, not copied. Each input has a buffer of its own. */
function transferable(value: DecodeResult): ArrayBuffer[] {
  if (value === null || !('inputs' in value)) return [];
  return value.inputs.flatMap(({ rgb }) => (rgb.buffer instanceof ArrayBuffer ? [rgb.buffer] : []));
}

port.on('message', (request: DecodeRequest) => {
  void answer(request).then(
    (value) => {
      reply({ id: request.id, is: 'done', value }, transferable(value));
    },
    (error: unknown) => {
      reply({ id: request.id, is: 'failed', failure: failureOf(error) });
    },
  );
});
