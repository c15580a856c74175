// Runs in the command line: decoding alone and encoding alone, by the very parts that indexing uses.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createDecodePool } from '../../library/media/decode-pool.ts';
import type { DecodedPicture } from '../../library/media/job.ts';
import type { Encoder, EncoderInput, ImageInput, Log } from '../../library/ports.ts';

/** Enough that no worker ever waits for its next job. */
const JOBS_PER_WORKER = 2;

/** Milliseconds a picture: by the clock, and of all processors together. */
export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Starts both clocks; what is returned stops them. */
function clocks(pictures: number): () => Cost {
  const [startMs, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { wallMs: (performance.now() - startMs) / pictures, cpuMs: (user + system) / 1000 / pictures };
  };
}

/**
 * What decoding costs, with every worker busy.
 *
 * @param previews - a folder to write the grid's previews to, as indexing does; null: pixels only
 */
export async function decodeAlone(
  paths: readonly string[],
  options: { input: ImageInput; previews: string | null; workers: number; log: Log },
): Promise<{ cost: Cost; inputs: EncoderInput[] }> {
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
    const stop = clocks(paths.length);
    await Promise.all(
      Array.from({ length: workers * JOBS_PER_WORKER }, async () => {
        for (let next = queue.pop(); next !== undefined; next = queue.pop())
          inputs.push(...(await decode(next[1], next[0])).inputs);
      }),
    );
    return { cost: stop(), inputs };
  } finally {
    await pool.close();
  }
}

/** What encoding costs, in the encoder's own batches. */
export async function encodeAlone(encoder: Encoder, inputs: readonly EncoderInput[]): Promise<Cost> {
  await encoder.encodePictures(inputs.slice(0, encoder.batchSize));
  const stop = clocks(inputs.length);
  for (let at = 0; at < inputs.length; at += encoder.batchSize)
    await encoder.encodePictures(inputs.slice(at, at + encoder.batchSize));
  return stop();
}
