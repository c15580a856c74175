// Runs in a decode worker thread: portable anymaps (PBM, PGM, PPM; text and binary).
import { checkPixels, damaged, truncated } from './media-failures.ts';
import { tiffEnvelope } from './tiff-envelope.ts';

interface Reader {
  /** Next number, past white space and comments; NaN at the end. */
  number(): number;
  /** Next digit 0 or 1 of a text bitmap, which needs no space between. */
  bit(): number;
  at: number;
}

const ZERO = 0x30;
const NINE = 0x39;
const HASH = 0x23;

function readerOf(file: Buffer): Reader {
  const reader: Reader = {
    at: 2,
    number: () => {
      skip();
      let value = 0;
      let digits = 0;
      for (; digits < 10; digits++, reader.at++) {
        const byte = file[reader.at] ?? 0;
        if (byte < ZERO || byte > NINE) break;
        value = value * 10 + byte - ZERO;
      }
      return digits === 0 ? Number.NaN : value;
    },
    bit: () => {
      skip();
      return (file[reader.at++] ?? Number.NaN) - ZERO;
    },
  };
  function skip(): void {
    for (; reader.at < file.length; reader.at++) {
      const byte = file[reader.at] ?? 0;
      if (byte === HASH) while (reader.at < file.length && file[reader.at] !== 0x0a) reader.at++;
      else if (byte > 0x20) return;
    }
  }
  return reader;
}

/** Decodes P1 to P6 to a TIFF for libvips. @throws Failure MEDIA_DAMAGED, MEDIA_TOO_LARGE, FILE_TRUNCATED */
export function decodePnm(file: Buffer, maxPixels: number): Buffer {
  const kind = (file[1] ?? 0) - ZERO;
  const reader = readerOf(file);
  const width = reader.number();
  const height = reader.number();
  const bitmap = kind === 1 || kind === 4;
  const most = bitmap ? 1 : reader.number();
  if (!Number.isFinite(width) || !Number.isFinite(height)) throw truncated();
  checkPixels(width, height, maxPixels);
  if (!(most >= 1 && most <= 65535)) throw damaged('its largest value is out of range');
  const channels = kind === 3 || kind === 6 ? 3 : 1;
  const { file: tiff, pixels } = tiffEnvelope(width, height, channels, null);
  const scale = 255 / most;

  if (kind <= 3) {
    for (let i = 0; i < pixels.length; i++) {
      const value = bitmap ? reader.bit() : reader.number();
      if (Number.isNaN(value)) throw truncated();
      pixels[i] = bitmap ? (value === 0 ? 255 : 0) : Math.min(255, Math.round(value * scale));
    }
    return tiff;
  }
  // One white space stands between the header and the samples.
  const start = reader.at + 1;
  const sampleBytes = most > 255 ? 2 : 1;
  const rowBytes = bitmap ? Math.ceil(width / 8) : width * channels * sampleBytes;
  if (file.length < start + rowBytes * height) throw truncated();
  for (let y = 0, to = 0; y < height; y++) {
    const row = start + y * rowBytes;
    for (let x = 0; x < width * channels; x++, to++) {
      if (bitmap) pixels[to] = (((file[row + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 0 ? 255 : 0;
      else {
        const value = sampleBytes === 1 ? (file[row + x] ?? 0) : file.readUInt16BE(row + x * 2);
        pixels[to] = most === 255 ? value : Math.min(255, Math.round(value * scale));
      }
    }
  }
  return tiff;
}
