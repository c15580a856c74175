// Runs beside the engine: turns exiftool's tags into Metadata.
import type { Metadata } from '../../contract/index.ts';
import { takenOf } from './metadata-dates.ts';

/** exiftool's answer: `Group:Tag` to value, numbers unformatted. */
export type RawTags = Readonly<Record<string, unknown>>;

/** What is asked for; everything else a file holds stays unread by us. */
export const TAGS_WANTED: readonly string[] = [
  '-EXIF:DateTimeOriginal',
  '-EXIF:CreateDate',
  '-EXIF:ModifyDate',
  '-EXIF:OffsetTimeOriginal',
  '-EXIF:OffsetTimeDigitized',
  '-EXIF:OffsetTime',
  '-EXIF:SubSecTimeOriginal',
  '-EXIF:SubSecTimeDigitized',
  '-XMP:DateTimeOriginal',
  '-XMP:DateCreated',
  '-XMP:CreateDate',
  '-QuickTime:CreationDate',
  '-QuickTime:CreateDate',
  '-QuickTime:DateTimeOriginal',
  '-Composite:GPSDateTime',
  '-Composite:DateTimeCreated',
  '-RIFF:DateTimeOriginal',
  '-Matroska:DateTimeOriginal',
  '-Composite:GPSLatitude',
  '-Composite:GPSLongitude',
  '-Composite:GPSAltitude',
  '-Make',
  '-Model',
  '-LensModel',
  '-XMP:Lens',
  '-ExposureTime',
  '-FNumber',
  '-ISO',
  '-FocalLength',
  '-Orientation',
  '-Title',
  '-IPTC:ObjectName',
  '-EXIF:XPTitle',
  '-XMP:Description',
  '-EXIF:ImageDescription',
  '-IPTC:Caption-Abstract',
  '-QuickTime:Description',
  '-XMP:Subject',
  '-IPTC:Keywords',
  '-EXIF:XPKeywords',
  '-XMP:Rating',
  '-EXIF:Rating',
  '-ICC_Profile:ProfileDescription',
];

/** The value of a tag from the first group that has it; `*` is any group. */
function find(tags: RawTags, tag: string, groups: readonly string[]): unknown {
  for (const group of groups) {
    if (group !== '*') {
      const value = tags[`${group}:${tag}`];
      if (value !== undefined && value !== '') return value;
      continue;
    }
    const key = Object.keys(tags).find((each) => each.endsWith(`:${tag}`) && tags[each] !== '');
    if (key !== undefined) return tags[key];
  }
  return undefined;
}

function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  const trimmed = value.replace(/\0/g, '').trim();
  return trimmed === '' ? null : trimmed;
}

function number(value: unknown): number | null {
  const parsed =
    typeof value === 'number' ? value : typeof value === 'string' ? Number.parseFloat(value) : Number.NaN;
  return Number.isFinite(parsed) ? parsed : null;
}

function positive(value: unknown): number | null {
  const parsed = number(value);
  return parsed !== null && parsed > 0 ? parsed : null;
}

function within(value: unknown, low: number, high: number): number | null {
  const parsed = number(value);
  return parsed !== null && parsed >= low && parsed <= high ? parsed : null;
}

function firstText(...values: readonly unknown[]): string | null {
  for (const value of values) {
    const found = text(value);
    if (found !== null) return found;
  }
  return null;
}

function keywords(tags: RawTags): string[] {
  const found = new Set<string>();
  const add = (value: unknown): void => {
    const word = text(value);
    if (word !== null) found.add(word);
  };
  for (const key of ['XMP:Subject', 'IPTC:Keywords']) {
    const value = tags[key];
    if (Array.isArray(value)) value.forEach(add);
    else add(value);
  }
  for (const word of text(tags['EXIF:XPKeywords'])?.split(';') ?? []) add(word);
  return [...found];
}

/** @param modifiedMs - the file's own time, used when it says no date */
export function metadataOf(tags: RawTags, modifiedMs: number): Metadata {
  const latitude = within(tags['Composite:GPSLatitude'], -90, 90);
  const longitude = within(tags['Composite:GPSLongitude'], -180, 180);
  const placed = latitude !== null && longitude !== null;
  const orientation = within(find(tags, 'Orientation', ['EXIF', 'XMP', '*']), 1, 8);
  const iso = find(tags, 'ISO', ['EXIF', '*']);
  return {
    taken: takenOf(tags, modifiedMs),
    cameraMake: text(find(tags, 'Make', ['EXIF', 'QuickTime', 'XMP', '*'])),
    cameraModel: text(find(tags, 'Model', ['EXIF', 'QuickTime', 'XMP', '*'])),
    lens: firstText(find(tags, 'LensModel', ['EXIF', 'XMP', '*']), tags['XMP:Lens']),
    exposureSeconds: positive(find(tags, 'ExposureTime', ['EXIF', '*'])),
    fNumber: positive(find(tags, 'FNumber', ['EXIF', '*'])),
    iso: positive(iso),
    focalLengthMm: positive(find(tags, 'FocalLength', ['EXIF', '*'])),
    latitude: placed ? latitude : null,
    longitude: placed ? longitude : null,
    altitudeM: number(tags['Composite:GPSAltitude']),
    orientation: orientation === null ? null : Math.trunc(orientation),
    title: firstText(
      tags['XMP:Title'],
      tags['IPTC:ObjectName'],
      tags['EXIF:XPTitle'],
      find(tags, 'Title', ['*']),
    ),
    description: firstText(
      tags['XMP:Description'],
      tags['EXIF:ImageDescription'],
      tags['IPTC:Caption-Abstract'],
      tags['QuickTime:Description'],
    ),
    keywords: keywords(tags),
    rating: within(tags['XMP:Rating'], 0, 5) ?? within(tags['EXIF:Rating'], 0, 5),
    colourProfile: text(tags['ICC_Profile:ProfileDescription']),
  };
}
