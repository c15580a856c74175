// Runs under Vitest: real pictures through the real decoders and encoders against embeddings made by PyTorch and Pillow.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { PackId } from '../contract/index.ts';
import { createDecodePool } from '../library/media/decode-pool.ts';
import type { ImageInput } from '../library/ports.ts';
import { createPacks } from '../native-models/index.ts';
import { silentLog } from './support/fixture-library.ts';
import { temporaryFolder } from './support/temporary-library.ts';

const shared = resolve(process.env['AFTERIMAGE_SHARED'] ?? '../shared', 'packs');
const present = existsSync(shared);
if (!present) console.log(`parity tests skipped: ${shared} is missing`);

interface Reference {
  readonly file: string;
  readonly embedding: readonly number[];
  readonly embeddingOnWhite?: readonly number[];
  readonly embeddingIccApplied?: readonly number[];
}

const pool = createDecodePool({ workers: 2, log: silentLog });
afterAll(() => pool.close());

function cosine(a: Float32Array, b: readonly number[]): number {
  let dot = 0;
  let lengthA = 0;
  let lengthB = 0;
  for (const [i, value] of a.entries()) {
    const other = b[i] ?? 0;
    dot += value * other;
    lengthA += value * value;
    lengthB += other * other;
  }
  return dot / Math.sqrt(lengthA * lengthB);
}

describe.skipIf(!present).each(['clip-parity', 'siglip-parity'])('%s', (name) => {
  it('embeds every reference picture as PyTorch and Pillow do, as stored, on white and with profiles', async () => {
    const folder = join(shared, name);
    const { images } = JSON.parse(readFileSync(join(folder, 'reference.json'), 'utf8')) as {
      images: Reference[];
    };
    const scratch = temporaryFolder();
    const packs = createPacks({
      packsFolder: join(scratch, 'packs'),
      builtInFolder: join(scratch, 'built-in'),
      log: silentLog,
    });
    await packs.import(folder);
    const encoder = await packs.open(name as PackId, { threads: 1 });

    const similarity = async (
      picture: Reference,
      expected: readonly number[],
      input: ImageInput,
    ): Promise<number> => {
      const path = realpathSync(join(folder, picture.file));
      const { mediaType } = await pool.identify(path);
      const { inputs } = await pool.decode({
        path,
        mediaType,
        wants: { previewPath: null, inputs: [input] },
      });
      const [found] = await encoder.encodePictures(inputs);
      return cosine(found?.vector ?? new Float32Array(), expected);
    };
    const stored = new Map<string, number>();
    const variants = { white: 0, srgb: 0 };
    try {
      for (const picture of images) {
        const manifest = encoder.imageInput;
        stored.set(picture.file, await similarity(picture, picture.embedding, manifest));
        if (picture.embeddingOnWhite !== undefined) {
          variants.white++;
          const found = await similarity(picture, picture.embeddingOnWhite, { ...manifest, alpha: 'white' });
          expect(found, `${picture.file} on white`).toBeGreaterThanOrEqual(0.998);
        }
        if (picture.embeddingIccApplied !== undefined) {
          variants.srgb++;
          const found = await similarity(picture, picture.embeddingIccApplied, {
            ...manifest,
            colour: 'srgb',
          });
          expect(found, `${picture.file} with its profile`).toBeGreaterThanOrEqual(0.998);
        }
      }
    } finally {
      await encoder.close();
    }
    expect(stored.size).toBe(24);
    expect(variants).toEqual({ white: 5, srgb: 4 });
    for (const [file, found] of stored) expect(found, file).toBeGreaterThanOrEqual(0.998);
    const sorted = [...stored.values()].sort((a, b) => a - b);
    expect(sorted[12]).toBeGreaterThanOrEqual(0.9999);
  });
});
