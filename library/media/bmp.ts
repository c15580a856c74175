// Runs in a decode worker thread: Windows bitmaps of 1 to 32 bits, with palettes, masks and run lengths.
import { checkPixels, damaged, notSupported, truncated } from './media-failures.ts';
import { tiffEnvelope } from './tiff-envelope.ts';

const RGB = 0;
const RLE8 = 1;
const RLE4 = 2;
const BITFIELDS = 3;
const ALPHABITFIELDS = 6;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bits: number;
  readonly compression: number;
  readonly pixelsAt: number;
  /** Red, green, blue of each palette entry. */
  readonly palette: Uint8Array;
  /** Masks of red, green, blue, alpha; zero where there is none. */
  readonly masks: readonly number[];
}

function readBmpHeader(file: Buffer): Header {
  if (file.length < 26) throw truncated();
  const headerBytes = file.readUInt32LE(14);
  const old = headerBytes === 12;
  if (!old && file.length < 54) throw truncated();
  const width = old ? file.readUInt16LE(18) : file.readInt32LE(18);
  const signedHeight = old ? file.readInt16LE(20) : file.readInt32LE(22);
  const bits = file.readUInt16LE(old ? 24 : 28);
  const compression = old ? RGB : file.readUInt32LE(30);
  const pixelsAt = file.readUInt32LE(10);
  const masked = compression === BITFIELDS || compression === ALPHABITFIELDS;
  const maskCount = masked ? (compression === ALPHABITFIELDS || headerBytes >= 56 ? 4 : 3) : 0;
  const masks = Array.from({ length: maskCount }, (_, i) =>
    54 + i * 4 + 4 <= file.length ? file.readUInt32LE(54 + i * 4) : 0,
  );
  const paletteAt = 14 + headerBytes + (headerBytes === 40 ? maskCount * 4 : 0);
  const said = old ? 0 : file.readUInt32LE(46);
  const entries = bits <= 8 ? (said > 0 && said <= 256 ? said : 1 << bits) : 0;
  const step = old ? 3 : 4;
  const palette = new Uint8Array(256 * 3);
  for (let i = 0; i < entries; i++) {
    const at = paletteAt + i * step;
    palette.set([file[at + 2] ?? 0, file[at + 1] ?? 0, file[at] ?? 0], i * 3);
  }
  return {
    width,
    height: Math.abs(signedHeight),
    topDown: signedHeight < 0,
    bits,
    compression,
    pixelsAt,
    palette,
    masks,
  };
}

/** Decodes to a TIFF for libvips. @throws Failure MEDIA_*, FILE_TRUNCATED */
export function decodeBmp(file: Buffer, maxPixels: number): Buffer {
  const header = readBmpHeader(file);
  checkPixels(header.width, header.height, maxPixels);
  const { bits, compression } = header;
  if (compression === RLE8 || compression === RLE4) return enclosePalette(header, unpackRuns(file, header));
  if (![RGB, BITFIELDS, ALPHABITFIELDS].includes(compression))
    throw notSupported(
      `This bitmap is packed in a way (${String(compression)}) that cannot be decoded here.`,
    );
  if (![1, 2, 4, 8, 16, 24, 32].includes(bits)) throw damaged(`it claims ${String(bits)} bits per pixel`);
  const rowBytes = Math.ceil((header.width * bits) / 32) * 4;
  if (file.length < header.pixelsAt + rowBytes * header.height) throw truncated();
  return bits <= 8
    ? enclosePalette(header, unpackIndexes(file, header, rowBytes))
    : encloseColours(file, header, rowBytes);
}

/** Palette indexes, rows from the top. */
function unpackIndexes(file: Buffer, header: Header, rowBytes: number): Uint8Array {
  const { width, height, bits, topDown, pixelsAt } = header;
  const indexes = new Uint8Array(width * height);
  const mask = (1 << bits) - 1;
  for (let y = 0; y < height; y++) {
    const row = pixelsAt + y * rowBytes;
    const to = (topDown ? y : height - 1 - y) * width;
    for (let x = 0; x < width; x++) {
      const bit = x * bits;
      indexes[to + x] = ((file[row + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & mask;
    }
  }
  return indexes;
}

/** Run-length packed indexes (RLE8, RLE4); what the runs skip stays at index 0. */
function unpackRuns(file: Buffer, header: Header): Uint8Array {
  const { width, height, topDown, compression } = header;
  const indexes = new Uint8Array(width * height);
  const nibbles = compression === RLE4;
  let at = header.pixelsAt;
  let x = 0;
  let y = 0;
  const put = (value: number): void => {
    if (x < width && y < height) indexes[(topDown ? y : height - 1 - y) * width + x] = value;
    x++;
  };
  const pick = (byte: number, i: number): number => (nibbles ? (i % 2 === 0 ? byte >> 4 : byte & 15) : byte);
  while (at + 1 < file.length && y < height) {
    const count = file[at] ?? 0;
    const value = file[at + 1] ?? 0;
    at += 2;
    if (count > 0) for (let i = 0; i < count; i++) put(pick(value, i));
    else if (value === 0) {
      x = 0;
      y++;
    } else if (value === 1) break;
    else if (value === 2) {
      x += file[at] ?? 0;
      y += file[at + 1] ?? 0;
      at += 2;
    } else {
      for (let i = 0; i < value; i++) put(pick(file[at + (nibbles ? i >> 1 : i)] ?? 0, i));
      const bytes = nibbles ? (value + 1) >> 1 : value;
      at += bytes + (bytes & 1);
    }
  }
  return indexes;
}

function enclosePalette(header: Header, indexes: Uint8Array): Buffer {
  const { file, pixels } = tiffEnvelope(header.width, header.height, 3, null);
  const { palette } = header;
  for (let from = 0, to = 0; from < indexes.length; from++, to += 3) {
    const at = (indexes[from] ?? 0) * 3;
    pixels[to] = palette[at] ?? 0;
    pixels[to + 1] = palette[at + 1] ?? 0;
    pixels[to + 2] = palette[at + 2] ?? 0;
  }
  return file;
}

function encloseColours(file: Buffer, header: Header, rowBytes: number): Buffer {
  const { width, height, bits, topDown, pixelsAt } = header;
  const usual = bits === 16 ? [0x7c00, 0x03e0, 0x001f, 0] : [0xff0000, 0xff00, 0xff, 0];
  const masks = header.masks.length > 0 ? header.masks : usual;
  const fields = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { mask, shift, most: mask >>> shift };
  });
  const channels = (fields[3]?.mask ?? 0) === 0 ? 3 : 4;
  const { file: tiff, pixels } = tiffEnvelope(width, height, channels, null);
  const bytes = bits / 8;
  for (let y = 0; y < height; y++) {
    let from = pixelsAt + y * rowBytes;
    let to = (topDown ? y : height - 1 - y) * width * channels;
    for (let x = 0; x < width; x++, from += bytes) {
      const value =
        bytes === 2
          ? file.readUInt16LE(from)
          : bytes === 3
            ? file.readUIntLE(from, 3)
            : file.readUInt32LE(from);
      for (let c = 0; c < channels; c++) {
        const { mask = 0, shift = 0, most = 0 } = fields[c] ?? {};
        const part = (value & mask) >>> shift;
        pixels[to++] = most === 0 ? 0 : most === 255 ? part : Math.round((part * 255) / most);
      }
    }
  }
  return tiff;
}
