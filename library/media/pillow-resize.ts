// Runs in a decode worker thread: Pillow's 8-bit antialiased resize, bit for bit, for encoder inputs.
import type { ImageInput } from '../ports.ts';

type Filter = ImageInput['interpolation'];

/** RGB bytes, rows from the top, no padding between rows. */
export interface RgbPicture {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A rectangle of the resized picture, pixels. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Pillow keeps weights as integers of this many fractional bits (Resample.c: 32 - 8 - 2). */
const PRECISION_BITS = 32 - 8 - 2;
const ONE = 2 ** PRECISION_BITS;
const HALF = 1 << (PRECISION_BITS - 1);

const CHANNELS = 3;

/** Half the width of each filter at scale 1, in source pixels. */
const SUPPORT: Record<Exclude<Filter, 'nearest'>, number> = { bilinear: 1, bicubic: 2, lanczos: 3 };

function sinc(x: number): number {
  if (x === 0) return 1;
  const px = x * Math.PI;
  return Math.sin(px) / px;
}

/** The filters of Pillow's Resample.c; bicubic is Keys' with a = -0.5. */
function weight(filter: Exclude<Filter, 'nearest'>, at: number): number {
  const x = Math.abs(at);
  switch (filter) {
    case 'bilinear':
      return x < 1 ? 1 - x : 0;
    case 'bicubic':
      if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    case 'lanczos':
      return x < 3 ? sinc(x) * sinc(x / 3) : 0;
  }
}

interface Taps {
  /** First source pixel of each output pixel. */
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** `stride` fixed-point weights per output pixel. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/** The weights of `length` output pixels from `start` on, when `from` pixels become `to`. */
function tapsOf(
  from: number,
  to: number,
  start: number,
  length: number,
  filter: Exclude<Filter, 'nearest'>,
): Taps {
  const scale = from / to;
  const filterScale = Math.max(1, scale);
  const support = SUPPORT[filter] * filterScale;
  const stride = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(length);
  const count = new Int32Array(length);
  const weights = new Int32Array(length * stride);
  const exact = new Float64Array(stride);
  for (let i = 0; i < length; i++) {
    const centre = (start + i + 0.5) * scale;
    const low = Math.max(0, Math.trunc(centre - support + 0.5));
    const high = Math.min(from, Math.trunc(centre + support + 0.5));
    let sum = 0;
    for (let j = low; j < high; j++) {
      const w = weight(filter, (j - centre + 0.5) / filterScale);
      exact[j - low] = w;
      sum += w;
    }
    first[i] = low;
    count[i] = high - low;
    for (let j = 0; j < high - low; j++) {
      const scaled = ((exact[j] ?? 0) / (sum === 0 ? 1 : sum)) * ONE;
      weights[i * stride + j] = Math.trunc(scaled + (scaled < 0 ? -0.5 : 0.5));
    }
  }
  return { first, count, weights, stride };
}

/* The two passes index typed arrays whose bounds the taps guarantee; `?? 0` would cost in the inner loop. */
/* eslint-disable @typescript-eslint/no-non-null-assertion */

/** Horizontal pass over source rows `top` to `bottom`; yields `width` columns. */
function resizeRows(
  source: RgbPicture,
  taps: Taps,
  width: number,
  top: number,
  bottom: number,
): Uint8ClampedArray {
  const { rgb, width: sourceWidth } = source;
  const { first, count, weights, stride } = taps;
  const out = new Uint8ClampedArray((bottom - top) * width * CHANNELS);
  let to = 0;
  for (let y = top; y < bottom; y++) {
    const row = y * sourceWidth;
    for (let x = 0; x < width; x++) {
      let r = HALF;
      let g = HALF;
      let b = HALF;
      let from = (row + first[x]!) * CHANNELS;
      const end = x * stride + count[x]!;
      for (let k = x * stride; k < end; k++) {
        const w = weights[k]!;
        r = (r + Math.imul(rgb[from]!, w)) | 0;
        g = (g + Math.imul(rgb[from + 1]!, w)) | 0;
        b = (b + Math.imul(rgb[from + 2]!, w)) | 0;
        from += CHANNELS;
      }
      out[to] = r >> PRECISION_BITS;
      out[to + 1] = g >> PRECISION_BITS;
      out[to + 2] = b >> PRECISION_BITS;
      to += CHANNELS;
    }
  }
  return out;
}

/** Vertical pass; row 0 of `rows` is source row `top`. */
function resizeColumns(
  rows: Uint8ClampedArray,
  taps: Taps,
  width: number,
  height: number,
  top: number,
): Uint8Array {
  const { first, count, weights, stride } = taps;
  const line = width * CHANNELS;
  const sums = new Int32Array(line);
  const out = new Uint8ClampedArray(height * line);
  for (let y = 0; y < height; y++) {
    sums.fill(HALF);
    for (let k = 0; k < count[y]!; k++) {
      const w = weights[y * stride + k]!;
      const from = (first[y]! + k - top) * line;
      for (let x = 0; x < line; x++) sums[x] = (sums[x]! + Math.imul(rows[from + x]!, w)) | 0;
    }
    const to = y * line;
    for (let x = 0; x < line; x++) out[to + x] = sums[x]! >> PRECISION_BITS;
  }
  return new Uint8Array(out.buffer);
}

/** Source index of `length` output pixels from `start` on: Pillow adds up the step, and so its rounding. */
function nearestOf(from: number, to: number, start: number, length: number): Int32Array {
  const step = from / to;
  const found = new Int32Array(length);
  let at = step * 0.5;
  for (let i = 0; i < start + length; i++, at += step)
    if (i >= start) found[i - start] = Math.min(from - 1, at);
  return found;
}

function cut(source: RgbPicture, width: number, height: number, window: Window): Uint8Array {
  const out = new Uint8Array(window.width * window.height * CHANNELS);
  const columns = nearestOf(source.width, width, window.left, window.width);
  const rows = nearestOf(source.height, height, window.top, window.height);
  let to = 0;
  for (let y = 0; y < window.height; y++) {
    const row = rows[y]! * source.width;
    for (let x = 0; x < window.width; x++) {
      const from = (row + columns[x]!) * CHANNELS;
      out[to++] = source.rgb[from]!;
      out[to++] = source.rgb[from + 1]!;
      out[to++] = source.rgb[from + 2]!;
    }
  }
  return out;
}
/* eslint-enable @typescript-eslint/no-non-null-assertion */

/**
 * What `Image.resize((width, height), filter).crop(window)` of Pillow gives for an RGB picture, equal
 * in every byte, computing only what the window needs.
 * Arithmetic: Pillow, src/libImaging/Resample.c (8 bits per channel) and Geometry.c (nearest).
 *
 * @param width - of the whole resized picture, pixels
 * @param height - of the whole resized picture, pixels
 * @param window - the part wanted, inside the resized picture
 * @returns RGB bytes of the window
 */
export function pillowResize(
  source: RgbPicture,
  width: number,
  height: number,
  filter: Filter,
  window: Window = { left: 0, top: 0, width, height },
): Uint8Array {
  const sameWidth = width === source.width;
  const sameHeight = height === source.height;
  if (filter === 'nearest' || (sameWidth && sameHeight)) return cut(source, width, height, window);
  const across = tapsOf(source.width, width, window.left, window.width, filter);
  const down = tapsOf(source.height, height, window.top, window.height, filter);
  // As Pillow: a direction whose size stays is not filtered at all.
  if (sameHeight) {
    const rows = resizeRows(source, across, window.width, window.top, window.top + window.height);
    return new Uint8Array(rows.buffer);
  }
  const last = window.height - 1;
  const top = down.first[0] ?? 0;
  const bottom = (down.first[last] ?? 0) + (down.count[last] ?? 0);
  const rows = sameWidth
    ? Uint8ClampedArray.from(
        cut(source, width, source.height, {
          left: window.left,
          top,
          width: window.width,
          height: bottom - top,
        }),
      )
    : resizeRows(source, across, window.width, top, bottom);
  return resizeColumns(rows, down, window.width, window.height, top);
}
