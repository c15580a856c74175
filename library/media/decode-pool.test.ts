// Runs under Vitest: the pool's threads under limits, cancelled, hanging and dying.
import fs from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../test/support/fixture-library.ts';
import { temporaryFolder } from '../../test/support/temporary-library.ts';
import type { ImageInput } from '../ports.ts';
import { createDecodePool } from './decode-pool.ts';

const input: ImageInput = {
  size: 32,
  resize: 'exact',
  interpolation: 'bicubic',
  crop: 'none',
  padding: { rgb: [0, 0, 0], centred: true },
  alpha: 'white',
  colour: 'srgb',
};
const wants = { previewPath: null, inputs: [input] };

const pool = createDecodePool({ workers: 1, log: silentLog });
afterAll(() => pool.close());

/** A PNG whose header claims this size and whose data is missing. */
function pngHeader(width: number, height: number): Buffer {
  const file = Buffer.from(
    '89504e470d0a1a0a0000000d49484452000000000000000008020000000000000000000000494441540000000000000000',
    'hex',
  );
  file.writeUInt32BE(width, 16);
  file.writeUInt32BE(height, 20);
  file.writeUInt32BE(crc(file.subarray(12, 29)), 29);
  return file;
}

function crc(bytes: Uint8Array): number {
  let value = 0xffff_ffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let k = 0; k < 8; k++) value = value & 1 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1;
  }
  return ~value >>> 0;
}

async function noise(width: number, height: number): Promise<Buffer> {
  const rgb = Buffer.alloc(width * height * 3);
  for (let i = 0; i < rgb.length; i++) rgb[i] = (i * 2654435761) >>> 24;
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

describe('decode', () => {
  it('writes the preview and gives the inputs of one decode', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.jpg');
    fs.writeFileSync(path, await noise(1200, 900));
    const previewPath = join(folder, 'deep', 'er', 'a.webp');
    const found = await pool.decode({
      path,
      mediaType: 'image/jpeg',
      wants: { previewPath, inputs: [input, { ...input, size: 16 }] },
    });
    expect(found).toMatchObject({ width: 1200, height: 900, animated: false });
    expect(found.inputs.map(({ rgb }) => rgb.length)).toEqual([32 * 32 * 3, 16 * 16 * 3]);
    expect(found.thumbhash?.length).toBeGreaterThan(10);
    expect(await sharp(previewPath).metadata()).toMatchObject({ format: 'webp', width: 512, height: 384 });
    expect(fs.readdirSync(join(folder, 'deep', 'er'))).toEqual(['a.webp']);
  });

  it('renders a rendition with the longest edge asked for', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.tif');
    fs.writeFileSync(
      path,
      await sharp(await noise(400, 300))
        .tiff()
        .toBuffer(),
    );
    const toPath = join(folder, 'a.webp');
    await pool.render({ path, mediaType: 'image/tiff', edge: 200, toPath });
    expect(await sharp(toPath).metadata()).toMatchObject({ format: 'webp', width: 200, height: 150 });
  });

  it('refuses too many pixels by the header, with the numbers', async () => {
    const bomb = pool.decodeBytes(pngHeader(30_000, 30_000), [input]);
    await expect(bomb).rejects.toMatchObject({
      code: 'MEDIA_TOO_LARGE',
      message: 'The picture has 30000 x 30000 pixels, 900 megapixels; the limit is 300 megapixels.',
    });
  });

  it('says that a picture is cut short, and that garbage is damaged', async () => {
    const whole = await noise(640, 480);
    await expect(pool.decodeBytes(whole.subarray(0, 20_000), [input])).rejects.toMatchObject({
      code: 'FILE_TRUNCATED',
    });
    await expect(pool.decodeBytes(pngHeader(64, 64), [input])).rejects.toMatchObject({
      code: expect.stringMatching(/FILE_TRUNCATED|MEDIA_DAMAGED/) as string,
    });
    const damaged = Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.alloc(500, 7)]);
    await expect(pool.decodeBytes(damaged, [input])).rejects.toMatchObject({ name: 'Failure' });
    await expect(pool.decodeBytes(Buffer.from('words'), [input])).rejects.toMatchObject({
      code: 'MEDIA_NOT_SUPPORTED',
    });
    await expect(pool.decodeBytes(Buffer.alloc(0), [input])).rejects.toMatchObject({ code: 'FILE_EMPTY' });
  });

  it('loads nothing from outside for an SVG and refuses entity bombs', async () => {
    const folder = temporaryFolder();
    fs.writeFileSync(
      join(folder, 'red.png'),
      await sharp({ create: { width: 9, height: 9, channels: 3, background: '#f00' } })
        .png()
        .toBuffer(),
    );
    const path = join(folder, 'asks.svg');
    const images = ['red.png', pathToFileURL(join(folder, 'red.png')).href, join(folder, 'red.png')]
      .map((href) => `<image href="${href}" width="100" height="100"/>`)
      .join('');
    fs.writeFileSync(
      path,
      `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">${images}<rect width="10" height="10" fill="#00f"/></svg>`,
    );
    const { inputs } = await pool.decode({ path, mediaType: 'image/svg+xml', wants });
    const rgb = inputs[0]?.rgb ?? new Uint8Array();
    expect(Array.from(rgb.subarray(0, 3))).toEqual([0, 0, 255]);
    expect(Array.from(rgb.subarray(-3))).toEqual([255, 255, 255]);
    const bombs = [
      '<!DOCTYPE svg [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>',
      '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
    ];
    for (const bomb of bombs)
      await expect(pool.decodeBytes(Buffer.from(bomb), [input])).rejects.toMatchObject({
        code: 'MEDIA_UNSAFE',
      });
  });
});

describe('a pool', () => {
  it('drops queued and running jobs when they are cancelled, and goes on', async () => {
    const bytes = await noise(800, 600);
    const [running, queued] = [new AbortController(), new AbortController()];
    const first = pool.decodeBytes(bytes, [input], running.signal);
    const second = pool.decodeBytes(bytes, [input], queued.signal);
    queued.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    running.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    expect((await pool.decodeBytes(bytes, [input])).width).toBe(800);
  });

  it('replaces a thread that hangs or dies, and fails only its job', async () => {
    const script = join(temporaryFolder(), 'worker.mjs');
    fs.writeFileSync(
      script,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', ({ id, path }) => {
         if (path === 'hang') for (;;);
         if (path === 'die') process.exit(3);
         if (path === 'throw') throw new Error('broken');
         parentPort.postMessage({ id, is: 'done', value: { path } });
       });`,
    );
    const replaced: unknown[] = [];
    const log = {
      ...silentLog,
      warn: (_: string, fields?: Record<string, unknown>) => replaced.push(fields?.['code']),
    };
    const fragile = createDecodePool({ workers: 1, timeoutMs: 1500, log, workerUrl: pathToFileURL(script) });
    const jobs = ['fine', 'hang', 'die', 'throw', 'fine'].map((path) => fragile.identify(path));
    const settled = await Promise.allSettled(jobs);
    expect(
      settled.map((each) => (each.status === 'fulfilled' ? 'done' : (each.reason as { code: string }).code)),
    ).toEqual(['done', 'MEDIA_TIMED_OUT', 'MEDIA_DAMAGED', 'MEDIA_DAMAGED', 'done']);
    expect(replaced).toEqual(['MEDIA_TIMED_OUT', 'MEDIA_DAMAGED', 'MEDIA_DAMAGED']);
    await fragile.close();
    await expect(fragile.identify('fine')).rejects.toMatchObject({ name: 'AbortError' });
  });
});
