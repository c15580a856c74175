// Runs in a decode worker thread: HEIC pictures by libheif in WebAssembly.
import { createRequire } from 'node:module';
import { checkPixels, damaged, notSupported } from './media-failures.ts';
import { displayP3Profile, readHeader } from './pixels.ts';
import { tiffEnvelope } from './tiff-envelope.ts';

/** The part of libheif-js that is used; the package has no types for it. */
interface HeifImage {
  get_width(): number;
  get_height(): number;
  is_primary(): boolean | number;
  display(
    target: { data: Uint8ClampedArray; width: number; height: number },
    done: (filled: object | null) => void,
  ): void;
  free(): void;
}
interface HeifDecoder {
  decode(file: Uint8Array): HeifImage[];
  readonly decoder: unknown;
}
interface Libheif {
  readonly ready?: Promise<unknown>;
  readonly HeifDecoder: new () => HeifDecoder;
  heif_context_free(context: unknown): void;
}

let library: Libheif | undefined;

async function libheif(): Promise<Libheif> {
  library ??= createRequire(import.meta.url)('libheif-js/wasm-bundle') as Libheif;
  await library.ready;
  return library;
}

/** Colour primaries of ISO/IEC 23091-2 in an `nclx` box: 12 is Display P3. */
const PRIMARIES_P3 = 12;

/** The profile that an `nclx` box means, for files without an ICC profile; null where sRGB will do. */
export async function nclxProfile(file: Buffer): Promise<Buffer | null> {
  const at = file.subarray(0, 1024 * 1024).indexOf('colrnclx', 0, 'latin1');
  if (at < 0 || at + 10 > file.length) return null;
  return file.readUInt16BE(at + 8) === PRIMARIES_P3 ? displayP3Profile() : null;
}

/**
 * Decodes the primary picture. libheif turns it upright by itself (irot, imir), so the result carries
 * no orientation; its ICC profile, or Display P3 by nclx, goes along.
 *
 * @returns a TIFF for libvips
 * @throws Failure MEDIA_DAMAGED, MEDIA_TOO_LARGE
 */
export async function decodeHeic(file: Buffer, maxPixels: number): Promise<Buffer> {
  const header = await readHeader({ input: file });
  checkPixels(header.width, header.height, maxPixels);
  const profile = header.profile ?? (await nclxProfile(file));
  const heif = await libheif();
  const decoder = new heif.HeifDecoder();
  const images = decoder.decode(file);
  try {
    const image = images.find((each) => Boolean(each.is_primary())) ?? images[0];
    if (image === undefined) throw damaged('it holds no picture');
    const width = image.get_width();
    const height = image.get_height();
    checkPixels(width, height, maxPixels);
    const { file: tiff, pixels } = tiffEnvelope(width, height, 4, profile);
    const data = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length);
    const filled = await new Promise<object | null>((resolve) => {
      image.display({ data, width, height }, resolve);
    });
    if (filled === null) throw damaged('its picture cannot be decoded');
    return tiff;
  } finally {
    for (const image of images) image.free();
    if (decoder.decoder !== null) heif.heif_context_free(decoder.decoder);
  }
}

/** `image/heif` says nothing of the codec inside: AV1 is for libvips, HEVC for libheif. */
export async function isHevc(file: Buffer): Promise<boolean> {
  const { compression } = await readHeader({ input: file });
  if (compression === 'hevc') return true;
  if (compression === 'av1') return false;
  throw notSupported(
    `This HEIF picture uses the codec ${compression ?? 'unknown'}, which cannot be decoded here.`,
  );
}
