// Runs in a worker thread: holds one half of an encoder, or the detector of voices; answers one request at a time.
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { Failure } from '../../contract/index.ts';
import { openConcepts } from '../concepts/tower.ts';
import { openPictureTower } from '../dual-encoder/picture-tower.ts';
import { openTextTower } from '../dual-encoder/text-tower.ts';
import { openVoiceTower } from '../speech/voice-tower.ts';
import type { Opening, Reply, Request, Tower } from './messages.ts';

const port = parentPort;
if (port === null) throw new Error('encoder-worker is started as a worker thread');

function open(opening: Opening): Promise<Tower> {
  switch (opening.kind) {
    case 'concepts':
      return openConcepts(opening);
    case 'dual-encoder pictures':
      return openPictureTower(opening);
    case 'dual-encoder texts':
      return openTextTower(opening);
    case 'voices':
      return openVoiceTower(opening);
  }
}

function failed(id: number, error: unknown): Reply {
  const failure =
    error instanceof Failure
      ? error
      : new Failure(
          'MODEL_FAILED',
          `The model failed: ${error instanceof Error ? error.message : String(error)}`,
          'Verify the pack; if it is whole, report this with the log.',
        );
  return { id, kind: 'failed', failure: failure.toData() };
}

/** Vectors move instead of being copied. */
function send(reply: Reply): void {
  const transfer = new Set<ArrayBuffer>();
  const give = (array: Float32Array | null) => {
    if (array?.buffer instanceof ArrayBuffer) transfer.add(array.buffer);
  };
  if (reply.kind === 'texts') reply.vectors.forEach(give);
  if (reply.kind === 'pictures')
    for (const embedding of reply.embeddings) {
      give(embedding.vector);
      give(embedding.concepts);
    }
  port?.postMessage(reply, [...transfer]);
}

/**
 * What indexing waits for yields to the thread that answers; queries' own text towers do not. Only Linux knows
 * priorities of single threads (setpriority(2): 0 is the calling one); elsewhere this would slow the process.
 */
function yieldToAnswers(kind: Opening['kind']): void {
  if (process.platform !== 'linux' || kind === 'dual-encoder texts') return;
  try {
    setPriority(0, 10);
  } catch {
    // Not allowed here: everything works, searches wait a little longer while indexing.
  }
}

async function answer(tower: Tower, request: Request): Promise<Reply> {
  const { id } = request;
  if (request.kind === 'pictures' && tower.encodePictures !== undefined) {
    const started = performance.now();
    const embeddings = await tower.encodePictures(request.inputs);
    return { id, kind: 'pictures', embeddings, tookMs: performance.now() - started };
  }
  if (request.kind === 'texts' && tower.encodeTexts !== undefined)
    return { id, kind: 'texts', vectors: await tower.encodeTexts(request.texts) };
  if (request.kind === 'voice' && tower.detectVoice !== undefined)
    return { id, kind: 'voice', ...(await tower.detectVoice(request.samples, request.state)) };
  if (request.kind === 'sentences' && tower.encodeSentences !== undefined)
    return { id, kind: 'texts', vectors: await tower.encodeSentences(request.texts) };
  if (request.kind === 'close') {
    await tower.close();
    return { id, kind: 'done' };
  }
  throw new Error(`this thread does not answer ${request.kind}`);
}

// Requests wait for the opening and for each other: a session runs one thing at a time.
yieldToAnswers((workerData as Opening).kind);
const tower = open(workerData as Opening);
let last: Promise<void> = tower.then(
  () => {
    send({ id: 0, kind: 'done' });
  },
  (error: unknown) => {
    send(failed(0, error));
  },
);
port.on('message', (request: Request) => {
  last = last
    .then(async () => answer(await tower, request))
    .then(send, (error: unknown) => {
      send(failed(request.id, error));
    })
    .then(() => {
      if (request.kind === 'close') port.close();
    });
});
