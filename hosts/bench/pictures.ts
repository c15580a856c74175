// Runs in the command line: thousands of different photo-like JPEGs in little time. Serves the bench.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assembleJpeg, encodeRows, UNIT, type JpegRows, type Planes } from './jpeg-writer.ts';

/** As phones and cameras write them. */
const QUALITY = 88;

/** A small random generator whose numbers depend on the seed alone (xorshift, Marsaglia 2003). */
export function randomFrom(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) | 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
  // The first numbers of neighbouring seeds are alike.
  for (let n = 0; n < 8; n++) next();
  return next;
}

/** Smooth shapes of several sizes with the grain of a sensor on them: about as hard to code as a photo. */
export function photoLike(width: number, height: number, seed: number): Planes {
  const random = randomFrom(seed);
  const waves = Array.from({ length: 7 }, (_, octave) => ({
    x: (random() * 2 - 1) * 2 ** octave * (6 / width),
    y: (random() * 2 - 1) * 2 ** octave * (6 / width),
    phase: random() * 6.28,
    height: 44 / (octave + 1),
  }));
  const level = (x: number, y: number, shift: number): number => {
    let sum = 128;
    for (const wave of waves) sum += Math.sin(x * wave.x + y * wave.y + wave.phase + shift) * wave.height;
    return sum;
  };
  const plane = (columns: number, rows: number, scale: number, shift: number, grain: number) => {
    const values = new Uint8ClampedArray(columns * rows);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        values[row * columns + column] =
          level(column * scale, row * scale, shift) + (random() + random() - 1) * grain;
    return new Uint8Array(values.buffer);
  };
  return {
    width,
    height,
    y: plane(width, height, 1, 0, 18),
    cb: plane(width / 2, height / 2, 2, 2, 4),
    cr: plane(width / 2, height / 2, 2, 4, 4),
  };
}

const unitsOf = (pixels: number): number => Math.max(4, Math.round(pixels / UNIT));

export interface PictureSource {
  /** The picture of a number: other numbers, other bytes and other content. */
  make(index: number): Uint8Array;
}

/** Pictures of 4:3 and so many megapixels. */
export function largePictures(megapixels: number): PictureSource {
  const columns = unitsOf(Math.sqrt((megapixels * 1e6 * 4) / 3));
  const height = Math.round((columns * 3) / 4);
  const source = encodeRows(photoLike(columns * UNIT, height * UNIT, 1), QUALITY);
  return { make: (index) => mixed(source, height, randomFrom(index + 1)) };
}

/** Pictures of 64 to 256 pixels an edge. */
export function smallPictures(): PictureSource {
  const sources = Array.from({ length: 13 }, (_, at) =>
    encodeRows(photoLike((at + 4) * UNIT, 96 * UNIT, at + 1), QUALITY),
  );
  return {
    make(index) {
      const random = randomFrom(index + 1);
      const source = sources[Math.floor(random() * sources.length)] ?? sources[0];
      if (source === undefined) throw new Error('There are no rows to make pictures of.');
      return mixed(source, 4 + Math.floor(random() * 13), random);
    },
  };
}

/** Pictures of every shape between upright and wide, about 0.6 megapixels. */
export function variedPictures(): PictureSource {
  const sources = [36, 44, 52, 60].map((columns, at) =>
    encodeRows(photoLike(columns * UNIT, 64 * UNIT, at + 21), QUALITY),
  );
  return {
    make(index) {
      const random = randomFrom(index + 1);
      const source = sources[index % sources.length] ?? sources[0];
      if (source === undefined) throw new Error('There are no rows to make pictures of.');
      return mixed(source, 26 + Math.floor(random() * 34), random);
    },
  };
}

/** Bands of neighbouring rows from random places: a new picture, mostly smooth from row to row. */
function mixed(source: JpegRows, height: number, random: () => number): Uint8Array {
  const order: number[] = [];
  while (order.length < height) {
    const start = Math.floor(random() * source.rows.length);
    const band = 1 + Math.floor(random() * Math.max(1, height / 3));
    for (let row = 0; row < band && order.length < height; row++)
      order.push((start + row) % source.rows.length);
  }
  return assembleJpeg(source, order);
}

/**
 * Writes pictures number 0 to `count - 1` into folders of a thousand below `folder`. Those that lie there
 * already are kept: they are the same.
 *
 * @returns bytes written or found
 */
export async function writePictures(source: PictureSource, count: number, folder: string): Promise<void> {
  for (let start = 0; start < count; start += 1000) {
    const part = join(folder, String(start / 1000).padStart(3, '0'));
    await mkdir(part, { recursive: true });
    const there = new Set(await readdir(part));
    for (let index = start; index < Math.min(count, start + 1000); index++) {
      const name = `${String(index).padStart(6, '0')}.jpg`;
      if (!there.has(name)) await writeFile(join(part, name), source.make(index));
    }
  }
}
