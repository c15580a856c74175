// Runs in a decode worker thread: chooses the decoder of a media type and yields what sharp can read.
import { Failure } from '../../contract/index.ts';
import { readRegular, openRegular } from './identify-file.ts';
import { checkPixels, fileFailure, notSupported } from './media-failures.ts';
import { type Readable, readHeader } from './pixels.ts';
import { checkedSvg } from './svg.ts';
import fs from 'node:fs';

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
    case 'image/avif':
      return { readable: { input: direct(source) }, original: null, animated: byPages };
    case 'image/svg+xml':
      return openSvg(wholeOf(source), maxPixels);
    default:
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
