// Runs under Vitest: our resize against numbers that Pillow 9.4 gave.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pillowResize } from './pillow-resize.ts';

function pattern(width: number, height: number) {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++)
        rgb[(y * width + x) * 3 + c] = ((x * 37 + y * 101 + c * 59) * 7 + ((x * y) % 13) * 11) % 256;
  return { rgb, width, height };
}

const sizes = [
  [40, 30, 13, 9],
  [40, 30, 97, 71],
  [40, 30, 40, 11],
  [40, 30, 7, 30],
  [5, 3, 64, 64],
  [333, 7, 21, 50],
] as const;
/** First 16 digits of the SHA-256 of the resized bytes, per size above. */
const digests = {
  bicubic: [
    'e0b5eb084b50fc66',
    '0b58986fa5702819',
    'f4bd24ef40600092',
    '25b65212dc37fa3d',
    '6b09b46c22359181',
    'c87d2472e554913b',
  ],
  bilinear: [
    'e9aa85251243cba4',
    'af2d3094b7450334',
    '9f81d3bccc0c90ab',
    'e06c635361c26280',
    '9f15e0e769e288e7',
    '0aeaace19c0af541',
  ],
  lanczos: [
    '18730e1fb5ab0d86',
    '08e5fa4ca3208887',
    'fe9fedd452295294',
    'd0b38e7e97bc420e',
    '01e02d4f97c1e71c',
    '5a8f64af712448c1',
  ],
  nearest: [
    '9d8bc333044802c2',
    '8109ac5bcd9d7cc3',
    '938ad7702df022f5',
    '6cd10eaf10a769d0',
    '339fe1f3ff445aad',
    '7cc2a0a270c17eb5',
  ],
} as const;

describe('pillowResize', () => {
  for (const filter of ['bicubic', 'bilinear', 'lanczos', 'nearest'] as const) {
    it(`gives every byte that Pillow gives with ${filter}, enlarging and shrinking`, () => {
      const found = sizes.map(([width, height, toWidth, toHeight]) =>
        createHash('sha256')
          .update(pillowResize(pattern(width, height), toWidth, toHeight, filter))
          .digest('hex')
          .slice(0, 16),
      );
      expect(found).toEqual(digests[filter]);
    });
  }

  it('enlarges a step edge with the overshoot of Pillow and without a shift', () => {
    const rgb = Uint8Array.from([0, 0, 200, 200].flatMap((value) => [value, value, value]));
    const wide = pillowResize({ rgb, width: 4, height: 1 }, 8, 1, 'bicubic');
    expect(Array.from(wide).filter((_, i) => i % 3 === 0)).toEqual([0, 0, 0, 41, 159, 214, 204, 200]);
  });

  it('computes a window as the same part of the whole', () => {
    const picture = pattern(60, 45);
    for (const filter of ['bicubic', 'lanczos', 'nearest'] as const) {
      for (const [width, height] of [
        [31, 23],
        [90, 70],
        [60, 20],
        [30, 45],
        [60, 45],
      ] as const) {
        const whole = pillowResize(picture, width, height, filter);
        const window = { left: 5, top: 3, width: 19, height: 15 };
        const expected: number[] = [];
        for (let y = 0; y < 15; y++) {
          const from = ((y + 3) * width + 5) * 3;
          expected.push(...whole.subarray(from, from + 19 * 3));
        }
        expect(Array.from(pillowResize(picture, width, height, filter, window))).toEqual(expected);
      }
    }
  });
});
