// Runs in the command line: decoding alone and encoding alone, by the very parts that indexing uses.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createDecodePool } from '../../library/media/decode-pool.ts';
import type { DecodedPicture } from '../../library/media/job.ts';
import type { Encoder, EncoderInput, ImageInput, Log } from '../../library/ports.ts';

/** Enough that no worker ever waits for its next job. */
const JOBS_PER_WORKER = 2;

/**
 * Milliseconds a picture, with every worker busy.
 *
 * @param previews - a folder to write the grid's previews to, as indexing does; null: pixels only
 */
export async function decodeAlone(
  paths: readonly string[],
  options: { input: ImageInput; previews: string | null; workers: number; log: Log },
): Promise<{ msPerPicture: number; inputs: EncoderInput[] }> {
  const { input, previews, workers, log } = options;
  const pool = createDecodePool({ workers, log });
  const inputs: EncoderInput[] = [];
  const decode = (path: string, at: number): Promise<DecodedPicture> =>
    pool.decode({
      path,
      mediaType: 'image/jpeg',
      wants: { previewPath: previews === null ? null : join(previews, `${at}.webp`), inputs: [input] },
    });
  try {
    if (previews !== null) await mkdir(previews, { recursive: true });
    // The workers' start belongs to nobody's picture.
    await Promise.all(paths.slice(0, workers).map(decode));
    const queue = [...paths.entries()];
    const startMs = performance.now();
    await Promise.all(
      Array.from({ length: workers * JOBS_PER_WORKER }, async () => {
        for (let next = queue.pop(); next !== undefined; next = queue.pop())
          inputs.push(...(await decode(next[1], next[0])).inputs);
      }),
    );
    return { msPerPicture: (performance.now() - startMs) / paths.length, inputs };
  } finally {
    await pool.close();
  }
}

/** Milliseconds a picture, in the encoder's own batches. */
export async function encodeAlone(encoder: Encoder, inputs: readonly EncoderInput[]): Promise<number> {
  await encoder.encodePictures(inputs.slice(0, encoder.batchSize));
  const startMs = performance.now();
  for (let at = 0; at < inputs.length; at += encoder.batchSize)
    await encoder.encodePictures(inputs.slice(at, at + encoder.batchSize));
  return (performance.now() - startMs) / inputs.length;
}
