// Runs in tests: a picture of four coloured quarters, and which colours a decoded one shows where.
import type { ImageInput } from '../../library/ports.ts';

/** Edge of {@link seen}, pixels. */
export const EDGE = 32;
/** A small input that shows a picture as a person sees it, whole. */
export const seen: ImageInput = {
  size: EDGE,
  resize: 'exact',
  interpolation: 'bilinear',
  crop: 'none',
  padding: { rgb: [0, 0, 0], centred: true },
  alpha: 'white',
  colour: 'srgb',
};
/** Left top red, right top green, left bottom blue, right bottom white. */
export function quarters(width = 64, height = 48): Buffer {
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const colour =
        y < height / 2
          ? x < width / 2
            ? [255, 0, 0]
            : [0, 255, 0]
          : x < width / 2
            ? [0, 0, 255]
            : [255, 255, 255];
      rgb.set(colour, (y * width + x) * 3);
    }
  return rgb;
}
/** Names of the colours in the four corners of an input. */
export function corners(rgb: Uint8Array): string {
  const name = (x: number, y: number): string => {
    const [r = 0, g = 0, b = 0] = rgb.subarray((y * EDGE + x) * 3, (y * EDGE + x) * 3 + 3);
    const high = (value: number): string => (value > 200 ? '1' : value < 60 ? '0' : '?');
    return { '100': 'R', '010': 'G', '001': 'B', '111': 'W', '000': 'K' }[high(r) + high(g) + high(b)] ?? '?';
  };
  return name(4, 4) + name(27, 4) + name(4, 27) + name(27, 27);
}
