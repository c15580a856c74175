// Runs in a decode worker thread: wraps decoded pixels as a TIFF in memory, so that libvips sees their colour profile.
import { damaged } from './media-failures.ts';

const ROWS_PER_STRIP = 64;
const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;
/** Offsets in a TIFF have 32 bits. */
const MAX_BYTES = 0xffff_0000;

export interface Envelope {
  /** The whole TIFF file. */
  readonly file: Buffer;
  /** Where the pixels go: rows from the top, `channels` bytes each, inside `file`. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/**
 * An uncompressed TIFF whose pixels are still to be written, in place: decoders outside libvips yield
 * raw pixels, and libvips takes a profile only from a file.
 *
 * @param channels - 1 grey, 3 RGB, 4 RGB and alpha (not premultiplied)
 * @param profile - ICC profile, or null for sRGB
 */
export function tiffEnvelope(
  width: number,
  height: number,
  channels: 1 | 3 | 4,
  profile: Buffer | null,
): Envelope {
  const strips = Math.ceil(height / ROWS_PER_STRIP);
  const stripBytes = ROWS_PER_STRIP * width * channels;
  const pixelBytes = width * height * channels;
  const entries = 10 + (channels === 4 ? 1 : 0) + (profile === null ? 0 : 1);
  const bitsAt = 8 + 2 + entries * 12 + 4;
  const offsetsAt = bitsAt + 8;
  const countsAt = offsetsAt + strips * 4;
  const profileAt = countsAt + strips * 4;
  const pixelsAt = profileAt + (profile?.length ?? 0) + ((profile?.length ?? 0) % 2);
  if (pixelsAt + pixelBytes > MAX_BYTES) throw damaged('it is too large to be converted');

  const file = Buffer.allocUnsafeSlow(pixelsAt + pixelBytes);
  file.fill(0, 0, pixelsAt);
  file.write('II', 0, 'latin1');
  file.writeUInt16LE(42, 2);
  file.writeUInt32LE(8, 4);
  file.writeUInt16LE(entries, 8);
  let at = 10;
  const entry = (tag: number, type: number, count: number, value: number): void => {
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(count, at + 4);
    file.writeUInt32LE(value, at + 8);
    at += 12;
  };
  entry(256, LONG, 1, width);
  entry(257, LONG, 1, height);
  if (channels === 1) entry(258, SHORT, 1, 8);
  else entry(258, SHORT, channels, bitsAt);
  entry(259, SHORT, 1, 1);
  entry(262, SHORT, 1, channels === 1 ? 1 : 2);
  entry(273, LONG, strips, strips === 1 ? pixelsAt : offsetsAt);
  entry(277, SHORT, 1, channels);
  entry(278, LONG, 1, ROWS_PER_STRIP);
  entry(279, LONG, strips, strips === 1 ? pixelBytes : countsAt);
  entry(284, SHORT, 1, 1);
  if (channels === 4) entry(338, SHORT, 1, 2);
  if (profile !== null) entry(34675, UNDEFINED, profile.length, profileAt);
  for (let i = 0; i < 4; i++) file.writeUInt16LE(8, bitsAt + i * 2);
  for (let i = 0; i < strips; i++) {
    file.writeUInt32LE(pixelsAt + i * stripBytes, offsetsAt + i * 4);
    file.writeUInt32LE(Math.min(stripBytes, pixelBytes - i * stripBytes), countsAt + i * 4);
  }
  profile?.copy(file, profileAt);
  return { file, pixels: new Uint8Array(file.buffer, file.byteOffset + pixelsAt, pixelBytes) };
}
