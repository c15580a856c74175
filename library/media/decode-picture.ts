// Runs in a decode worker thread: one picture in; preview, thumbhash and encoder inputs out, from one decode.
import type { EncoderInput, ImageInput } from '../ports.ts';
import { fitted, writePreview } from './preview.ts';
import { writeAtomically } from './atomic-write.ts';
import { encoderInput } from './encoder-input.ts';
import type { DecodedPicture, DecodeWants, PicturePart } from './job.ts';
import { checkPixels } from './media-failures.ts';
import { openPicture } from './open-picture.ts';
import { AS_SEEN, decodeRgb, encodeWebp, type Look, readHeader } from './pixels.ts';
import type { RgbPicture } from './pillow-resize.ts';

/** Shortest edge of the one decode that everything is made from, pixels. See docs/decisions/0010-pixels-for-encoders.md. */
const BASE_SHORTEST_EDGE = 512;
/** Bounds a panorama's base: one beyond 32:1 gets a shortest edge below the above. */
const BASE_LONGEST_EDGE = 16_384;
/** Pixels: a part smaller than this is too little to look at, and is not decoded any larger. */
const MIN_SHARE = 32;
const RENDER_QUALITY = 88;
const RENDER_EFFORT = 2;

/**
 * @param source - a path, or the bytes themselves
 * @param maxPixels - of the picture as stored
 * @throws Failure FILE_* or MEDIA_*
 */
export async function decodePicture(
  source: string | Buffer,
  mediaType: string,
  wants: DecodeWants,
  maxPixels: number,
): Promise<DecodedPicture> {
  const opened = await openPicture(source, mediaType, maxPixels);
  const header = await readHeader(opened.readable);
  const original = opened.original ?? header;
  checkPixels(header.width, header.height, maxPixels);
  const size = fitted(header, BASE_SHORTEST_EDGE, BASE_LONGEST_EDGE);
  // Without transparency and profile all looks are one, and so one decode.
  const lookOf = (input: ImageInput): Look => ({
    alpha: header.hasAlpha ? input.alpha : AS_SEEN.alpha,
    colour: header.profile === null ? AS_SEEN.colour : input.colour,
  });
  const decoded = new Map<string, Promise<RgbPicture>>();
  const base = (look: Look, at = size): Promise<RgbPicture> => {
    const key = `${look.alpha} ${look.colour} ${at.width}`;
    const known = decoded.get(key) ?? decodeRgb(opened.readable, header, look, at);
    decoded.set(key, known);
    return known;
  };

  const inputs: EncoderInput[] = [];
  for (const { part, ...input } of wants.inputs) {
    if (part === undefined) {
      inputs.push(encoderInput(await base(lookOf(input)), original, input));
      continue;
    }
    // Decoded so large that the part alone has the edge that a whole picture would have.
    const share = Math.max(MIN_SHARE, Math.min(part.width * header.width, part.height * header.height));
    const edge = (BASE_SHORTEST_EDGE * Math.min(header.width, header.height)) / share;
    const cut = cutPart(await base(lookOf(input), fitted(header, edge, BASE_LONGEST_EDGE)), part);
    inputs.push(encoderInput(cut, cut, input));
  }
  const thumbhash =
    wants.previewPath === null ? null : await writePreview(await base(AS_SEEN), wants.previewPath);
  return {
    width: original.width,
    height: original.height,
    animated: opened.animated(header.pages),
    durationMs:
      header.pages > 1 && header.delaysMs.length > 0
        ? header.delaysMs.reduce((sum, delayMs) => sum + delayMs, 0)
        : null,
    thumbhash,
    inputs,
  };
}

/** At least one pixel, whatever the part. */
function cutPart({ rgb, width, height }: RgbPicture, part: PicturePart): RgbPicture {
  const left = Math.min(width - 1, Math.max(0, Math.round(part.x * width)));
  const top = Math.min(height - 1, Math.max(0, Math.round(part.y * height)));
  const columns = Math.min(width - left, Math.max(1, Math.round(part.width * width)));
  const rows = Math.min(height - top, Math.max(1, Math.round(part.height * height)));
  const cut = new Uint8Array(columns * rows * 3);
  for (let row = 0; row < rows; row++) {
    const from = ((top + row) * width + left) * 3;
    cut.set(rgb.subarray(from, from + columns * 3), row * columns * 3);
  }
  return { rgb: cut, width: columns, height: rows };
}

/** A WebP of the whole picture with its longest edge at most `edge` pixels. @throws Failure FILE_* or MEDIA_* */
export async function renderPicture(
  path: string,
  mediaType: string,
  edge: number,
  toPath: string,
  maxPixels: number,
): Promise<void> {
  const opened = await openPicture(path, mediaType, maxPixels);
  const header = await readHeader(opened.readable);
  checkPixels(header.width, header.height, maxPixels);
  const picture = await decodeRgb(opened.readable, header, AS_SEEN, fitted(header, edge, edge));
  writeAtomically(toPath, await encodeWebp(picture, RENDER_QUALITY, RENDER_EFFORT));
}
