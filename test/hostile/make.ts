// Runs in tests: writes a folder of files that mean harm or are broken, and a few good ones among them.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { drawCloth, drawScene } from '../fixtures/scenes.ts';
import { render } from '../fixtures/render.ts';
import {
  ascii,
  bmpHead,
  box,
  greyPng,
  jpegClaiming,
  noise,
  pngChunk,
  tiff,
  u16be,
  u16le,
  u32be,
  u32le,
  withSegment,
} from './bytes.ts';

/**
 * What must become of a file. `fails`: it is in `errors`; `reads`: it becomes an item and is not; `either`: one of
 * the two, as the decoder at hand can or cannot; `ignored`: it is no file to be looked at and is in neither.
 */
export type Outcome = 'fails' | 'reads' | 'either' | 'ignored';

export interface HostileFile {
  readonly name: string;
  readonly outcome: Outcome;
}

type Made = readonly [name: string, outcome: Outcome, content: Buffer | string];

const svg = (inside: string, head = ''): string =>
  `<?xml version="1.0"?>${head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="150">${inside}</svg>`;

const laughs = `<!DOCTYPE svg [<!ENTITY a "ha">${Array.from({ length: 12 }, (_, n) => `<!ENTITY ${'bcdefghijklm'[n] ?? ''} "${`&${'abcdefghijkl'[n] ?? ''};`.repeat(10)}">`).join('')}]>`;

