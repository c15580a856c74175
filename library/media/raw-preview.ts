// Runs in a decode worker thread: finds the largest JPEG that a camera put into its RAW file.
import { noPreview } from './media-failures.ts';
import { readDirectories, TAG, type TiffDirectory } from './tiff-directory.ts';

interface Candidate {
  readonly offset: number;
  readonly bytes: number;
  readonly pixels: number;
}

const SOI = Buffer.from([0xff, 0xd8, 0xff]);
/** A RAW's smallest picture is a thumbnail; with nothing longer known, the whole file is searched. */
const SEARCH_BELOW_PIXELS = 640 * 420;

/**
 * The size in a JPEG's frame header, and its own EXIF orientation; null when no shown kind of JPEG begins
 * here. Lossless frames (SOF3) are the sensor's data, not a preview.
 */
function readJpeg(
  file: Buffer,
  start: number,
  end: number,
): { pixels: number; orientation: number | null } | null {
  if (start < 0 || start + 4 > end || file[start] !== 0xff || file[start + 1] !== 0xd8) return null;
  let orientation: number | null = null;
  for (let at = start + 2; at + 9 < end;) {
    if (file[at] !== 0xff) return null;
    const marker = file[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = file.readUInt16BE(at + 2);
    if (length < 2) return null;
    if (marker === 0xc0 || marker === 0xc1 || marker === 0xc2) {
      const precision = file[at + 4];
      const pixels = file.readUInt16BE(at + 5) * file.readUInt16BE(at + 7);
      return precision === 8 && pixels > 0 ? { pixels, orientation } : null;
    }
    if ((marker >= 0xc3 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xcc) || marker < 0xc0)
      return null;
    if (marker === 0xda || marker === 0xd8 || marker === 0xd9) return null;
    if (marker === 0xe1 && file.toString('latin1', at + 4, at + 8) === 'Exif')
      orientation = orientationOf(readDirectories(file.subarray(at + 10, at + 2 + length)));
    at += 2 + length;
  }
  return null;
}

function orientationOf(directories: readonly TiffDirectory[]): number | null {
  const value = directories[0]?.numbers.get(TAG.orientation)?.[0];
  return value !== undefined && value >= 1 && value <= 8 ? value : null;
}

/** Places where the directories say a JPEG lies. Strips that hold the sensor's own picture are left out. */
function* announced(directories: readonly TiffDirectory[]): Generator<{ offset: number; bytes: number }> {
  const JPEG_COMPRESSIONS = [6, 7];
  const SENSOR_PHOTOMETRICS = [32803, 34892];
  for (const { numbers } of directories) {
    const offset = numbers.get(TAG.jpegOffset)?.[0];
    const bytes = numbers.get(TAG.jpegBytes)?.[0];
    if (offset !== undefined && bytes !== undefined) yield { offset, bytes };
    const panasonic = numbers.get(TAG.panasonicJpeg);
    if (panasonic !== undefined) yield { offset: panasonic[0] ?? 0, bytes: panasonic[1] ?? 0 };
    const strips = numbers.get(TAG.stripOffsets) ?? [];
    const [compression, photometric] = [numbers.get(TAG.compression)?.[0], numbers.get(TAG.photometric)?.[0]];
    if (
      strips.length === 1 &&
      JPEG_COMPRESSIONS.includes(compression ?? 0) &&
      !SENSOR_PHOTOMETRICS.includes(photometric ?? 0)
    )
      yield { offset: strips[0] ?? 0, bytes: numbers.get(TAG.stripByteCounts)?.[0] ?? 0 };
  }
}

/** Every JPEG that begins anywhere in the file. Where a directory tells sensor tiles apart it is not used. */
function* carved(file: Buffer): Generator<{ offset: number; bytes: number }> {
  for (let at = file.indexOf(SOI, 1); at >= 0; at = file.indexOf(SOI, at + 1))
    yield { offset: at, bytes: file.length - at };
}

function largest(file: Buffer, places: Iterable<{ offset: number; bytes: number }>): Candidate | null {
  let best: Candidate | null = null;
  for (const { offset, bytes } of places) {
    const end = Math.min(file.length, offset + bytes);
    const jpeg = readJpeg(file, offset, end);
    if (jpeg !== null && jpeg.pixels > (best?.pixels ?? 0))
      best = { offset, bytes: end - offset, pixels: jpeg.pixels };
  }
  return best;
}

/** An EXIF segment that holds an orientation and nothing else. */
function exifSegment(orientation: number): Buffer {
  const segment = Buffer.from(
    'ffe100224578696600004d4d002a00000008000101120003000000010000000000000000',
    'hex',
  );
  segment.writeUInt16BE(orientation, 28);
  return segment;
}

/**
 * The largest embedded JPEG, upright by its own EXIF or else by the RAW's orientation.
 *
 * @param mediaType - as identified: tiles of a DNG are JPEGs too and must not be taken for a preview
 * @throws Failure MEDIA_NO_PREVIEW
 */
export function rawPreview(file: Buffer, mediaType: string): Buffer {
  const directories = readDirectories(file);
  let best = largest(file, announced(directories));
  if (mediaType !== 'image/x-adobe-dng' && (best?.pixels ?? 0) < SEARCH_BELOW_PIXELS) {
    const found = largest(file, carved(file));
    if ((found?.pixels ?? 0) > (best?.pixels ?? 0)) best = found;
  }
  if (best === null) throw noPreview();
  const jpeg = file.subarray(best.offset, best.offset + best.bytes);
  const own = readJpeg(jpeg, 0, jpeg.length)?.orientation ?? null;
  const turned = own ?? orientationOf(directories) ?? canonOrientation(file, mediaType) ?? 1;
  if (own !== null || turned === 1) return jpeg;
  return Buffer.concat([jpeg.subarray(0, 2), exifSegment(turned), jpeg.subarray(2)]);
}

/** CR3 keeps its first directory as a TIFF inside the box `CMT1`. */
function canonOrientation(file: Buffer, mediaType: string): number | null {
  if (mediaType !== 'image/x-canon-cr3') return null;
  const at = file.indexOf('CMT1', 0, 'latin1');
  return at < 0 ? null : orientationOf(readDirectories(file.subarray(at + 4, at + 4 + 65_536)));
}
