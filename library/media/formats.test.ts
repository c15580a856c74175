// Runs under Vitest: every format through the pool, its colours, its way up, its frames.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { converter, differenceCiede2000, type Color } from 'culori';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { corners, EDGE, quarters, seen } from '../../test/support/quarters.ts';
import { silentLog } from '../../test/support/fixture-library.ts';
import { temporaryFolder } from '../../test/support/temporary-library.ts';
import { createDecodePool } from './decode-pool.ts';

const pool = createDecodePool({ workers: 2, log: silentLog });
afterAll(() => pool.close());

const photos = resolve(process.env['AFTERIMAGE_SHARED'] ?? '../shared', 'photos');
const hasPhotos = fs.existsSync(photos);
if (!hasPhotos) console.log(`tests of real photos skipped: ${photos} is missing`);

const quartersPicture = () => sharp(quarters(), { raw: { width: 64, height: 48, channels: 3 } });

const cornersOf = async (bytes: Buffer): Promise<string> =>
  corners((await pool.decodeBytes(bytes, [seen])).inputs[0]?.rgb ?? new Uint8Array());

describe('formats by WebAssembly', () => {
  it('decodes JPEG XL and JPEG 2000', async () => {
    const require = createRequire(import.meta.url);
    const rgba = await quartersPicture().ensureAlpha().raw().toBuffer();
    const { default: encode, init } = (await import('@jsquash/jxl/encode.js')) as unknown as {
      default: (picture: object, options: object) => Promise<ArrayBuffer>;
      init: (options: object) => Promise<void>;
    };
    await init({ wasmBinary: fs.readFileSync(require.resolve('@jsquash/jxl/codec/enc/jxl_enc.wasm')) });
    const jxl = await encode(
      { data: new Uint8ClampedArray(rgba), width: 64, height: 48 },
      { lossless: true },
    );
    expect(await cornersOf(Buffer.from(jxl))).toBe('RGBW');
    await expect(cornersOf(Buffer.from(jxl).subarray(0, 40))).rejects.toMatchObject({ name: 'Failure' });

    const codec = (await (
      require('@cornerstonejs/codec-openjpeg/wasmjs') as (options: object) => Promise<unknown>
    )({
      wasmBinary: fs.readFileSync(require.resolve('@cornerstonejs/codec-openjpeg/wasm')),
    })) as {
      J2KEncoder: new () => {
        getDecodedBuffer(info: object): Uint8Array;
        encode(): void;
        getEncodedBuffer(): Uint8Array;
      };
    };
    const encoder = new codec.J2KEncoder();
    encoder
      .getDecodedBuffer({ width: 64, height: 48, bitsPerSample: 8, componentCount: 3, isSigned: false })
      .set(quarters());
    encoder.encode();
    const j2k = Buffer.from(encoder.getEncodedBuffer());
    expect(await cornersOf(j2k)).toBe('RGBW');
    await expect(cornersOf(j2k.subarray(0, 120))).rejects.toMatchObject({ name: 'Failure' });
  });
});

describe('RAW files', () => {
  /** A TIFF of a camera: a directory with its maker and orientation, and a nested one that points at the JPEG. */
  function raw(make: string, orientation: number, jpeg: Buffer): Buffer {
    const head = Buffer.alloc(256);
    head.write('II*\0');
    head.writeUInt32LE(8, 4);
    const entry = (at: number, tag: number, type: number, count: number, value: number): void => {
      head.writeUInt16LE(tag, at);
      head.writeUInt16LE(type, at + 2);
      head.writeUInt32LE(count, at + 4);
      head.writeUInt32LE(value, at + 8);
    };
    head.writeUInt16LE(4, 8);
    entry(10, 0xfe, 4, 1, 1);
    entry(22, 0x10f, 2, make.length + 1, 200);
    entry(34, 0x112, 3, 1, orientation);
    entry(46, 0x14a, 4, 1, 100);
    head.write(make, 200);
    head.writeUInt16LE(2, 100);
    entry(102, 0x201, 4, 1, 256);
    entry(114, 0x202, 4, 1, jpeg.length);
    return Buffer.concat([head, jpeg, Buffer.alloc(999, 0x55)]);
  }

  it('shows the embedded JPEG upright by the orientation of the RAW', async () => {
    const jpeg = await quartersPicture().jpeg({ quality: 95 }).toBuffer();
    for (const [make, mediaType] of [
      ['NIKON CORPORATION', 'image/x-nikon-nef'],
      ['SONY', 'image/x-sony-arw'],
    ] as const) {
      const path = join(temporaryFolder(), 'camera.raw');
      fs.writeFileSync(path, raw(make, 6, jpeg));
      expect((await pool.identify(path)).mediaType).toBe(mediaType);
      const found = await pool.decode({ path, mediaType, wants: { previewPath: null, inputs: [seen] } });
      expect(found).toMatchObject({ width: 48, height: 64 });
      expect(corners(found.inputs[0]?.rgb ?? new Uint8Array())).toBe('BRWG');
    }
    expect(await cornersOf(raw('NIKON CORPORATION', 1, jpeg))).toBe('RGBW');
  });

  it('finds the preview of RAW kinds that are no TIFF, and says when there is none', async () => {
    const jpeg = await quartersPicture().jpeg({ quality: 95 }).toBuffer();
    const small = await quartersPicture().resize(16, 12).negate().jpeg().toBuffer();
    const raf = Buffer.concat([
      Buffer.from('FUJIFILMCCD-RAW 0201'),
      Buffer.alloc(100),
      small,
      Buffer.alloc(77),
      jpeg,
      Buffer.alloc(500, 9),
    ]);
    expect(await cornersOf(raf)).toBe('RGBW');
    await expect(cornersOf(raw('SONY', 1, Buffer.alloc(500, 3)))).rejects.toMatchObject({
      code: 'MEDIA_NO_PREVIEW',
    });
  });
});

