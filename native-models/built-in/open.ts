// Runs on the answering thread: opens the built-in pack.
import type { Encoder, ImageInput, Log } from '../../library/ports.ts';
import { CONCEPTS } from '../concepts/concept-names.ts';
import { INPUT_EDGE } from '../concepts/detector.ts';
import { VECTOR_LENGTH } from '../concepts/vector.ts';
import { understand } from '../concepts/understand.ts';
import { keyOf } from '../packs/space-key.ts';
import { EncoderThread, throwIfAborted } from '../runtime/encoder-thread.ts';
import { encodePicturesAcross, Pace, type Paced } from '../runtime/threaded-encoding.ts';
import { BUILT_IN_ID, BUILT_IN_VERSION } from './identity.ts';
import { ensureBuiltIn } from './models.ts';

/** The letterbox that detector and probes were fitted to. */
export const BUILT_IN_INPUT: ImageInput = {
  size: INPUT_EDGE,
  resize: 'longest-edge',
  interpolation: 'lanczos',
  crop: 'none',
  padding: { rgb: [114, 114, 114], centred: true },
  alpha: 'white',
  colour: 'srgb',
};

/** The detector's graph takes one picture at a time; small messages let a query through between them. */
const PICTURES_PER_MESSAGE = 2;

/** Each thread holds the models once, some 100 MB: beyond this many, memory costs more than speed gains. */
const THREADS_MOST = 4;

/** @throws Failure PACK_FILE_MISSING or MODEL_FAILED */
export async function openBuiltIn(folder: string, threads: number, log: Log): Promise<Encoder> {
  const stamp = await ensureBuiltIn(folder, log);
  // One picture at a time leaves cores idle between its small layers (two cores: 1.4 times one); a thread
  // for each core, every one on a picture of its own, does not.
  const count = Math.max(1, Math.min(threads, THREADS_MOST));
  const crew = await startAll(count, folder);
  return {
    space: {
      key: keyOf(BUILT_IN_ID, BUILT_IN_VERSION, [stamp.files.map((file) => file.sha256), BUILT_IN_INPUT]),
      packId: BUILT_IN_ID,
      family: 'concepts',
      dimensions: VECTOR_LENGTH,
      concepts: CONCEPTS,
      languages: ['en', 'ko'],
      logitScale: 1,
      curves: null,
    },
    imageInput: BUILT_IN_INPUT,
    batchSize: PICTURES_PER_MESSAGE * count,
    encodePictures: (inputs, signal) => encodePicturesAcross(crew, inputs, signal),
    // A look into a table, microseconds: a thread would only add its own delay.
    async encodeTexts(texts, signal) {
      throwIfAborted(signal);
      return texts.map((text) => understand(text));
    },
    // Its concepts are seen in pictures: what is said is found by its words alone.
    encodeSentences: null,
    async close() {
      await Promise.all(crew.map(({ thread }) => thread.close()));
    },
  };
}

async function startAll(count: number, folder: string): Promise<Paced[]> {
  const started = await Promise.allSettled(
    Array.from({ length: count }, () => EncoderThread.start({ kind: 'concepts', folder, threads: 1 })),
  );
  const threads = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = started.find((one) => one.status === 'rejected');
  if (failed !== undefined) {
    await Promise.all(threads.map((thread) => thread.close()));
    throw failed.reason;
  }
  return threads.map((thread) => ({ thread, pace: new Pace(PICTURES_PER_MESSAGE) }));
}
