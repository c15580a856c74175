// Runs under Vitest: what a file is by its content, and files that are none.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-library.ts';
import { sniff } from './identify.ts';
import { identifyFile } from './identify-file.ts';

const nothing = (): void => undefined;
const picture = () => sharp({ create: { width: 20, height: 10, channels: 3, background: '#c33' } });

function box(brands: string): Buffer {
  const body = Buffer.from(`ftyp${brands.slice(0, 4)}\0\0\0\0${brands.slice(4)}`, 'latin1');
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length + 4);
  return Buffer.concat([size, body, Buffer.alloc(64)]);
}

describe('sniff', () => {
  it.each([
    ['heicmif1heic', 'image/heic'],
    ['mif1mif1heic', 'image/heic'],
    ['mif1avifmif1', 'image/avif'],
    ['avisavismsf1', 'image/avif'],
    ['mif1mif1miaf', 'image/heif'],
    ['crx crx isom', 'image/x-canon-cr3'],
    ['isomisomavc1', 'video/mp4'],
    ['qt  qt  qt  ', 'video/quicktime'],
    ['M4A M4A mp42', 'audio/x-m4a'],
  ])('tells brands %s as %s', async (brands, mediaType) => {
    expect(await sniff(box(brands))).toBe(mediaType);
  });

  it.each([
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
    [
      '\uFEFF<?xml version="1.0"?>\n<!-- a > b --><!DOCTYPE svg [ <!ENTITY a "b"> ]>\n<svg:svg xmlns:svg="x">',
      'image/svg+xml',
    ],
    ['<!-- <svg> --><html><svg/></html>', null],
    ['P6\n# made by hand\n2 2 255\n', 'image/x-portable-anymap'],
    ['BM is how this sentence begins, which is no bitmap', null],
    ['just some words', null],
    ['FUJIFILMCCD-RAW 0201FF', 'image/x-fujifilm-raf'],
    ['OggS', 'audio/ogg'],
    ['fLaC', 'audio/flac'],
  ])('tells text %j as %s', async (text, mediaType) => {
    const found = await sniff(
      Buffer.concat([Buffer.from(text), Buffer.alloc(mediaType?.startsWith('audio') === true ? 64 : 0)]),
    );
    expect(found).toBe(mediaType);
  });

  it('looks at bytes, not at names: what libvips writes is known by its content', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const) {
      expect(await sniff(await picture().toFormat(format).toBuffer())).toBe(`image/${format}`);
    }
  });
});

describe('identifyFile', () => {
  it('gives the hash, kind and size of a file with a wrong extension', async () => {
    const path = join(temporaryFolder(), 'really-a-png.jpg');
    const bytes = await picture().png().toBuffer();
    fs.writeFileSync(path, bytes);
    expect(await identifyFile(path, nothing)).toMatchObject({
      hash: createHash('sha256').update(bytes).digest('hex'),
      kind: 'picture',
      mediaType: 'image/png',
      bytes: bytes.length,
    });
  });

  it('refuses pipes, links, folders, empty and missing files in words, without opening the pipe', async () => {
    const folder = temporaryFolder();
    const at = (name: string): string => join(folder, name);
    fs.writeFileSync(at('empty.jpg'), '');
    fs.writeFileSync(at('words.jpg'), 'these are words');
    fs.symlinkSync(at('words.jpg'), at('link.jpg'));
    const expected: [string, string][] = [
      ['empty.jpg', 'FILE_EMPTY'],
      ['words.jpg', 'MEDIA_NOT_SUPPORTED'],
      ['link.jpg', 'FILE_NOT_REGULAR'],
      ['.', 'FILE_NOT_REGULAR'],
      ['gone.jpg', 'FILE_NOT_FOUND'],
    ];
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [at('pipe.jpg')]);
      expected.push(['pipe.jpg', 'FILE_NOT_REGULAR']);
    }
    for (const [name, code] of expected) {
      const error = await identifyFile(at(name), nothing).catch((thrown: unknown) => thrown);
      expect(error, name).toMatchObject({ name: 'Failure', code });
      expect((error as Error).message, name).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('says so when a file changes while it is read', async () => {
    const path = join(temporaryFolder(), 'growing.png');
    fs.writeFileSync(path, await picture().png().toBuffer());
    const grow = (): void => {
      fs.appendFileSync(path, 'more');
    };
    await expect(identifyFile(path, grow)).rejects.toMatchObject({ code: 'FILE_CHANGED_WHILE_READ' });
  });
});
