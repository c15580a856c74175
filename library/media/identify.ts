// Runs in a decode worker thread: tells what a file is by its first bytes, never by its name.
import { fileTypeFromBuffer } from 'file-type';
import type { ItemKind } from '../../contract/index.ts';
import { sniffTiff } from './tiff-directory.ts';

/** How many bytes of a file's head {@link sniff} wants to see. */
export const HEAD_BYTES = 256 * 1024;

/** Camera RAW kinds: shown by the preview inside them. */
export const RAW_TYPES: ReadonlySet<string> = new Set([
  'image/x-adobe-dng',
  'image/x-canon-cr2',
  'image/x-canon-cr3',
  'image/x-nikon-nef',
  'image/x-sony-arw',
  'image/x-fujifilm-raf',
  'image/x-olympus-orf',
  'image/x-panasonic-rw2',
  'image/x-pentax-pef',
  'image/x-samsung-srw',
  'image/x-raw',
]);

/** Pictures that some decoder here can show, by MIME type. */
const PICTURES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/tiff',
  'image/svg+xml',
  'image/heic',
  'image/heif',
  'image/bmp',
  'image/x-portable-anymap',
  'image/jp2',
  'image/j2c',
  'image/jxl',
  ...RAW_TYPES,
]);

/** Names that file-type gives to what we call otherwise. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['application/ogg', 'audio/ogg'],
  ['application/vnd.ms-asf', 'video/x-ms-asf'],
  ['application/mxf', 'video/mxf'],
  ['application/vnd.rn-realmedia', 'video/vnd.rn-realmedia'],
  ['image/heic-sequence', 'image/heic'],
  ['image/heif-sequence', 'image/heif'],
]);

/** The kind of item a MIME type makes; null where we can do nothing with it. */
export function kindOf(mediaType: string): ItemKind | null {
  if (PICTURES.has(mediaType)) return 'picture';
  if (mediaType.startsWith('video/')) return 'video';
  if (mediaType.startsWith('audio/') && mediaType !== 'audio/midi') return 'audio';
  return null;
}

/**
 * The MIME type of what begins with these bytes; null when nobody knows.
 * Own rules come first where file-type falls short or would read on; it answers for the rest.
 */
export async function sniff(head: Buffer): Promise<string | null> {
  const own = sniffTiff(head) ?? sniffBoxes(head) ?? sniffMagic(head) ?? sniffSvg(head);
  if (own !== null) return own;
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  // What our own rule for bitmaps did not take is text that begins with BM.
  if (found === undefined || found.mime === 'image/bmp') return null;
  return RENAMED.get(found.mime) ?? found.mime;
}

const HEVC_BRANDS: ReadonlySet<string> = new Set([
  'heic',
  'heix',
  'heim',
  'heis',
  'hevc',
  'hevx',
  'hevm',
  'hevs',
]);

/** ISO base media files by their brands: the major one alone misleads (`mif1` may be AVIF or HEIC). */
function sniffBoxes(head: Buffer): string | null {
  if (head.length < 16 || head.toString('latin1', 4, 8) !== 'ftyp') return null;
  const end = Math.min(head.readUInt32BE(0), head.length, 4096);
  const brands = [head.toString('latin1', 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(head.toString('latin1', at, at + 4));
  const major = brands[0] ?? '';
  if (major === 'crx ') return 'image/x-canon-cr3';
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'image/avif';
  if (brands.some((brand) => HEVC_BRANDS.has(brand))) return 'image/heic';
  if (major === 'mif1' || major === 'msf1' || major === 'mif2') return 'image/heif';
  if (major === 'jp2 ' || major === 'jpx ') return 'image/jp2';
  return null;
}

const JXL_BOX = Buffer.from('0000000c4a584c200d0a870a', 'hex');
const JP2_BOX = Buffer.from('0000000c6a5020200d0a870a', 'hex');
const J2K_START = Buffer.from('ff4fff51', 'hex');

function startsWith(head: Buffer, bytes: Buffer): boolean {
  return head.length >= bytes.length && head.compare(bytes, 0, bytes.length, 0, bytes.length) === 0;
}

function sniffMagic(head: Buffer): string | null {
  if (startsWith(head, JXL_BOX) || (head[0] === 0xff && head[1] === 0x0a)) return 'image/jxl';
  if (startsWith(head, JP2_BOX)) return 'image/jp2';
  if (startsWith(head, J2K_START)) return 'image/j2c';
  const text = head.toString('latin1', 0, 32);
  if (text.startsWith('FUJIFILMCCD-RAW')) return 'image/x-fujifilm-raf';
  if (/^P[1-6][\s#]/.test(text)) return 'image/x-portable-anymap';
  if (text.startsWith('BM') && head.length >= 26) {
    // "BM" begins many texts: the size of the second header tells bitmaps apart.
    const headerBytes = head.readUInt32LE(14);
    if ([12, 16, 40, 52, 56, 64, 108, 124].includes(headerBytes)) return 'image/bmp';
  }
  if (text.startsWith('ID3')) return sniffAfterId3(head);
  return null;
}

/** What follows an ID3v2 tag: MP3 as a rule, but FLAC and others wear it too. */
function sniffAfterId3(head: Buffer): string {
  const sizeByte = (at: number): number => (head[at] ?? 0) & 0x7f;
  const end = 10 + ((sizeByte(6) << 21) | (sizeByte(7) << 14) | (sizeByte(8) << 7) | sizeByte(9));
  const next = head.toString('latin1', end, end + 4);
  if (next === 'fLaC') return 'audio/flac';
  return next.startsWith('FORM') ? 'audio/aiff' : 'audio/mpeg';
}

const TAG = 0x3c;
/** Byte order marks of UTF-8 and UTF-16, the zeros of the latter, and white space. */
const BEFORE_TAG: ReadonlySet<number> = new Set([
  0xef, 0xbb, 0xbf, 0xff, 0xfe, 0, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20,
]);

/** Nearly every file is no text: telling so by its first byte spares making a string of its whole head. */
function beginsWithTag(head: Buffer): boolean {
  return head[head.findIndex((byte) => !BEFORE_TAG.has(byte))] === TAG;
}

/** SVG: the first element is `svg`, after any BOM, declaration, comments, doctype with its subset. */
function sniffSvg(head: Buffer): string | null {
  if (head[0] === 0x1f && head[1] === 0x8b) return null;
  if (!beginsWithTag(head)) return null;
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0x3c && head[1] === 0);
  let text = head.toString(utf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/u, '');
  if (!/^\s*</.test(text)) return null;
  for (;;) {
    text = text.trimStart();
    const skipped = /^(?:<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^[>]*(?:\[[^]*?\]\s*)?>)/i.exec(text);
    if (skipped === null) break;
    text = text.slice(skipped[0].length);
  }
  return /^<(?:[A-Za-z_][\w.-]*:)?svg[\s>/]/.test(text) ? 'image/svg+xml' : null;
}
