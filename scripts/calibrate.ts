// Runs by hand: fits a pack's curves from texts, pictures and sentences that have nothing to do with each other.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { createDecodePool } from '../library/media/decode-pool.ts';
import type { Encoder, Log } from '../library/ports.ts';
import { fitCurves, LEAST, type Unrelated } from '../library/search/meaning/calibration.ts';
import { neutralSentences } from '../library/search/meaning/neutral-sentences.ts';
import { neutralTexts } from '../library/search/meaning/neutral-texts.ts';
import { openDualEncoder } from '../native-models/dual-encoder/open.ts';
import { readManifest } from '../native-models/packs/manifest.ts';

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const [pack, pictures] = process.argv.slice(2);
if (pack === undefined || pictures === undefined) {
  say('usage: node scripts/calibrate.ts PACK-FOLDER PICTURES');
  process.exitCode = 2;
} else await calibrate(resolve(pack), resolve(pictures));

/** Writes the curves into the pack's manifest; what else it says stays as it is. */
async function calibrate(folder: string, picturesFolder: string): Promise<void> {
  const manifest = await readManifest(folder);
  if (manifest.family !== 'dual-encoder') {
    say(`${manifest.id} compares no texts with pictures: there is nothing to fit.`);
    process.exitCode = 1;
    return;
  }
  const encoder = await openDualEncoder(folder, manifest, availableParallelism());
  try {
    const unrelated = await embedAll(encoder, picturesFolder);
    for (const [name, { length }] of Object.entries(unrelated) as [keyof Unrelated, Float32Array[]][])
      say(
        `${length} ${name}${length < LEAST ? `: fewer than ${LEAST}, their curves stay the default ones` : ''}`,
      );
    const relevance = fitCurves(unrelated);
    const path = join(folder, 'manifest.json');
    const written = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    await writeFile(path, `${JSON.stringify({ ...written, relevance }, null, 2)}\n`);
    process.stdout.write(`${JSON.stringify(relevance)}\n`);
  } finally {
    await encoder.close();
  }
}

async function embedAll(encoder: Encoder, folder: string): Promise<Unrelated> {
  const meanings = await encoder.encodeTexts(neutralTexts(encoder.space.languages));
  return {
    pictures: await embedPictures(encoder, folder),
    texts: meanings.flatMap((one) => (one.kind === 'vector' ? [one.vector] : [])),
    sentences: (await encoder.encodeSentences?.(neutralSentences)) ?? [],
  };
}

async function embedPictures(encoder: Encoder, folder: string): Promise<Float32Array[]> {
  const pool = createDecodePool({ workers: availableParallelism(), log: silent });
  const vectors: Float32Array[] = [];
  try {
    for (const name of (await readdir(folder)).toSorted()) {
      const path = join(folder, name);
      try {
        const { mediaType } = await pool.identify(path);
        const wants = { previewPath: null, inputs: [encoder.imageInput] };
        const { inputs } = await pool.decode({ path, mediaType, wants });
        for (const { vector } of await encoder.encodePictures(inputs)) vectors.push(vector);
      } catch {
        say(`left out, no picture: ${name}`);
      }
    }
  } finally {
    await pool.close();
  }
  return vectors;
}
