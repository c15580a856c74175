// Runs in a decode worker thread: the one module that speaks to sharp (libvips).
import sharp, { type Metadata as SharpMetadata, type Sharp, type SharpOptions } from 'sharp';
import { Failure } from '../../contract/index.ts';
import { damaged, fileFailure, truncated } from './media-failures.ts';
import type { RgbPicture } from './pillow-resize.ts';
import { tiffEnvelope } from './tiff-envelope.ts';

// One picture per worker at a time; libvips' own threads and cache would multiply memory for nothing.
sharp.concurrency(1);
sharp.cache(false);

/** Something sharp can read: a path, or the bytes of a file; SVG is rendered at `density`. */
export interface Readable {
  readonly input: string | Buffer;
  /** Dots per inch for SVG, where 72 gives one pixel per unit. */
  readonly density?: number;
}

/** How transparency and colour profile are treated; see ImageInput. */
export interface Look {
  readonly alpha: 'drop' | 'white';
  readonly colour: 'as-stored' | 'srgb';
}

/** The look of previews, and of what is seen on a screen. */
export const AS_SEEN: Look = { alpha: 'white', colour: 'srgb' };

export interface PictureHeader {
  /** Upright size, pixels. */
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  /** The embedded ICC profile. */
  readonly profile: Buffer | null;
  /** Plain 8-bit RGB, perhaps with alpha: neither CMYK nor grey nor deeper. */
  readonly isRgb8: boolean;
  /** Frames or pages. */
  readonly pages: number;
  /** How long each of them shows, milliseconds; empty where none says. */
  readonly delaysMs: readonly number[];
  /** sharp's name of the format. */
  readonly format: string;
  /** Codec inside HEIF: `hevc` or `av1`. */
  readonly compression: string | null;
}

/** Native work of sharp outlives a terminated worker, so it gets a limit of its own. */
const SECONDS_LIMIT = 55;

function open(source: Readable, options: SharpOptions = {}): Sharp {
  return sharp(source.input, {
    // Sizes are checked before by checkPixels, with our own sentence.
    limitInputPixels: false,
    // A picture that is cut short is an error; small faults inside it are not.
    failOn: 'truncated',
    sequentialRead: true,
    ...(source.density === undefined ? {} : { density: source.density }),
    ...options,
  }).timeout({ seconds: SECONDS_LIMIT });
}

/** What sharp threw, as a Failure. */
function pictureFailure(thrown: unknown): unknown {
  const error = fileFailure(thrown);
  if (error instanceof Failure || !(error instanceof Error)) return error;
  const text = error.message;
  if (/timeout/i.test(text)) {
    return new Failure('MEDIA_TIMED_OUT', `Decoding took longer than ${String(SECONDS_LIMIT)} seconds.`, '', {
      cause: error,
    });
  }
  if (/premature end|truncated|unexpected end|not enough data|read error|past end/i.test(text))
    return truncated(error);
  const firstLine = (text.split('\n')[0] ?? '').replace(/[.\s]+$/, '');
  return damaged(firstLine === '' ? 'it cannot be decoded' : firstLine, error);
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw pictureFailure(error);
  }
}

/** Reads the header only. @throws Failure FILE_*, MEDIA_DAMAGED */
export async function readHeader(source: Readable): Promise<PictureHeader> {
  const found: SharpMetadata = await guarded(() => open(source).metadata());
  const turned = (found.orientation ?? 1) >= 5;
  return {
    width: turned ? found.height : found.width,
    height: turned ? found.width : found.height,
    hasAlpha: found.hasAlpha,
    profile: found.icc ?? null,
    isRgb8: found.space === 'srgb' && found.depth === 'uchar',
    pages: found.pages ?? 1,
    delaysMs: (found.delay ?? []).map(asShown),
    format: found.format,
    compression: found.compression ?? null,
  };
}

/** Browsers show what says it lasts a hundredth of a second or less for a tenth. */
const asShown = (delayMs: number): number => (delayMs <= 10 ? 100 : delayMs);

/** Some frames of an animation one below the other, on white. `pages` of them from `page` on. */
export async function decodePages(source: Readable, page: number, pages: number): Promise<RgbPicture> {
  return toRgb(open(source, { page, pages }).flatten({ background: '#ffffff' }));
}

