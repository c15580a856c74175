// Runs under Vitest: metadata against exiftool's own values, dates, and names that are hard to carry.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../test/support/fixture-library.ts';
import { temporaryFolder } from '../../test/support/temporary-library.ts';
import { createMetadataReader } from './metadata.ts';
import { takenOf } from './metadata-dates.ts';

const reader = createMetadataReader({ log: silentLog });
afterAll(() => reader.close());
const { works } = await reader.available();
if (!works) console.log('metadata tests skipped: exiftool does not run here');
const photos = resolve(process.env['AFTERIMAGE_SHARED'] ?? '../shared', 'photos');
const hasPhotos = fs.existsSync(photos);
if (!hasPhotos) console.log(`tests of real photos skipped: ${photos} is missing`);

const trimmed = (value: unknown): string | null => (typeof value === 'string' ? value.trim() : null);

describe('takenOf', () => {
  const file = Date.UTC(2024, 0, 1);
  it.each([
    [
      { 'EXIF:DateTimeOriginal': '2020:06:01 12:00:00', 'EXIF:OffsetTimeOriginal': '+09:00' },
      '2020-06-01T03:00:00Z',
      540,
      'zoned',
    ],
    [
      { 'EXIF:DateTimeOriginal': '2020:06:01 12:00:00', 'EXIF:SubSecTimeOriginal': 25 },
      '2020-06-01T12:00:00.250Z',
      null,
      'local',
    ],
    [
      { 'EXIF:DateTimeOriginal': '2020:06:01 12:00:00', 'Composite:GPSDateTime': '2020:06:01 06:15:58Z' },
      '2020-06-01T06:15:00Z',
      345,
      'zoned',
    ],
    [
      { 'EXIF:DateTimeOriginal': '2020:06:01 12:00:00', 'Composite:GPSDateTime': '2020:05:28 06:15:03Z' },
      '2020-06-01T12:00:00Z',
      null,
      'local',
    ],
    [
      { 'EXIF:DateTimeOriginal': '2020:06:01 12:00:00', 'XMP:DateCreated': '2020:06:01 12:00:00-03:00' },
      '2020-06-01T15:00:00Z',
      -180,
      'zoned',
    ],
    [
      { 'EXIF:DateTimeOriginal': '0000:00:00 00:00:00', 'EXIF:CreateDate': '2019:02:30 10:00:00' },
      '2024-01-01T00:00:00Z',
      null,
      'file',
    ],
    [{ 'QuickTime:CreateDate': '2021:03:04 05:06:07' }, '2021-03-04T05:06:07Z', null, 'zoned'],
    [
      {
        'QuickTime:CreateDate': '2021:03:04 05:06:07',
        'QuickTime:CreationDate': '2021:03:04 07:06:07+02:00',
      },
      '2021-03-04T05:06:07Z',
      120,
      'zoned',
    ],
    [{}, '2024-01-01T00:00:00Z', null, 'file'],
  ])('reads %j', (tags, utc, offsetMinutes, certainty) => {
    expect(takenOf(tags, file)).toEqual({ utcMs: Date.parse(utc), offsetMinutes, certainty });
  });
});

describe.skipIf(!works)('read', () => {
  it.skipIf(!hasPhotos)('equals what exiftool itself says of the real photos', async () => {
    const names = fs.readdirSync(photos).filter((name) => !name.endsWith('.md'));
    const require = createRequire(import.meta.url);
    const tool = createRequire(require.resolve('exiftool-vendored'))('exiftool-vendored.pl') as string;
    const args = [
      '-json',
      '-n',
      '-Make',
      '-Model',
      '-ExposureTime',
      '-FNumber',
      '-ISO',
      '-FocalLength',
      '-Orientation',
      '-GPSLatitude',
      '-GPSLongitude',
      '-ProfileDescription',
      '-DateTimeOriginal',
      '-LensModel',
      '-XMP:Lens',
    ];
    const listed = JSON.parse(
      execFileSync(tool, [...args, ...names.map((name) => join(photos, name))], {
        encoding: 'utf8',
        maxBuffer: 1 << 24,
      }),
    ) as Record<string, unknown>[];
    const compared = { places: 0, dates: 0 };
    for (const [i, tags] of listed.entries()) {
      const name = names[i] ?? '';
      const found = await reader.read(join(photos, name));
      expect(found, name).toMatchObject({
        cameraMake: trimmed(tags['Make']),
        cameraModel: trimmed(tags['Model']),
        exposureSeconds: tags['ExposureTime'] ?? null,
        fNumber: tags['FNumber'] ?? null,
        iso: tags['ISO'] ?? null,
        focalLengthMm: tags['FocalLength'] ?? null,
        orientation: tags['Orientation'] ?? null,
        latitude: tags['GPSLatitude'] ?? null,
        longitude: tags['GPSLongitude'] ?? null,
        colourProfile: tags['ProfileDescription'] ?? null,
        lens: trimmed(tags['LensModel'] ?? tags['Lens']),
      });
      if (found.latitude !== null) compared.places++;
      // A camera whose clock was never set writes zeros, which is no date.
      if (typeof tags['DateTimeOriginal'] !== 'string' || tags['DateTimeOriginal'].startsWith('0000'))
        continue;
      compared.dates++;
      const local = new Date(
        (found.taken?.utcMs ?? 0) + (found.taken?.offsetMinutes ?? 0) * 60_000,
      ).toISOString();
      expect(local.slice(0, 19), name).toBe(
        tags['DateTimeOriginal'].slice(0, 19).replace(':', '-').replace(':', '-').replace(' ', 'T'),
      );
    }
    expect(compared.places).toBeGreaterThanOrEqual(5);
    expect(compared.dates).toBeGreaterThanOrEqual(12);
  });

  it.skipIf(process.platform === 'win32')('reads files whatever their name', async () => {
    const folder = temporaryFolder();
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#345' } })
      .jpeg()
      .withExif({ IFD0: { Make: 'Named & Sons' } })
      .withXmp(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">사진 설명</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>',
      )
      .toBuffer();
    const names = [
      '-ver.jpg',
      'a\nb.jpg',
      'a\r.jpg',
      ' lead.jpg',
      'trail ',
      '\u202Egpj.jpg',
      '📷 é.jpg',
      '#[CSTR]x.jpg',
      '$(id);`id`.jpg',
      '%d.jpg',
      `${'x'.repeat(251)}.jpg`,
    ];
    for (const name of names) {
      const path = join(folder, name);
      fs.writeFileSync(path, bytes);
      expect(await reader.read(path), JSON.stringify(name)).toMatchObject({
        cameraMake: 'Named & Sons',
        description: '사진 설명',
      });
    }
    expect(fs.readdirSync(folder)).toHaveLength(names.length);
  });

  it('says nothing of a file without metadata but its own date, and refuses what is no file', async () => {
    const path = join(temporaryFolder(), 'words.txt');
    fs.writeFileSync(path, 'words');
    fs.utimesSync(path, 1_600_000_000, 1_600_000_000);
    expect(await reader.read(path)).toMatchObject({
      taken: { utcMs: 1_600_000_000_000, offsetMinutes: null, certainty: 'file' },
      cameraMake: null,
    });
    await expect(reader.read(join(path, '..'))).rejects.toMatchObject({ code: 'FILE_NOT_REGULAR' });
    await expect(reader.read(`${path}.gone`)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await expect(reader.read(path, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});
