// Runs in a worker thread: four overlapping enlarged parts of a picture for the second look.
import type { EncoderInput } from '../../library/ports.ts';

type Rectangle = EncoderInput['content'];

/** Each tile is this share of the picture's width and height; neighbours overlap by a fifth of the picture. */
const SHARE = 0.6;
/** Edge of a tile as the detector gets it, pixels: a quarter larger than the same part in the whole picture. */
export const TILE_EDGE = 384;
/** Grey around the picture, as in the whole one. */
const PADDING = 114;

/** The four tiles of the part that holds picture, in pixels of the input. */
export function tilesOf({ left, top, width, height }: Rectangle): Rectangle[] {
  const w = Math.max(1, Math.round(width * SHARE));
  const h = Math.max(1, Math.round(height * SHARE));
  const right = left + width - w;
  const bottom = top + height - h;
  return [
    { left, top, width: w, height: h },
    { left: right, top, width: w, height: h },
    { left, top: bottom, width: w, height: h },
    { left: right, top: bottom, width: w, height: h },
  ];
}

/**
 * Cuts a rectangle out and fits it into a square, aspect kept, centred, by bilinear interpolation with
 * pixel centres at one half.
 *
 * @param rgb - `from` x `from` x 3 bytes
 * @param to - edge of the square, pixels
 * @returns to x to x 3 values of 0..255
 */
export function cutOut(
  rgb: Uint8Array,
  from: number,
  part: Rectangle,
  to: number,
  padding = PADDING,
): Float32Array {
  const out = new Float32Array(to * to * 3).fill(padding);
  const scale = to / Math.max(part.width, part.height);
  const width = Math.max(1, Math.round(part.width * scale));
  const height = Math.max(1, Math.round(part.height * scale));
  const left = Math.floor((to - width) / 2);
  const top = Math.floor((to - height) / 2);
  const columns = samples(part.left, part.width, width, from);
  const rows = samples(part.top, part.height, height, from);
  rows.forEach((row, y) => {
    const upper = row.first * from;
    const lower = row.second * from;
    let at = ((top + y) * to + left) * 3;
    for (const column of columns) {
      for (let channel = 0; channel < 3; channel++) {
        const a = rgb[(upper + column.first) * 3 + channel] ?? 0;
        const b = rgb[(upper + column.second) * 3 + channel] ?? 0;
        const c = rgb[(lower + column.first) * 3 + channel] ?? 0;
        const d = rgb[(lower + column.second) * 3 + channel] ?? 0;
        const above = a + (b - a) * column.weight;
        const below = c + (d - c) * column.weight;
        out[at++] = above + (below - above) * row.weight;
      }
    }
  });
  return out;
}

/** For each target pixel of one axis: its two source pixels and the weight of the second. */
function samples(
  start: number,
  length: number,
  count: number,
  edge: number,
): { first: number; second: number; weight: number }[] {
  const low = Math.max(0, start);
  const high = Math.min(edge, start + length) - 1;
  return Array.from({ length: count }, (_, i) => {
    const position = start + ((i + 0.5) * length) / count - 0.5;
    const inside = Math.min(high, Math.max(low, position));
    const first = Math.floor(inside);
    return { first, second: Math.min(high, first + 1), weight: inside - first };
  });
}
