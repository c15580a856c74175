// Runs in a decode worker thread: JPEG 2000 by OpenJPEG in WebAssembly.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { checkPixels, damaged, notSupported, truncated } from './media-failures.ts';
import { tiffEnvelope } from './tiff-envelope.ts';

/** The part of the codec that is used; the package has no types. */
interface Decoder {
  getEncodedBuffer(bytes: number): Uint8Array;
  decode(): void;
  getDecodedBuffer(): Uint8Array;
  getFrameInfo(): {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
    isSigned: boolean;
  };
  getColorSpace(): number;
  delete(): void;
}
interface Codec {
  readonly J2KDecoder: new () => Decoder;
}
type CodecFactory = (options: object) => Promise<Codec>;

let codec: Promise<Codec> | undefined;

function prepare(): Promise<Codec> {
  const require = createRequire(import.meta.url);
  codec ??= (require('@cornerstonejs/codec-openjpeg/decodewasmjs') as CodecFactory)({
    wasmBinary: fs.readFileSync(require.resolve('@cornerstonejs/codec-openjpeg/decodewasm')),
    print: () => undefined,
    printErr: () => undefined,
  });
  return codec;
}

/** OpenJPEG's number for YCbCr samples (OPJ_CLRSPC_SYCC). */
const SYCC = 3;

/** The SIZ marker of the codestream: its size, and how many components. */
function sizeOf(file: Buffer): { width: number; height: number } {
  const at = file.indexOf(Buffer.from('ff4fff51', 'hex'));
  if (at < 0 || at + 24 > file.length) throw truncated();
  return {
    width: file.readUInt32BE(at + 8) - file.readUInt32BE(at + 16),
    height: file.readUInt32BE(at + 12) - file.readUInt32BE(at + 20),
  };
}

/** The ICC profile of a JP2's `colr` box with method 2, or null. */
function profileOf(file: Buffer): Buffer | null {
  const at = file.indexOf('colr', 0, 'latin1');
  if (at < 4 || at + 7 > file.length || file[at + 4] !== 2) return null;
  const profile = file.subarray(at + 7, at - 4 + file.readUInt32BE(at - 4));
  return profile.toString('latin1', 36, 40) === 'acsp' ? profile : null;
}

/** Decodes JP2 files and bare codestreams to a TIFF for libvips. @throws Failure MEDIA_*, FILE_TRUNCATED */
export async function decodeJpeg2000(file: Buffer, maxPixels: number): Promise<Buffer> {
  const size = sizeOf(file);
  checkPixels(size.width, size.height, maxPixels);
  const { J2KDecoder } = await prepare();
  const decoder = new J2KDecoder();
  try {
    decoder.getEncodedBuffer(file.length).set(file);
    try {
      decoder.decode();
    } catch (error) {
      throw damaged('it cannot be decoded as JPEG 2000', error);
    }
    const frame = decoder.getFrameInfo();
    const samples = decoder.getDecodedBuffer();
    if (frame.width === 0 || samples.length === 0) throw truncated();
    if (decoder.getColorSpace() === SYCC) throw notSupported('This JPEG 2000 picture stores YCbCr colours.');
    return enclose(frame, samples, profileOf(file));
  } finally {
    decoder.delete();
  }
}

function enclose(
  frame: ReturnType<Decoder['getFrameInfo']>,
  samples: Uint8Array,
  profile: Buffer | null,
): Buffer {
  const { width, height, componentCount, bitsPerSample, isSigned } = frame;
  const channels = componentCount >= 4 ? 4 : componentCount === 3 ? 3 : 1;
  const { file, pixels } = tiffEnvelope(width, height, channels, profile);
  const wide = bitsPerSample > 8;
  const values = wide ? new Uint16Array(samples.slice().buffer) : samples;
  const shift = Math.max(0, bitsPerSample - 8);
  const half = isSigned ? 1 << (bitsPerSample - 1) : 0;
  const mask = 2 ** bitsPerSample - 1;
  if (channels === componentCount && !wide && !isSigned && bitsPerSample === 8) {
    pixels.set(values);
    return file;
  }
  const scale = bitsPerSample < 8 ? 255 / mask : 1;
  for (let from = 0, to = 0; to < pixels.length; from += componentCount, to += channels) {
    for (let c = 0; c < channels; c++) {
      const value = ((values[from + c] ?? 0) + half) & mask;
      pixels[to + c] = shift > 0 ? value >> shift : value * scale;
    }
  }
  return file;
}