/** Files that are bytes and a name. `jpeg` and the others are good pictures to be spoilt. */
async function contents(trap: string): Promise<Made[]> {
  const drawn = drawScene('clock', 'table');
  const jpeg = await render(drawn, { edge: 400 });
  const as = (format: 'png' | 'webp' | 'tiff' | 'gif' | 'avif') => render(drawn, { format, edge: 300 });
  const cut = (bytes: Buffer, share = 0.4): Buffer => bytes.subarray(0, Math.floor(bytes.length * share));
  const cmyk = await sharp(jpeg).toColourspace('cmyk').jpeg().toBuffer();
  const ppm = Buffer.concat([ascii('P6 60 40 255\n'), noise(60 * 40 * 3)]);
  const bmp = Buffer.concat([bmpHead(60, 40, 54 + 60 * 40 * 3), noise(60 * 40 * 3)]);
  const unique = (n: number): Promise<Buffer> => render(drawCloth(n * 23, 60, n), { edge: 120 });
  return [
    // cut off
    ['cut.jpg', 'fails', cut(jpeg)],
    ['cut-in-head.jpg', 'fails', jpeg.subarray(0, 90)],
    ['cut-cmyk.jpg', 'fails', cut(cmyk)],
    ['cut.png', 'fails', cut(await as('png'))],
    ['cut.webp', 'fails', cut(await as('webp'))],
    ['cut.gif', 'fails', cut(await as('gif'))],
    ['cut.avif', 'fails', cut(await as('avif'))],
    ['cut.tif', 'fails', cut(await as('tiff'), 0.9)],
    ['cut.bmp', 'fails', cut(bmp)],
    ['cut.ppm', 'fails', cut(ppm)],
    // empty
    ...['jpg', 'png', 'webp', 'gif', 'avif', 'tif', 'svg', 'heic', 'bmp', 'jxl', 'jp2', 'dng'].map(
      (ending): Made => [`empty.${ending}`, 'fails', ''],
    ),
    // not what the name says
    ['text.jpg', 'fails', 'This is no picture.\n'],
    ['page.png', 'fails', '<!doctype html><script src="http://example.invalid/x.js"></script>'],
    ['archive.jpg', 'fails', Buffer.concat([ascii('PK\x03\x04'), noise(400, 3)])],
    ['png-really.jpg', 'reads', await render(drawCloth(10, 50, 50), { format: 'png', edge: 90 })],
    ['jpeg-really.heic', 'reads', await unique(2)],
    // too large, or saying so
    ['30000.png', 'fails', greyPng(30_000, 30_000, { bits: 1 })],
    ['claims.jpg', 'fails', jpegClaiming(jpeg, 65_500, 65_500)],
    [
      'claims.gif',
      'fails',
      Buffer.concat([
        ascii('GIF89a'),
        u16le(65_535),
        u16le(65_535),
        Buffer.from([0, 0, 0, 0x2c]),
        u32le(0),
        u16le(65_535),
        u16le(65_535),
        Buffer.from([0, 2, 2, 0x4c, 1, 0, 0x3b]),
      ]),
    ],
    ['claims.bmp', 'fails', Buffer.concat([bmpHead(0x7fff_ffff, 0x7fff_ffff, 100), noise(64)])],
    ['upside-down.bmp', 'fails', Buffer.concat([bmpHead(10, 0x8000_0000, 100), noise(64)])],
    ['claims.ppm', 'fails', Buffer.concat([ascii('P6 1000000 1000000 255\n'), noise(64)])],
    ['negative.pgm', 'fails', 'P5 -5 10 255\n12345'],
    [
      'claims.webp',
      'fails',
      Buffer.concat([
        ascii('RIFF'),
        u32le(22),
        ascii('WEBPVP8X'),
        u32le(10),
        Buffer.from([0, 0, 0, 0, 255, 255, 255, 255, 255, 255]),
      ]),
    ],
    [
      'claims.jp2',
      'fails',
      Buffer.concat([
        box('jP  ', Buffer.from([0x0d, 0x0a, 0x87, 0x0a])),
        box('ftyp', ascii('jp2 '), u32be(0), ascii('jp2 ')),
        box('jp2h', box('ihdr', u32be(0x7fff_ffff), u32be(0x7fff_ffff), u16be(3), Buffer.from([7, 7, 0, 0]))),
        box('jp2c', Buffer.from([0xff, 0x4f, 0xff, 0x51]), noise(60)),
      ]),
    ],
    [
      'claims.jxl',
      'fails',
      Buffer.concat([Buffer.from([0xff, 0x0a, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff]), noise(80, 5)]),
    ],
    [
      'claims.avif',
      'fails',
      Buffer.concat([
        box('ftyp', ascii('avif'), u32be(0), ascii('avifmif1')),
        box('meta', u32be(0), box('iprp', box('ipco', box('ispe', u32be(0), u32be(65_535), u32be(65_535))))),
        noise(200, 7),
      ]),
    ],
    [
      'zipped-text.png',
      'either',
      greyPng(8, 8, {
        between: [
          pngChunk(
            'zTXt',
            Buffer.concat([ascii('Comment\0\0'), deflateSync(Buffer.alloc(64 * 1024 * 1024))]),
          ),
        ],
      }),
    ],
    // broken inside
    ['checksum.png', 'either', greyPng(8, 8, { checksum: 1 })],
    ['few-pixels.png', 'fails', greyPng(640, 480, { pixels: deflateSync(Buffer.alloc(100)) })],
    [
      'profile.png',
      'either',
      greyPng(9, 9, {
        between: [pngChunk('iCCP', Buffer.concat([ascii('x\0\0'), deflateSync(noise(500))]))],
      }),
    ],
    [
      'profile.jpg',
      'either',
      withSegment(await unique(3), 0xe2, Buffer.concat([ascii('ICC_PROFILE\0\x01\x01'), noise(600)])),
    ],
    [
      'exif.jpg',
      'either',
      withSegment(
        await unique(4),
        0xe1,
        Buffer.concat([ascii('Exif\0\0II*\0'), u32le(0xffff_fff0), noise(300)]),
      ),
    ],
    [
      'exif-loop.jpg',
      'either',
      withSegment(
        await unique(5),
        0xe1,
        Buffer.concat([
          ascii('Exif\0\0'),
          tiff(
            [
              [0x8769, 4, 8],
              [0x8825, 4, 8],
            ],
            8,
          ),
        ]),
      ),
    ],
    [
      'loop.tif',
      'fails',
      tiff(
        [
          [256, 4, 64],
          [257, 4, 64],
          [273, 4, 8],
          [279, 4, 0xffff_ffff],
        ],
        8,
      ),
    ],
    [
      'no-preview.dng',
      'fails',
      tiff(
        [
          [256, 4, 64],
          [257, 4, 64],
          [0xc612, 4, 0x0000_0401],
        ],
        0,
      ),
    ],
    [
      'garbage.heic',
      'fails',
      Buffer.concat([box('ftyp', ascii('heic'), u32be(0), ascii('mif1heic')), noise(3_000, 9)]),
    ],
    ['garbage.cr2', 'fails', Buffer.concat([ascii('II*\0\x10\0\0\0CR\x02\0'), noise(2_000, 11)])],
    // drawings that reach out or blow up
    [
      'outside.svg',
      'either',
      svg(
        `<image href="${trap}/a.png" width="9" height="9"/><use xlink:href="${trap}/b.svg#x"/><image xlink:href="file:///etc/passwd" width="9" height="9"/>`,
      ),
    ],
    [
      'style.svg',
      'either',
      svg(
        `<style>@import url("${trap}/c.css"); rect { fill: url("${trap}/d.svg#p") }</style><rect width="90" height="90"/>`,
        `<?xml-stylesheet href="${trap}/e.css"?>`,
      ),
    ],
    [
      'entity.svg',
      'fails',
      svg(
        '<text>&x;</text>',
        `<!DOCTYPE svg [<!ENTITY x SYSTEM "${trap}/f.txt"><!ENTITY % y SYSTEM "file:///etc/passwd">]>`,
      ),
    ],
    ['laughs.svg', 'fails', svg('<text>&m;</text>', laughs)],
    [
      'endless-use.svg',
      'either',
      svg(
        '<g id="a"><use xlink:href="#b"/><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/><use xlink:href="#a"/></g>',
      ),
    ],
    [
      'vast.svg',
      'either',
      '<svg xmlns="http://www.w3.org/2000/svg" width="900000000" height="900000000"><rect width="9" height="9"/></svg>',
    ],
    // good pictures with bad names
    [`${'n'.repeat(251)}.jpg`, 'reads', await unique(6)],
    ['🐈‍⬛ 사진.jpg', 'reads', await unique(7)],
    ['two\nlines.jpg', 'reads', await unique(8)],
    ['abc\u202egpj.exe.jpg', 'reads', await unique(9)],
    ['-rf --help.jpg', 'reads', await unique(10)],
    ['$(touch pwned) `id` "; \'.jpg', 'reads', await unique(11)],
  ];
}

