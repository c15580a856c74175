// Runs in scripts: pictures as the engine shows them, previews and thumbhashes included, for libraries that are made up.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createDecodePool } from '../../library/media/decode-pool.ts';
import type { Log } from '../../library/ports.ts';
import { variedPictures, writePictures } from './pictures.ts';

/** What one decode made of a picture. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly thumbhash: Uint8Array | null;
  readonly previewPath: string;
}

/** Draws so many pictures below `folder` and makes their previews as the step `preview` does. */
export async function makeLooks(folder: string, count: number, log: Log): Promise<Look[]> {
  await writePictures(variedPictures(), count, folder);
  const previews = join(folder, 'previews');
  await mkdir(previews, { recursive: true });
  const pool = createDecodePool({ workers: 2, log });
  try {
    return await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const name = String(index).padStart(6, '0');
        const previewPath = join(previews, `${name}.webp`);
        const { width, height, thumbhash } = await pool.decode({
          path: join(folder, name.slice(0, 3), `${name}.jpg`),
          mediaType: 'image/jpeg',
          wants: { previewPath, inputs: [] },
        });
        return { width, height, thumbhash, previewPath };
      }),
    );
  } finally {
    await pool.close();
  }
}
