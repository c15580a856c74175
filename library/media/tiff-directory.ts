// Runs in a decode worker thread: reads TIFF directories, which RAW files are made of.

/** One directory of a TIFF: the values of the tags asked for, in order of appearance. */
export interface TiffDirectory {
  readonly numbers: ReadonlyMap<number, readonly number[]>;
  readonly make: string;
}

export const TAG = {
  newSubfileType: 0x00fe,
  compression: 0x0103,
  photometric: 0x0106,
  make: 0x010f,
  stripOffsets: 0x0111,
  orientation: 0x0112,
  stripByteCounts: 0x0117,
  subDirectories: 0x014a,
  jpegOffset: 0x0201,
  jpegBytes: 0x0202,
  panasonicJpeg: 0x002e,
  exif: 0x8769,
  dngVersion: 0xc612,
} as const;

const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
/** More of anything than this is no camera's doing. */
const MAX_ENTRIES = 1000;
const MAX_VALUES = 64;
const MAX_DIRECTORIES = 64;

interface Order {
  u16(at: number): number;
  u32(at: number): number;
}

function orderOf(bytes: Buffer): Order | null {
  const mark = bytes.toString('latin1', 0, 2);
  if (bytes.length < 16 || (mark !== 'II' && mark !== 'MM')) return null;
  const little = mark === 'II';
  const inside = (at: number, length: number): boolean => at >= 0 && at + length <= bytes.length;
  return {
    u16: (at) => (!inside(at, 2) ? 0 : little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)),
    u32: (at) => (!inside(at, 4) ? 0 : little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)),
  };
}

/** Versions in the header: TIFF 42, Olympus `RO` and `RS`, Panasonic 0x55. */
const VERSIONS: ReadonlyMap<number, string> = new Map([
  [42, 'image/tiff'],
  [43, 'image/tiff'],
  [0x4f52, 'image/x-olympus-orf'],
  [0x5352, 'image/x-olympus-orf'],
  [0x55, 'image/x-panasonic-rw2'],
]);

function readDirectory(bytes: Buffer, order: Order, at: number): { directory: TiffDirectory; next: number } {
  const numbers = new Map<number, readonly number[]>();
  let make = '';
  const entries = Math.min(order.u16(at), MAX_ENTRIES);
  for (let i = 0; i < entries; i++) {
    const entry = at + 2 + i * 12;
    const tag = order.u16(entry);
    const type = order.u16(entry + 2);
    const count = order.u32(entry + 4);
    const size = TYPE_BYTES[type] ?? 0;
    const valueAt = size * count <= 4 ? entry + 8 : order.u32(entry + 8);
    if (tag === TAG.make && type === 2) {
      make = bytes.toString('latin1', valueAt, valueAt + Math.min(count, 64)).replace(/\0.*$/s, '');
    } else if (tag === TAG.panasonicJpeg && type === 7) {
      numbers.set(tag, [valueAt, count]);
    } else if (size > 0) {
      const values: number[] = [];
      for (let k = 0; k < Math.min(count, MAX_VALUES); k++) {
        const place = valueAt + k * size;
        values.push(size === 1 ? (bytes[place] ?? 0) : size === 2 ? order.u16(place) : order.u32(place));
      }
      numbers.set(tag, values);
    }
  }
  return { directory: { numbers, make }, next: order.u32(at + 2 + entries * 12) };
}

/** All directories of a TIFF, the first one first, with those nested in them; empty when it is none. */
export function readDirectories(bytes: Buffer): TiffDirectory[] {
  const order = orderOf(bytes);
  if (order === null || !VERSIONS.has(order.u16(2))) return [];
  const found: TiffDirectory[] = [];
  const seen = new Set<number>();
  const waiting = [order.u32(4)];
  while (waiting.length > 0 && found.length < MAX_DIRECTORIES) {
    const at = waiting.shift() ?? 0;
    if (at < 8 || at >= bytes.length || seen.has(at)) continue;
    seen.add(at);
    const { directory, next } = readDirectory(bytes, order, at);
    found.push(directory);
    waiting.push(next, ...(directory.numbers.get(TAG.subDirectories) ?? []));
  }
  return found;
}

const PHOTOMETRIC_CFA = 32803;
const PHOTOMETRIC_LINEAR_RAW = 34892;

/** MIME type of a file that begins like a TIFF, RAW kinds told apart; null when it does not. */
export function sniffTiff(head: Buffer): string | null {
  const order = orderOf(head);
  const version = order === null ? undefined : VERSIONS.get(order.u16(2));
  if (version === undefined || version !== 'image/tiff') return version ?? null;
  if (head.toString('latin1', 8, 10) === 'CR') return 'image/x-canon-cr2';
  const [first] = readDirectories(head);
  if (first === undefined) return 'image/tiff';
  const { numbers } = first;
  if (numbers.has(TAG.dngVersion)) return 'image/x-adobe-dng';
  const photometric = numbers.get(TAG.photometric)?.[0];
  const isSensor = photometric === PHOTOMETRIC_CFA || photometric === PHOTOMETRIC_LINEAR_RAW;
  // Cameras put a small picture first and the sensor's in a nested directory; an exported TIFF does not.
  const isReduced = numbers.get(TAG.newSubfileType)?.[0] === 1 && numbers.has(TAG.subDirectories);
  const make = first.make.toUpperCase();
  if (isSensor || isReduced) {
    if (make.startsWith('NIKON')) return 'image/x-nikon-nef';
    if (make.startsWith('SONY')) return 'image/x-sony-arw';
    if (make.startsWith('SAMSUNG')) return 'image/x-samsung-srw';
  }
  if (isSensor) return /^(PENTAX|RICOH)/.test(make) ? 'image/x-pentax-pef' : 'image/x-raw';
  return 'image/tiff';
}
