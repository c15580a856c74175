// Runs in a decode worker thread: makes an encoder's square input from a decoded picture.
import type { EncoderInput, ImageInput } from '../ports.ts';
import { pillowResize, type RgbPicture } from './pillow-resize.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Size after the pack's resize, before crop or padding. `original` is the upright original, not the base. */
export function resizedSize(original: Size, input: ImageInput): Size {
  const { size } = input;
  const { width, height } = original;
  switch (input.resize) {
    case 'exact':
      return { width: size, height: size };
    case 'shortest-edge':
      return width <= height
        ? { width: size, height: Math.floor((size * height) / width) }
        : { width: Math.floor((size * width) / height), height: size };
    case 'longest-edge': {
      const longest = Math.max(width, height);
      return {
        width: Math.max(1, Math.round((size * width) / longest)),
        height: Math.max(1, Math.round((size * height) / longest)),
      };
    }
  }
}

/**
 * The input of one encoder: size x size RGB.
 *
 * @param base - the decoded picture, perhaps already smaller than the original
 * @param original - upright size of the original, from which the geometry is computed
 */
export function encoderInput(base: RgbPicture, original: Size, input: ImageInput): EncoderInput {
  const { size } = input;
  const resized = resizedSize(original, input);
  // A side longer than the square is cut in the middle, a shorter one is padded.
  const left = Math.max(0, Math.floor((resized.width - size) / 2));
  const top = Math.max(0, Math.floor((resized.height - size) / 2));
  const width = Math.min(size, resized.width);
  const height = Math.min(size, resized.height);
  const window = { left, top, width, height };
  const rgb = pillowResize(base, resized.width, resized.height, input.interpolation, window);
  if (width === size && height === size) return { rgb, content: { left: 0, top: 0, width, height } };
  return pad(rgb, width, height, input);
}

function pad(rgb: Uint8Array, width: number, height: number, input: ImageInput): EncoderInput {
  const { size, padding } = input;
  const left = padding.centred ? Math.floor((size - width) / 2) : 0;
  const top = padding.centred ? Math.floor((size - height) / 2) : 0;
  const square = new Uint8Array(size * size * 3);
  if (padding.rgb.some((value) => value !== 0))
    for (let i = 0; i < square.length; i += 3) square.set(padding.rgb, i);
  for (let y = 0; y < height; y++) {
    square.set(rgb.subarray(y * width * 3, (y + 1) * width * 3), ((top + y) * size + left) * 3);
  }
  return { rgb: square, content: { left, top, width, height } };
}
