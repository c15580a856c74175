// Runs on the answering thread: cuts long requests into messages, so that memory and waiting stay bounded.
import { Failure } from '../../contract/index.ts';
import type { EncoderInput, PictureEmbedding } from '../../library/ports.ts';
import { type EncoderThread, throwIfAborted } from './encoder-thread.ts';

/** Batches beyond eight gain nothing on a CPU and cost memory; a query waits for one message at most. */
export const PICTURES_PER_MESSAGE = 8;
const TEXTS_PER_MESSAGE = 32;

/** What one message of pictures may take: a query, a cancel or the end waits no longer than this. */
const MESSAGE_MS = 400;

/** How many pictures to send at once: as many as the encoder at hand does in {@link MESSAGE_MS}. */
export class Pace {
  readonly #most: number;
  #msPerPicture: number | null = null;

  constructor(most: number) {
    this.#most = most;
  }

  next(): number {
    // Unknown yet: a small first message tells.
    if (this.#msPerPicture === null) return Math.min(2, this.#most);
    return Math.max(1, Math.min(this.#most, Math.floor(MESSAGE_MS / this.#msPerPicture)));
  }

  note(pictures: number, tookMs: number): void {
    const now = tookMs / pictures;
    // A moving mean: one message held up by other work does not count for much.
    this.#msPerPicture = this.#msPerPicture === null ? now : this.#msPerPicture * 0.7 + now * 0.3;
  }
}

/** Encodes pictures in a thread, some at a time; `signal` is honoured in between. */
export async function encodePicturesIn(
  thread: EncoderThread,
  inputs: readonly EncoderInput[],
  pace: Pace,
  signal?: AbortSignal,
): Promise<PictureEmbedding[]> {
  const embeddings: PictureEmbedding[] = [];
  while (embeddings.length < inputs.length) {
    const part = inputs.slice(embeddings.length, embeddings.length + pace.next()).map(compact);
    const reply = await thread.request({ kind: 'pictures', inputs: part }, signal);
    if (reply.kind !== 'pictures' || reply.embeddings.length !== part.length) break;
    embeddings.push(...reply.embeddings);
    pace.note(part.length, reply.tookMs);
  }
  throwIfAborted(signal);
  return whole(embeddings, inputs.length);
}

/** A thread and how fast it goes. */
export interface Paced {
  readonly thread: EncoderThread;
  readonly pace: Pace;
}

/** Deals pictures out to several threads that hold the same models; results in the order of the inputs. */
export async function encodePicturesAcross(
  crew: readonly Paced[],
  inputs: readonly EncoderInput[],
  signal?: AbortSignal,
): Promise<PictureEmbedding[]> {
  const share = Math.ceil(inputs.length / crew.length);
  const parts = await Promise.all(
    crew.map(({ thread, pace }, i) =>
      encodePicturesIn(thread, inputs.slice(i * share, (i + 1) * share), pace, signal),
    ),
  );
  return parts.flat();
}

/** Encodes texts in a thread, some at a time; `signal` is honoured in between. */
export async function encodeTextsIn(
  thread: EncoderThread,
  kind: 'texts' | 'sentences',
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (let at = 0; at < texts.length; at += TEXTS_PER_MESSAGE) {
    const part = texts.slice(at, at + TEXTS_PER_MESSAGE);
    const reply = await thread.request({ kind, texts: part }, signal);
    if (reply.kind === 'texts') vectors.push(...reply.vectors);
  }
  throwIfAborted(signal);
  return whole(vectors, texts.length);
}

/** A view into a larger buffer would drag all of that buffer into the message. */
function compact(input: EncoderInput): EncoderInput {
  return input.rgb.byteLength === input.rgb.buffer.byteLength ? input : { ...input, rgb: input.rgb.slice() };
}

function whole<T>(results: T[], expected: number): T[] {
  if (results.length === expected) return results;
  const reason = `The encoder gave ${String(results.length)} results for ${String(expected)} inputs.`;
  throw new Failure('MODEL_FAILED', reason, 'Verify the pack.');
}