async function toRgb(pipeline: Sharp): Promise<RgbPicture> {
  const { data, info } = await guarded(() =>
    pipeline.toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }),
  );
  const { width, height, channels } = info;
  if (channels === 3) return { rgb: data, width, height };
  const rgb = new Uint8Array(width * height * 3);
  const colour = channels > 2;
  for (let from = 0, to = 0; to < rgb.length; from += channels, to += 3) {
    rgb[to] = data[from] ?? 0;
    rgb[to + 1] = data[colour ? from + 1 : from] ?? 0;
    rgb[to + 2] = data[colour ? from + 2 : from] ?? 0;
  }
  return { rgb, width, height };
}

/**
 * Decodes upright to RGB at exactly `width` x `height`, which must not exceed the picture's own size.
 * JPEG may be shrunk while decoding. Profiles (also CMYK) are converted to sRGB unless `as-stored`.
 */
export async function decodeRgb(
  source: Readable,
  header: PictureHeader,
  look: Look,
  size: { readonly width: number; readonly height: number },
): Promise<RgbPicture> {
  const same = size.width === header.width && size.height === header.height;
  const resized = (pipeline: Sharp): Sharp =>
    same ? pipeline : pipeline.resize({ ...size, fit: 'fill', kernel: 'lanczos3', fastShrinkOnLoad: false });
  if (look.colour === 'srgb' && header.profile !== null && header.isRgb8 && !header.hasAlpha && !same) {
    // Converting after shrinking saves a third of the time of a large photograph, for a mean of 0.14 levels.
    const stored = await decodeRgb(source, header, { ...look, colour: 'as-stored' }, size);
    return applyProfile(stored, header.profile);
  }
  const upright = open(source, { ignoreIcc: look.colour === 'as-stored' }).autoOrient();
  if (!header.hasAlpha) return toRgb(resized(upright));
  if (look.alpha === 'white') return toRgb(resized(upright.flatten({ background: '#ffffff' })));
  // libvips weighs colours by alpha when it resizes; hidden colours only stay when alpha goes before.
  const whole = await toRgb(upright.removeAlpha());
  return same ? whole : toRgb(resized(fromRgb(whole)));
}

async function applyProfile(picture: RgbPicture, profile: Buffer): Promise<RgbPicture> {
  const { file, pixels } = tiffEnvelope(picture.width, picture.height, 3, profile);
  pixels.set(picture.rgb);
  return toRgb(open({ input: file }));
}

function fromRgb(picture: RgbPicture): Sharp {
  const { rgb, width, height } = picture;
  return sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false });
}

/** Resizes decoded RGB to exactly this size; for pictures a person sees, not for encoders. */
export async function resizeRgb(picture: RgbPicture, width: number, height: number): Promise<RgbPicture> {
  if (width === picture.width && height === picture.height) return picture;
  return toRgb(resized(picture, { width, height }));
}

/** WebP of decoded RGB, resized to `size` in the same pass. `effort` 0 to 6: time against bytes. */
export async function encodeWebp(
  picture: RgbPicture,
  quality: number,
  effort: number,
  size: { readonly width: number; readonly height: number } = picture,
): Promise<Buffer> {
  return guarded(() => resized(picture, size).webp({ quality, effort }).toBuffer());
}

function resized(picture: RgbPicture, size: { readonly width: number; readonly height: number }): Sharp {
  const { width, height } = size;
  const pipeline = fromRgb(picture);
  return width === picture.width && height === picture.height
    ? pipeline
    : pipeline.resize({ width, height, fit: 'fill', kernel: 'cubic' });
}

let displayP3: Promise<Buffer> | undefined;

/** The ICC profile of Display P3 that comes with libvips. */
export function displayP3Profile(): Promise<Buffer> {
  displayP3 ??= (async () => {
    const pixel = sharp({ create: { width: 1, height: 1, channels: 3, background: '#000000' } });
    const { icc } = await sharp(await pixel.withIccProfile('p3').png().toBuffer()).metadata();
    if (icc === undefined) throw new Error('libvips gave no Display P3 profile');
    return icc;
  })();
  return displayP3;
}
