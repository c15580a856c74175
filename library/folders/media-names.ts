// Runs nowhere by itself: the endings of names that the library looks at, by kind. Data; extend it here.
import type { ItemKind } from '../../contract/index.ts';

/** Without the dot, in lower case. What a file really is, its content says later (step identify). */
const endings: Readonly<Record<ItemKind, readonly string[]>> = {
  picture: [
    // everyday
    ...['jpg', 'jpeg', 'jpe', 'jfif', 'jif', 'png', 'apng', 'webp', 'gif', 'avif', 'heic', 'heif', 'hif'],
    ...['tif', 'tiff', 'svg', 'bmp', 'dib', 'jxl'],
    // portable anymap
    ...['pbm', 'pgm', 'ppm', 'pnm', 'pam'],
    // JPEG 2000
    ...['jp2', 'j2k', 'j2c', 'jpc', 'jpf', 'jpx', 'jpm'],
    // camera RAW: Adobe, Canon, Nikon, Sony, Fujifilm, Olympus, Panasonic, Pentax, Samsung, Sigma,
    // Hasselblad, Leica, Minolta, Mamiya, Leaf, Phase One, Epson, Kodak, GoPro
    ...['dng', 'cr2', 'cr3', 'crw', 'nef', 'nrw', 'arw', 'srf', 'sr2', 'raf', 'orf', 'rw2', 'pef', 'ptx'],
    ...['srw', 'x3f', '3fr', 'fff', 'rwl', 'mrw', 'mef', 'mos', 'iiq', 'erf', 'dcr', 'kdc', 'gpr'],
  ],
  // Not `ts`: such a file is a program in TypeScript far more often than a film, and each would be an error.
  video: [
    ...['mp4', 'm4v', 'mov', 'qt', 'mkv', 'webm', 'avi', 'mts', 'm2ts', 'm2t', 'mpg', 'mpeg', 'mpe', 'mpv'],
    ...[
      'm2v',
      'vob',
      'wmv',
      'asf',
      'flv',
      'f4v',
      '3gp',
      '3g2',
      'ogv',
      'ogm',
      'dv',
      'mxf',
      'divx',
      'mod',
      'tod',
    ],
  ],
  audio: [
    ...['mp3', 'm4a', 'm4b', 'aac', 'wav', 'wave', 'bwf', 'flac', 'ogg', 'oga', 'opus', 'spx', 'wma', 'aif'],
    ...['aiff', 'aifc', 'amr', 'ape', 'wv', 'mka', 'weba', 'caf', 'ac3', 'mp2', 'au', 'w64'],
  ],
};

const known: ReadonlySet<string> = new Set(Object.values(endings).flat());

/** Whether a file of this name is looked at at all; others are passed over without a word. */
export function isMediaName(name: string): boolean {
  const dot = name.lastIndexOf('.');
  return dot > 0 && known.has(name.slice(dot + 1).toLowerCase());
}
