// Runs on the answering thread: opens the built-in pack.
import type { Encoder, ImageInput, Log } from '../../library/ports.ts';
import { CONCEPTS } from '../concepts/concept-names.ts';
import { INPUT_EDGE } from '../concepts/detector.ts';
import { VECTOR_LENGTH } from '../concepts/vector.ts';
import { understand } from '../concepts/understand.ts';
import { keyOf } from '../packs/space-key.ts';
import { EncoderThread, throwIfAborted } from '../runtime/encoder-thread.ts';
import { encodePicturesIn, Pace } from '../runtime/threaded-encoding.ts';
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

/** @throws Failure PACK_FILE_MISSING or MODEL_FAILED */
export async function openBuiltIn(folder: string, threads: number, log: Log): Promise<Encoder> {
  const stamp = await ensureBuiltIn(folder, log);
  const thread = await EncoderThread.start({ kind: 'concepts', folder, threads });
  const pace = new Pace(PICTURES_PER_MESSAGE);
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
    batchSize: PICTURES_PER_MESSAGE,
    encodePictures: (inputs, signal) => encodePicturesIn(thread, inputs, pace, signal),
    // A look into a table, microseconds: a thread would only add its own delay.
    async encodeTexts(texts, signal) {
      throwIfAborted(signal);
      return texts.map((text) => understand(text));
    },
    close: () => thread.close(),
  };
}
