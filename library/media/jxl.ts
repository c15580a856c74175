// Runs in a decode worker thread: JPEG XL by libjxl in WebAssembly.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import decode, { init } from '@jsquash/jxl/decode.js';
import { checkPixels, damaged, truncated } from './media-failures.ts';
import { tiffEnvelope } from './tiff-envelope.ts';

/** The decoder makes an ImageData, which Node does not have. */
class PlainImageData {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

/** The package's types speak of the browser's ImageData. */
const decodePixels = decode as (file: ArrayBuffer) => Promise<unknown> as (
  file: ArrayBuffer,
) => Promise<PlainImageData>;

let ready: Promise<unknown> | undefined;

/** Hands over the package's own wasm file: left to itself it would ask a server for it. */
function prepare(): Promise<unknown> {
  ready ??= (async () => {
    const globals = globalThis as { ImageData?: unknown };
    globals.ImageData ??= PlainImageData;
    const wasm = createRequire(import.meta.url).resolve('@jsquash/jxl/codec/dec/jxl_dec.wasm');
    await init({ wasmBinary: fs.readFileSync(wasm), print: () => undefined, printErr: () => undefined });
  })();
  return ready;
}

/** Reads the size in a codestream's header (ISO/IEC 18181-1, SizeHeader). */
function codestreamSize(bytes: Buffer): { width: number; height: number } | null {
  if (bytes.length < 12 || bytes[0] !== 0xff || bytes[1] !== 0x0a) return null;
  let at = 16;
  const bits = (count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i++, at++) value += (((bytes[at >> 3] ?? 0) >> (at & 7)) & 1) * 2 ** i;
    return value;
  };
  const long = (): number => 1 + bits([9, 13, 18, 30][bits(2)] ?? 30);
  const small = bits(1) === 1;
  const height = small ? (bits(5) + 1) * 8 : long();
  const ratio = bits(3);
  const [across, down] = [
    [0, 1],
    [1, 1],
    [12, 10],
    [4, 3],
    [3, 2],
    [16, 9],
    [5, 4],
    [2, 1],
  ][ratio] ?? [0, 1];
  if (ratio !== 0) return { width: Math.floor((height * (across ?? 1)) / (down ?? 1)), height };
  return { width: small ? (bits(5) + 1) * 8 : long(), height };
}

/** The beginning of the codestream: the file itself, or inside a `jxlc` or the first `jxlp` box. */
function codestream(file: Buffer): Buffer | null {
  if (file[0] === 0xff) return file;
  for (let at = 0; at + 16 <= file.length;) {
    const size = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const header = size === 1 ? 16 : 8;
    if (type === 'jxlc') return file.subarray(at + header);
    if (type === 'jxlp') return file.subarray(at + header + 4);
    const length = size === 1 ? Number(file.readBigUInt64BE(at + 8)) : size;
    if (length < header) return null;
    at += length;
  }
  return null;
}

/** Decodes to sRGB with alpha, upright; a TIFF for libvips. @throws Failure MEDIA_DAMAGED, MEDIA_TOO_LARGE, FILE_TRUNCATED */
export async function decodeJxl(file: Buffer, maxPixels: number): Promise<Buffer> {
  const start = codestream(file);
  const size = start === null ? null : codestreamSize(start);
  if (size === null) throw truncated();
  checkPixels(size.width, size.height, maxPixels);
  await prepare();
  let picture: PlainImageData;
  try {
    picture = await decodePixels(new Uint8Array(file).buffer);
  } catch (error) {
    throw damaged('it cannot be decoded as JPEG XL', error);
  }
  const { file: tiff, pixels } = tiffEnvelope(picture.width, picture.height, 4, null);
  pixels.set(picture.data);
  return tiff;
}