/** Names of the good ones. */
export const goodFiles = ['good-1.jpg', 'good-2.png', 'good-3.webp', 'good-4.gif', 'good-5.tif'] as const;

/**
 * @param folder - empty
 * @param trap - an address that nothing may ask for
 * @returns the hostile files that this platform and this user can have, with what must become of each
 */
export async function makeHostile(folder: string, trap: string): Promise<HostileFile[]> {
  const files: HostileFile[] = [];
  for (const [name, outcome, content] of await contents(trap)) {
    writeFileSync(join(folder, name), content);
    files.push({ name, outcome });
  }
  const formats = ['jpeg', 'png', 'webp', 'gif', 'tiff'] as const;
  for (const [at, name] of goodFiles.entries()) {
    const format = formats[at] ?? 'jpeg';
    writeFileSync(join(folder, name), await render(drawScene('cup', 'table', at + 1), { format, edge: 320 }));
  }
  writeFileSync(join(folder, 'locked.jpg'), await render(drawCloth(200, 50, 99), { edge: 100 }));
  chmodSync(join(folder, 'locked.jpg'), 0);
  // Who may read everything can read this too.
  files.push({ name: 'locked.jpg', outcome: process.getuid?.() === 0 ? 'reads' : 'fails' });
  mkdirSync(join(folder, 'folder.jpg'));
  symlinkSync(folder, join(folder, 'folder.jpg', 'loop'));
  symlinkSync('/dev/zero', join(folder, 'endless.jpg'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling.jpg'));
  execFileSync('mkfifo', [join(folder, 'fifo.jpg')]);
  for (const name of ['endless.jpg', 'dangling.jpg', 'fifo.jpg']) files.push({ name, outcome: 'fails' });
  files.push({ name: 'folder.jpg', outcome: 'ignored' });
  return files;
}
