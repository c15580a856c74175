// Runs under Vitest: bitmaps and anymaps of every kind, built byte by byte.
import { afterAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../test/support/fixture-library.ts';
import { corners, quarters, seen } from '../../test/support/quarters.ts';
import { createDecodePool } from './decode-pool.ts';

const pool = createDecodePool({ workers: 1, log: silentLog });
afterAll(() => pool.close());

const cornersOf = async (bytes: Buffer): Promise<string> =>
  corners((await pool.decodeBytes(bytes, [seen])).inputs[0]?.rgb ?? new Uint8Array());

function bmp(
  bits: number,
  options: { topDown?: boolean; compression?: number; masks?: number[]; palette?: number[][]; data: Buffer },
): Buffer {
  const masks = options.masks ?? [];
  const palette = options.palette ?? [];
  const head = Buffer.alloc(54 + masks.length * 4 + palette.length * 4);
  head.write('BM');
  head.writeUInt32LE(head.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(64, 18);
  head.writeInt32LE(options.topDown === true ? -48 : 48, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  head.writeUInt32LE(options.compression ?? 0, 30);
  head.writeUInt32LE(palette.length, 46);
  masks.forEach((mask, i) => head.writeUInt32LE(mask, 54 + i * 4));
  palette.forEach(([r = 0, g = 0, b = 0], i) => head.set([b, g, r, 0], 54 + masks.length * 4 + i * 4));
  return Buffer.concat([head, options.data]);
}

const rows = (make: (x: number, y: number) => readonly number[], width = 64): Buffer =>
  Buffer.concat(
    Array.from({ length: 48 }, (_, y) =>
      Buffer.from(Array.from({ length: width }, (_x, x) => make(x, y)).flat()),
    ),
  );
const quarter = (x: number, y: number): number => (y < 24 ? 0 : 2) + (x < 32 ? 0 : 1);
const colours = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
];
const bgr = (x: number, y: number): number[] => [...(colours[quarter(x, y)] ?? [])].reverse();

describe('bitmaps and anymaps', () => {
  it.each([
    ['24 bits from the bottom', bmp(24, { data: rows((x, y) => bgr(x, 47 - y)) })],
    ['24 bits from the top', bmp(24, { topDown: true, data: rows(bgr) })],
    ['32 bits', bmp(32, { data: rows((x, y) => [...bgr(x, 47 - y), 0]) })],
    [
      '16 bits with masks',
      bmp(16, {
        compression: 3,
        masks: [0xf800, 0x07e0, 0x001f],
        data: rows(
          (x, y) =>
            [
              [0x00, 0xf8],
              [0xe0, 0x07],
              [0x1f, 0x00],
              [0xff, 0xff],
            ][quarter(x, 47 - y)] ?? [],
        ),
      }),
    ],
    ['8 bits with a palette', bmp(8, { palette: colours, data: rows((x, y) => [quarter(x, 47 - y)]) })],
    [
      '4 bits with a palette',
      bmp(4, { palette: colours, data: rows((x, y) => [quarter(x * 2, 47 - y) * 17], 32) }),
    ],
    [
      'run lengths',
      bmp(8, {
        compression: 1,
        palette: colours,
        data: Buffer.concat(
          Array.from({ length: 48 }, (_, y) =>
            Buffer.from([32, quarter(0, 47 - y), 32, quarter(63, 47 - y), 0, 0]),
          ),
        ),
      }),
    ],
    ['binary PPM', Buffer.concat([Buffer.from('P6\n# hand-made\n64 48\n255\n'), quarters()])],
    [
      'PPM of 16 bits',
      Buffer.concat([
        Buffer.from('P6 64 48 65535\n'),
        rows((x, y) => (colours[quarter(x, y)] ?? []).flatMap((value) => [value, value])),
      ]),
    ],
    [
      'PPM as text',
      Buffer.from(`P3 64 48 1\n${Array.from(quarters(), (value) => String(value / 255)).join(' ')}\n`),
    ],
  ])('reads a picture of %s', async (_, bytes) => {
    expect(await cornersOf(bytes)).toBe('RGBW');
  });

  it('reads black and white ones, where 1 is black', async () => {
    const dark = (x: number, y: number): number => (quarter(x, y) === 1 ? 1 : 0);
    const packed = Buffer.concat([Buffer.from('P4 64 48\n'), rows((x, y) => [dark(x * 8, y) * 255], 8)]);
    const text = Buffer.from(
      `P1\n64 48\n${Array.from({ length: 48 * 64 }, (_, i) => String(dark(i % 64, Math.floor(i / 64)))).join('')}`,
    );
    for (const bytes of [packed, text]) expect(await cornersOf(bytes)).toBe('WKWW');
    await expect(cornersOf(packed.subarray(0, 100))).rejects.toMatchObject({ code: 'FILE_TRUNCATED' });
  });
});
