// Runs in a decode worker thread: chooses the decoder of a media type and yields what sharp can read.
import fs from 'node:fs';
import { Failure } from '../../contract/index.ts';
import { decodeBmp } from './bmp.ts';
import { decodeHeic, isHevc, nclxProfile } from './heic.ts';
import { RAW_TYPES } from './identify.ts';
import { readRegular, openRegular } from './identify-file.ts';
import { decodeJpeg2000 } from './jpeg2000.ts';
import { decodeJxl } from './jxl.ts';
import { checkPixels, fileFailure, notSupported } from './media-failures.ts';
import { AS_SEEN, decodeRgb, type Readable, readHeader } from './pixels.ts';
import { decodePnm } from './pnm.ts';
import { rawPreview } from './raw-preview.ts';
import { checkedSvg } from './svg.ts';
import { tiffEnvelope } from './tiff-envelope.ts';

/** A picture ready for sharp. */
export interface OpenedPicture {
  readonly readable: Readable;
  /** Upright size of the original where the readable's own size is another (SVG). */
  readonly original: { readonly width: number; readonly height: number } | null;
  /** Whether it is animated, given how many pages sharp counts. */
  animated(pages: number): boolean;
}

/** Files that must be in memory as a whole to be decoded may have this many bytes. */
const MAX_WHOLE_BYTES = 512 * 1024 * 1024;
/** A decoder outside libvips holds all pixels, some of them twice. */
const MAX_WHOLE_PIXELS = 120_000_000;
/** SVG has no pixels of its own: its shortest edge is drawn this long, the longest at most so long. */
const SVG_SHORTEST_EDGE = 512;
const SVG_LONGEST_EDGE = 4096;
const SVG_DENSITY = 72;

const tooLong = (bytes: number): Failure =>
  new Failure(
    'MEDIA_TOO_LARGE',
    `The file has ${(bytes / 1e6).toFixed(0)} MB; pictures of its kind are read up to ${(MAX_WHOLE_BYTES / 1e6).toFixed(0)} MB.`,
    'Make a smaller copy of it to have it found.',
  );

function wholeOf(source: string | Buffer): Buffer {
  return typeof source === 'string' ? readRegular(source, MAX_WHOLE_BYTES, tooLong) : source;
}

const still = (): boolean => false;
const byPages = (pages: number): boolean => pages > 1;

/**
 * @param source - a path, or the bytes themselves
 * @param mediaType - as identified
 * @throws Failure FILE_* or MEDIA_*
 */
export async function openPicture(
  source: string | Buffer,
  mediaType: string,
  maxPixels: number,
): Promise<OpenedPicture> {
  switch (mediaType) {
    case 'image/jpeg':
    case 'image/png':
    case 'image/tiff':
      return { readable: { input: direct(source) }, original: null, animated: still };
    case 'image/apng':
      return { readable: { input: direct(source) }, original: null, animated: () => true };
    case 'image/webp':
    case 'image/gif':
      return { readable: { input: direct(source) }, original: null, animated: byPages };
    case 'image/avif':
      return openAvif(source, maxPixels);
    case 'image/svg+xml':
      return openSvg(wholeOf(source), maxPixels);
    default:
      return {
        readable: { input: await decodeWhole(wholeOf(source), mediaType, maxPixels) },
        original: null,
        animated: still,
      };
  }
}

/** What libvips does not know, by decoders that hold the whole picture in memory. */
async function decodeWhole(file: Buffer, mediaType: string, maxPixels: number): Promise<Buffer> {
  const limit = Math.min(maxPixels, MAX_WHOLE_PIXELS);
  switch (mediaType) {
    case 'image/heic':
      return decodeHeic(file, limit);
    case 'image/heif':
      return (await isHevc(file)) ? decodeHeic(file, limit) : file;
    case 'image/jxl':
      return decodeJxl(file, limit);
    case 'image/jp2':
    case 'image/j2c':
      return decodeJpeg2000(file, limit);
    case 'image/bmp':
      return decodeBmp(file, limit);
    case 'image/x-portable-anymap':
      return decodePnm(file, limit);
    default:
      if (RAW_TYPES.has(mediaType)) return rawPreview(file, mediaType);
      throw notSupported(`Pictures of the type ${mediaType} cannot be decoded here.`);
  }
}

/** A path that names a regular file right now; sharp opens it by itself. */
function direct(source: string | Buffer): string | Buffer {
  if (typeof source !== 'string') return source;
  try {
    fs.closeSync(openRegular(source).fd);
  } catch (error) {
    throw fileFailure(error);
  }
  return source;
}

async function openSvg(bytes: Buffer, maxPixels: number): Promise<OpenedPicture> {
  const input = checkedSvg(bytes);
  const { width, height } = await readHeader({ input, density: SVG_DENSITY });
  checkPixels(width, height, maxPixels);
  const scale = Math.min(
    SVG_SHORTEST_EDGE / Math.min(width, height),
    SVG_LONGEST_EDGE / Math.max(width, height),
  );
  const density = Math.max(1, SVG_DENSITY * scale);
  return { readable: { input, density }, original: { width, height }, animated: still };
}

/** AVIF says Display P3 as a rule by `nclx` alone, which libvips does not look at: such pixels get the profile. */
async function openAvif(source: string | Buffer, maxPixels: number): Promise<OpenedPicture> {
  const plain: OpenedPicture = { readable: { input: direct(source) }, original: null, animated: byPages };
  const header = await readHeader(plain.readable);
  if (header.profile !== null || header.hasAlpha) return plain;
  const profile = await nclxProfile(wholeOf(source));
  if (profile === null) return plain;
  checkPixels(header.width, header.height, Math.min(maxPixels, MAX_WHOLE_PIXELS));
  const { rgb, width, height } = await decodeRgb(plain.readable, header, AS_SEEN, header);
  const { file, pixels } = tiffEnvelope(width, height, 3, profile);
  pixels.set(rgb);
  return { readable: { input: file }, original: null, animated: () => byPages(header.pages) };
}
