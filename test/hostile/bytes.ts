// Read by the hostile files: pieces of formats written by hand, true or lying.
import { crc32, deflateSync } from 'node:zlib';

export const u16be = (value: number): Buffer => Buffer.from([(value >> 8) & 255, value & 255]);
export const u32be = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};
export const u16le = (value: number): Buffer => Buffer.from([value & 255, (value >> 8) & 255]);
export const u32le = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};
export const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

/** The same bytes every time, of no format. */
export function noise(length: number, seed = 1): Buffer {
  let state = seed;
  return Buffer.from(
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return state >> 16;
    }),
  );
}

export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A chunk of a PNG; its checksum is right unless another is given. */
export function pngChunk(type: string, data: Buffer, checksum?: number): Buffer {
  const body = Buffer.concat([ascii(type), data]);
  return Buffer.concat([u32be(data.length), body, u32be(checksum ?? crc32(body))]);
}

/** A grey PNG, all black, with what else stands between head and pixels. */
export function greyPng(
  width: number,
  height: number,
  options: { bits?: 1 | 8; between?: Buffer[]; pixels?: Buffer; checksum?: number } = {},
): Buffer {
  const { bits = 8, between = [], checksum } = options;
  const row = Math.ceil((width * bits) / 8) + 1;
  const pixels = options.pixels ?? deflateSync(Buffer.alloc(row * height));
  return Buffer.concat([
    pngSignature,
    pngChunk('IHDR', Buffer.concat([u32be(width), u32be(height), Buffer.from([bits, 0, 0, 0, 0])]), checksum),
    ...between,
    pngChunk('IDAT', pixels),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A box of ISO media files and JPEG 2000. */
export const box = (type: string, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  return Buffer.concat([u32be(body.length + 8), ascii(type), body]);
};

/** A 24-bit BMP's head, with whatever size it claims. */
export const bmpHead = (width: number, height: number, bytes: number): Buffer =>
  Buffer.concat([
    ...[ascii('BM'), u32le(bytes), u32le(0), u32le(54), u32le(40), u32le(width), u32le(height)],
    ...[u16le(1), u16le(24), u32le(0), u32le(0), u32le(2835), u32le(2835), u32le(0), u32le(0)],
  ]);

/** A little-endian TIFF of one directory. Entries: tag, type (3 short, 4 long), value. */
export function tiff(entries: readonly (readonly [number, number, number])[], next: number): Buffer {
  return Buffer.concat([
    ...[ascii('II'), u16le(42), u32le(8), u16le(entries.length)],
    ...entries.map(([tag, type, value]) => Buffer.concat([u16le(tag), u16le(type), u32le(1), u32le(value)])),
    u32le(next),
  ]);
}

/** Puts a segment behind the first two bytes of a JPEG. */
export const withSegment = (jpeg: Buffer, marker: number, content: Buffer): Buffer =>
  Buffer.concat([
    jpeg.subarray(0, 2),
    Buffer.from([0xff, marker]),
    u16be(content.length + 2),
    content,
    jpeg.subarray(2),
  ]);

/** A JPEG whose head claims another size. */
export function jpegClaiming(jpeg: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(jpeg);
  for (let at = 2; at < copy.length - 9;) {
    const marker = copy[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc2) {
      copy.writeUInt16BE(height, at + 5);
      copy.writeUInt16BE(width, at + 7);
      return copy;
    }
    at += 2 + copy.readUInt16BE(at + 2);
  }
  throw new Error('There is no frame in this JPEG.');
}
