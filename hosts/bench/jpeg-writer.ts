// Runs in the command line: writes baseline JPEGs whose rows of blocks can be put together anew, so that
// thousands of different pictures cost one encoding. Serves the bench, which may not lean on the decoder's own library.
import {
  acChrominance,
  acLuminance,
  dcChrominance,
  dcLuminance,
  huffmanCodes,
  quantisation,
  zigzag,
  type HuffmanTable,
} from './jpeg-tables.ts';

/** Edge of what is encoded together at 4:2:0: four blocks of brightness, one of each colour. */
export const UNIT = 16;

/** A picture in 4:2:0: brightness at full size, both colours at half, rows from the top. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly y: Uint8Array;
  readonly cb: Uint8Array;
  readonly cr: Uint8Array;
}

/** Rows of a width, each decodable by itself: any of them in any order make a JPEG. */
export interface JpegRows {
  readonly width: number;
  readonly quality: number;
  /** Entropy-coded, without the restart marker that ends it. */
  readonly rows: readonly Uint8Array[];
}

/** Cosines of the 8-point DCT-II, [frequency][sample], scaled to be orthonormal. */
const cosines = Float64Array.from({ length: 64 }, (_, at) => {
  const frequency = at >> 3;
  return (
    Math.cos(((2 * (at & 7) + 1) * frequency * Math.PI) / 16) * (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5
  );
});

class Bits {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;
  #held = 0;
  #count = 0;

  put(value: number, length: number): void {
    for (let bit = length - 1; bit >= 0; bit--) {
      this.#held = (this.#held << 1) | ((value >> bit) & 1);
      if (++this.#count === 8) this.#flush();
    }
  }

  #flush(): void {
    if (this.#length + 2 > this.#bytes.length) {
      const grown = new Uint8Array(this.#bytes.length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes[this.#length++] = this.#held;
    // A byte 255 would read as a marker.
    if (this.#held === 255) this.#bytes[this.#length++] = 0;
    this.#held = 0;
    this.#count = 0;
  }

  /** What was put, filled up with ones as the standard wants; starts anew. */
  take(): Uint8Array {
    if (this.#count > 0) this.put(0xff, 8 - this.#count);
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }
}

interface Channel {
  readonly plane: Uint8Array;
  readonly stride: number;
  readonly divisors: readonly number[];
  readonly dc: Uint32Array;
  readonly ac: Uint32Array;
  previous: number;
}

/** @param planes - width and height are multiples of {@link UNIT} */
export function encodeRows(planes: Planes, quality: number): JpegRows {
  const tables = quantisation(quality);
  const channel = (plane: Uint8Array, stride: number, bright: boolean): Channel => ({
    plane,
    stride,
    divisors: bright ? tables.luminance : tables.chrominance,
    dc: huffmanCodes(bright ? dcLuminance : dcChrominance),
    ac: huffmanCodes(bright ? acLuminance : acChrominance),
    previous: 0,
  });
  const y = channel(planes.y, planes.width, true);
  const colours = [planes.cb, planes.cr].map((plane) => channel(plane, planes.width / 2, false));
  const bits = new Bits();
  const rows: Uint8Array[] = [];
  for (let top = 0; top < planes.height; top += UNIT) {
    for (const one of [y, ...colours]) one.previous = 0;
    for (let left = 0; left < planes.width; left += UNIT) {
      for (const [dx, dy] of [
        [0, 0],
        [8, 0],
        [0, 8],
        [8, 8],
      ] as const)
        putBlock(bits, y, left + dx, top + dy);
      for (const one of colours) putBlock(bits, one, left / 2, top / 2);
    }
    rows.push(bits.take());
  }
  return { width: planes.width, quality, rows };
}

const half = new Float64Array(64);
const levels = new Int32Array(64);

function putBlock(bits: Bits, channel: Channel, left: number, top: number): void {
  transform(channel, left, top);
  const difference = (levels[0] ?? 0) - channel.previous;
  channel.previous = levels[0] ?? 0;
  putValue(bits, channel.dc, 0, difference);
  let zeros = 0;
  for (let at = 1; at < 64; at++) {
    const level = levels[at] ?? 0;
    if (level === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) putCode(bits, channel.ac, 0xf0);
    putValue(bits, channel.ac, zeros, level);
    zeros = 0;
  }
  if (zeros > 0) putCode(bits, channel.ac, 0);
}

/** The block's coefficients, quantised, in zigzag order, into `levels`. */
function transform({ plane, stride, divisors }: Channel, left: number, top: number): void {
  for (let row = 0; row < 8; row++) {
    const start = (top + row) * stride + left;
    for (let u = 0; u < 8; u++) {
      let sum = 0;
      for (let x = 0; x < 8; x++) sum += ((plane[start + x] ?? 0) - 128) * (cosines[u * 8 + x] ?? 0);
      half[row * 8 + u] = sum;
    }
  }
  for (let at = 0; at < 64; at++) {
    const place = zigzag[at] ?? 0;
    const [v, u] = [place >> 3, place & 7];
    let sum = 0;
    for (let row = 0; row < 8; row++) sum += (half[row * 8 + u] ?? 0) * (cosines[v * 8 + row] ?? 0);
    levels[at] = Math.round(sum / (divisors[place] ?? 1));
  }
}

function putCode(bits: Bits, codes: Uint32Array, symbol: number): void {
  const code = codes[symbol] ?? 0;
  bits.put(code >> 5, code & 31);
}

function putValue(bits: Bits, codes: Uint32Array, zeros: number, value: number): void {
  const length = 32 - Math.clz32(Math.abs(value));
  putCode(bits, codes, (zeros << 4) | length);
  bits.put(value < 0 ? value + (1 << length) - 1 : value, length);
}

/**
 * A whole JPEG of some of the rows.
 *
 * @param order - indexes into `source.rows`, from the top; any may come more than once
 */
export function assembleJpeg(source: JpegRows, order: readonly number[]): Uint8Array {
  const parts: Uint8Array[] = [header(source, order.length * UNIT)];
  for (const [place, index] of order.entries()) {
    if (place > 0) parts.push(Uint8Array.of(0xff, 0xd0 + ((place - 1) % 8)));
    const row = source.rows[index];
    if (row === undefined) throw new RangeError(`There is no row ${index} among ${source.rows.length}.`);
    parts.push(row);
  }
  parts.push(Uint8Array.of(0xff, 0xd9));
  return Buffer.concat(parts);
}

const word = (value: number): number[] => [value >> 8, value & 255];

function segment(marker: number, content: readonly number[]): number[] {
  return [0xff, marker, ...word(content.length + 2), ...content];
}

function header({ width, quality }: JpegRows, height: number): Uint8Array {
  const tables = quantisation(quality);
  const quantised = (id: number, table: readonly number[]) => [
    id,
    ...zigzag.map((place) => table[place] ?? 1),
  ];
  const coded = (id: number, { counts, symbols }: HuffmanTable) => [id, ...counts, ...symbols];
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [...quantised(0, tables.luminance), ...quantised(1, tables.chrominance)]),
    // Three components, the first sampled twice as finely both ways: 4:2:0.
    ...segment(0xc0, [8, ...word(height), ...word(width), 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]),
    ...segment(0xc4, [
      ...coded(0x00, dcLuminance),
      ...coded(0x10, acLuminance),
      ...coded(0x01, dcChrominance),
      ...coded(0x11, acChrominance),
    ]),
    // A restart after each row of units is what makes rows exchangeable.
    ...segment(0xdd, word(width / UNIT)),
    ...segment(0xda, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]),
  ]);
}
