// Runs in a decode worker thread: one picture in; preview, thumbhash and encoder inputs out, from one decode.
import type { EncoderInput, ImageInput } from '../ports.ts';
import { fitted, writePreview } from './preview.ts';
import { writeAtomically } from './atomic-write.ts';
import { encoderInput } from './encoder-input.ts';
import type { DecodedPicture, DecodeWants } from './job.ts';
import { checkPixels } from './media-failures.ts';
import { openPicture } from './open-picture.ts';
import { AS_SEEN, decodeRgb, encodeWebp, type Look, readHeader } from './pixels.ts';
import type { RgbPicture } from './pillow-resize.ts';

/** Shortest edge of the one decode that everything is made from, pixels. See docs/decisions/0010-pixels-for-encoders.md. */
const BASE_SHORTEST_EDGE = 512;
/** Bounds a panorama's base: one beyond 32:1 gets a shortest edge below the above. */
const BASE_LONGEST_EDGE = 16_384;
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
  const base = (look: Look): Promise<RgbPicture> => {
    const key = `${look.alpha} ${look.colour}`;
    const known = decoded.get(key) ?? decodeRgb(opened.readable, header, look, size);
    decoded.set(key, known);
    return known;
  };

  const inputs: EncoderInput[] = [];
  for (const input of wants.inputs) inputs.push(encoderInput(await base(lookOf(input)), original, input));
  const thumbhash =
    wants.previewPath === null ? null : await writePreview(await base(AS_SEEN), wants.previewPath);
  return {
    width: original.width,
    height: original.height,
    animated: opened.animated(header.pages),
    thumbhash,
    inputs,
  };
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