describe('the way up and frames', () => {
  it('turns all eight orientations upright', async () => {
    const upright: Record<number, string> = {
      1: 'RGBW',
      2: 'GRWB',
      3: 'WBGR',
      4: 'BWRG',
      5: 'RBGW',
      6: 'BRWG',
      7: 'WGBR',
      8: 'GWRB',
    };
    for (let orientation = 1; orientation <= 8; orientation++) {
      const bytes = await quartersPicture().jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer();
      const found = await pool.decodeBytes(bytes, [seen]);
      expect([found.width, found.height], String(orientation)).toEqual(
        orientation >= 5 ? [48, 64] : [64, 48],
      );
      expect(corners(found.inputs[0]?.rgb ?? new Uint8Array()), String(orientation)).toBe(
        upright[orientation],
      );
    }
  });

  it('lays transparency on white or drops it, and reads grey and 16 bits', async () => {
    const clear = await sharp({
      create: { width: 40, height: 40, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const { inputs } = await pool.decodeBytes(clear, [seen, { ...seen, alpha: 'drop' }]);
    expect(inputs.map(({ rgb }) => corners(rgb))).toEqual(['WWWW', 'RRRR']);
    expect(await cornersOf(await quartersPicture().toColourspace('rgb16').png().toBuffer())).toBe('RGBW');
    const grey = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#fff' } })
      .greyscale()
      .png()
      .toBuffer();
    expect(await cornersOf(grey)).toBe('WWWW');
  });

  it('shows the first frame and says that there are more', async () => {
    const frames = [
      await quartersPicture().png().toBuffer(),
      await quartersPicture().negate().png().toBuffer(),
    ];
    const joined = () => sharp(frames, { join: { animated: true } });
    for (const bytes of [
      await joined().gif().toBuffer(),
      await joined().webp({ lossless: true }).toBuffer(),
    ]) {
      const found = await pool.decodeBytes(bytes, [seen]);
      expect(found).toMatchObject({ animated: true, width: 64, height: 48 });
      expect(corners(found.inputs[0]?.rgb ?? new Uint8Array())).toBe('RGBW');
    }
  });

  it('draws a small SVG large and bounds a panorama', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect width="8" height="16" fill="#f00"/></svg>';
    const found = await pool.decodeBytes(Buffer.from(svg), [seen]);
    expect(found).toMatchObject({ width: 16, height: 16 });
    expect(corners(found.inputs[0]?.rgb ?? new Uint8Array())).toBe('RWRW');
    const wide = await sharp({ create: { width: 40_000, height: 600, channels: 3, background: '#00f' } })
      .png()
      .toBuffer();
    expect(await cornersOf(wide)).toBe('BBBB');
  });
});

describe.skipIf(!hasPhotos)('real photos', () => {
  it('decodes every one and makes its preview', async () => {
    const folder = temporaryFolder();
    const names = fs.readdirSync(photos).filter((name) => !name.endsWith('.md'));
    await Promise.all(
      names.map(async (name) => {
        const path = join(photos, name);
        const { mediaType, kind } = await pool.identify(path);
        expect(kind, name).toBe('picture');
        const previewPath = join(folder, `${name}.webp`);
        const found = await pool.decode({ path, mediaType, wants: { previewPath, inputs: [seen] } });
        expect(found.inputs[0]?.rgb.length, name).toBe(EDGE * EDGE * 3);
        expect(found.animated, name).toBe(name.endsWith('.gif'));
        const preview = await sharp(previewPath).metadata();
        expect(preview.width / preview.height, name).toBeCloseTo(found.width / found.height, 1);
      }),
    );
    expect(names.length).toBeGreaterThan(40);
  });

  const difference = differenceCiede2000();
  const toRgb = converter('rgb');

  function meanDifference(a: Uint8Array, b: Uint8Array, mode: 'rgb' | 'p3' | 'a98'): number {
    let sum = 0;
    const clamp = (value: number): number => Math.min(1, Math.max(0, value));
    for (let i = 0; i < a.length; i += 3) {
      const [r = 0, g = 0, b_ = 0] = a.subarray(i, i + 3);
      const stored = toRgb({ mode, r: r / 255, g: g / 255, b: b_ / 255 } as Color);
      const expected = { mode: 'rgb', r: clamp(stored.r), g: clamp(stored.g), b: clamp(stored.b) } as const;
      sum += difference(expected, {
        mode: 'rgb',
        r: (b[i] ?? 0) / 255,
        g: (b[i + 1] ?? 0) / 255,
        b: (b[i + 2] ?? 0) / 255,
      });
    }
    return sum / (a.length / 3);
  }

  /** A picture that needs no conversion, at the size of an input. */
  const small = async (bytes: Buffer): Promise<Uint8Array> =>
    (await pool.decodeBytes(bytes, [seen])).inputs[0]?.rgb ?? new Uint8Array();

  it.each([
    ['window-p3.jpg', 'p3'],
    ['sensor-cables.heic', 'p3'],
    ['sea-dusk.jpg', 'a98'],
  ] as const)(
    'converts the colours of %s from %s as the definition of that space says',
    async (name, mode) => {
      const path = join(photos, name);
      const { mediaType } = await pool.identify(path);
      const previewPath = join(temporaryFolder(), 'preview.webp');
      const wants = { previewPath, inputs: [seen, { ...seen, colour: 'as-stored' as const }] };
      const { inputs } = await pool.decode({ path, mediaType, wants });
      const [converted, stored] = inputs.map(({ rgb }) => rgb);
      if (converted === undefined || stored === undefined) throw new Error('two inputs were asked for');
      const found = meanDifference(stored, converted, mode);
      expect(found).toBeLessThan(1);
      // Ignoring the profile would be seen.
      expect(meanDifference(stored, converted, 'rgb')).toBeGreaterThan(found * 1.5);
      const shown = await small(fs.readFileSync(previewPath));
      expect(meanDifference(converted, shown, 'rgb')).toBeLessThan(2);
    },
  );

  it('takes Display P3 from an nclx box alone, in AVIF', async () => {
    const plain = fs.readFileSync(join(photos, 'balloons.avif'));
    const at = plain.indexOf('colrnclx', 0, 'latin1');
    expect(at).toBeGreaterThan(0);
    const wide = Buffer.from(plain);
    wide.writeUInt16BE(12, at + 8);
    expect(meanDifference(await small(plain), await small(wide), 'p3')).toBeLessThan(1);
    expect(meanDifference(await small(plain), await small(wide), 'rgb')).toBeGreaterThan(1);
  });

  it('converts CMYK by its own profile', async () => {
    const path = join(photos, 'park-dog-cmyk.jpg');
    const previewPath = join(temporaryFolder(), 'preview.webp');
    await pool.decode({ path, mediaType: 'image/jpeg', wants: { previewPath, inputs: [] } });
    const managed = await sharp(path).toColourspace('srgb').png().toBuffer();
    const [expected, shown] = await Promise.all([small(managed), small(fs.readFileSync(previewPath))]);
    expect(meanDifference(expected, shown, 'rgb')).toBeLessThan(2);
    // A conversion without the profile, from bare ink amounts, looks otherwise.
    const inks = await sharp(path, { ignoreIcc: true })
      .pipelineColourspace('cmyk')
      .toColourspace('cmyk')
      .resize(EDGE, EDGE, { fit: 'fill' })
      .raw()
      .toBuffer();
    const naive = Uint8Array.from({ length: EDGE * EDGE * 3 }, (_, i) => {
      const at = Math.floor(i / 3) * 4;
      return Math.round((1 - (inks[at + (i % 3)] ?? 0) / 255) * (1 - (inks[at + 3] ?? 0) / 255) * 255);
    });
    expect(meanDifference(naive, shown, 'rgb')).toBeGreaterThan(3);
  });

  it('stands the photos with orientation 6 upright', async () => {
    for (const [name, width, height] of [
      ['dog-party-hat.jpg', 1200, 1600],
      ['curie-orientation-6.jpg', 840, 700],
    ] as const) {
      const found = await pool.decode({
        path: join(photos, name),
        mediaType: 'image/jpeg',
        wants: { previewPath: null, inputs: [seen] },
      });
      expect(found, name).toMatchObject({ width, height });
    }
    const path = join(photos, 'dog-party-hat.jpg');
    const { inputs } = await pool.decode({
      path,
      mediaType: 'image/jpeg',
      wants: { previewPath: null, inputs: [seen] },
    });
    // The hat of the dog is pale and stands above its dark face; the lawn is at the top.
    const rgb = inputs[0]?.rgb ?? new Uint8Array();
    const level = (y: number): number =>
      rgb.subarray((y * EDGE + 14) * 3, (y * EDGE + 19) * 3).reduce((sum, value) => sum + value, 0) / 15;
    expect(level(6)).toBeGreaterThan(level(13) + 30);
  });
});
