// Runs in a decode worker thread: the preview of a picture and its thumbhash, from decoded pixels.
import { rgbaToThumbHash } from 'thumbhash';
import { writeAtomically } from './atomic-write.ts';
import type { RgbPicture } from './pillow-resize.ts';
import { encodeWebp, resizeRgb } from './pixels.ts';

/** A grid cell of up to 192 pixels at double density. */
const PREVIEW_SHORTEST_EDGE = 384;
const PREVIEW_LONGEST_EDGE = 1536;
const PREVIEW_QUALITY = 78;
/** Each step up takes a fifth more time and saves a twentieth of the bytes; 4 takes three times as long. */
const PREVIEW_EFFORT = 0;
/** A thumbhash keeps at most 7 x 7 frequencies: more pixels only cost time. */
const THUMBHASH_EDGE = 32;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Fits below both edges, never larger than it is, never below one pixel. */
export function fitted(original: Size, shortestEdge: number, longestEdge: number): Size {
  const { width, height } = original;
  const scale = Math.min(1, shortestEdge / Math.min(width, height), longestEdge / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Writes the WebP preview, atomically. @returns the thumbhash */
export async function writePreview(base: RgbPicture, path: string): Promise<Uint8Array> {
  const { webp, thumbhash } = await previewOf(base);
  writeAtomically(path, webp);
  return thumbhash;
}

/** The preview as WebP, and the thumbhash. */
export async function previewOf(base: RgbPicture): Promise<{ webp: Uint8Array; thumbhash: Uint8Array }> {
  const size = fitted(base, PREVIEW_SHORTEST_EDGE, PREVIEW_LONGEST_EDGE);
  const webp = await encodeWebp(base, PREVIEW_QUALITY, PREVIEW_EFFORT, size);
  return { webp, thumbhash: await thumbhashOf(base) };
}

async function thumbhashOf(picture: RgbPicture): Promise<Uint8Array> {
  const size = fitted(picture, THUMBHASH_EDGE, THUMBHASH_EDGE);
  const { rgb, width, height } = await resizeRgb(picture, size.width, size.height);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from] ?? 0;
    rgba[to + 1] = rgb[from + 1] ?? 0;
    rgba[to + 2] = rgb[from + 2] ?? 0;
  }
  return rgbaToThumbHash(width, height, rgba);
}
