// Tests of the quick painter of thumbhashes against the format's own decoder.
import fc from 'fast-check';
import { rgbaToThumbHash, thumbHashToRGBA } from 'thumbhash';
import { expect, test } from 'vitest';
import { THUMB_EDGE, paintThumbHash } from './thumb-paint.ts';

/** Smooth colours, as thumbhashes hold them; with alpha where it is given. */
function hashOf(width: number, height: number, seed: number, alpha: boolean): Uint8Array {
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      rgba[at] = 128 + 100 * Math.sin((x / width) * 3 + seed);
      rgba[at + 1] = 128 + 100 * Math.sin((y / height) * 4 + seed * 2);
      rgba[at + 2] = 128 + 100 * Math.cos(((x + y) / (width + height)) * 5 + seed);
      rgba[at + 3] = alpha ? 120 + (100 * x) / width : 255;
    }
  return rgbaToThumbHash(width, height, rgba);
}

test('what is painted is what the format’s own decoder gives, at fewer pixels', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 20, max: 100 }),
      fc.integer({ min: 20, max: 100 }),
      fc.double({ min: 0, max: 6, noNaN: true }),
      fc.boolean(),
      (width, height, seed, alpha) => {
        const hash = hashOf(width, height, seed, alpha);
        const painted = new Uint8ClampedArray(THUMB_EDGE * THUMB_EDGE * 4);
        // As it lies in a layout: at the front of more bytes.
        const padded = new Uint8Array(25);
        padded.set(hash);
        paintThumbHash(padded, painted);
        const { w, h, rgba } = thumbHashToRGBA(hash);
        let worst = 0;
        for (let y = 0; y < h; y += 1)
          for (let x = 0; x < w; x += 1)
            for (let channel = 0; channel < 4; channel += 1) {
              const px = Math.min(THUMB_EDGE - 1, Math.floor(((x + 0.5) * THUMB_EDGE) / w));
              const py = Math.min(THUMB_EDGE - 1, Math.floor(((y + 0.5) * THUMB_EDGE) / h));
              const here = painted[(py * THUMB_EDGE + px) * 4 + channel]!;
              const there = rgba[(y * w + x) * 4 + channel]!;
              worst = Math.max(worst, Math.abs(here - there));
            }
        // Neighbouring pixels of the finer picture differ by as much.
        expect(worst).toBeLessThan(60);
      },
    ),
    { numRuns: 30 },
  );
});

test('a hash of one colour is that colour', () => {
  const rgba = new Uint8Array(32 * 32 * 4).map((_, at) => [200, 100, 50, 255][at % 4]!);
  const painted = new Uint8ClampedArray(THUMB_EDGE * THUMB_EDGE * 4);
  paintThumbHash(rgbaToThumbHash(32, 32, rgba), painted);
  [200, 100, 50].forEach((value, channel) => expect(Math.abs(painted[channel]! - value)).toBeLessThan(12));
});
