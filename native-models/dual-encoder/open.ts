// Runs on the answering thread: opens a dual encoder as two worker threads, one for each tower.
import type { Encoder } from '../../library/ports.ts';
import { curvesOf, imageInputOf, type Manifest } from '../packs/manifest.ts';
import { spaceKey } from '../packs/space-key.ts';
import { EncoderThread } from '../runtime/encoder-thread.ts';
import { encodePicturesIn, encodeTextsIn, Pace, PICTURES_PER_MESSAGE } from '../runtime/threaded-encoding.ts';

/**
 * Opens both towers. They have a thread each, so that a typed query never waits for pictures being
 * indexed.
 *
 * @param threads - what one run of one tower may use
 * @throws Failure PACK_MANIFEST_INVALID or MODEL_FAILED
 */
export async function openDualEncoder(folder: string, manifest: Manifest, threads: number): Promise<Encoder> {
  const start = (kind: 'dual-encoder pictures' | 'dual-encoder texts') =>
    EncoderThread.start({ kind, folder, manifest, threads });
  const pictures = await start('dual-encoder pictures');
  let texts: EncoderThread;
  try {
    texts = await start('dual-encoder texts');
  } catch (error) {
    await pictures.close();
    throw error;
  }
  const pace = new Pace(PICTURES_PER_MESSAGE);
  return {
    space: {
      key: spaceKey(manifest),
      packId: manifest.id,
      family: 'dual-encoder',
      dimensions: manifest.dimensions,
      concepts: [],
      languages: manifest.languages,
      logitScale: manifest.logitScale,
      curves: curvesOf(manifest),
    },
    imageInput: imageInputOf(manifest),
    batchSize: PICTURES_PER_MESSAGE,
    encodePictures: (inputs, signal) => encodePicturesIn(pictures, inputs, pace, signal),
    async encodeTexts(written, signal) {
      const vectors = await encodeTextsIn(texts, 'texts', written, signal);
      return vectors.map((vector) => ({ kind: 'vector', vector }));
    },
    encodeSentences: (said, signal) => encodeTextsIn(texts, 'sentences', said, signal),
    async close() {
      await Promise.all([pictures.close(), texts.close()]);
    },
  };
}
