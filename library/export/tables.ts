// Runs on the engine's thread: what is known of items as JSON and as CSV. Pure.
import type { ItemDetails } from '../../contract/index.ts';

/** One item in words that mean the same outside: no ids of ours, dates as ISO 8601. */
export function knownOf(item: ItemDetails) {
  const { metadata, taken } = item;
  return {
    path: item.path,
    name: item.name,
    kind: item.kind,
    mediaType: item.mediaType,
    bytes: item.bytes,
    sha256: item.hash,
    width: item.width,
    height: item.height,
    taken: taken === null ? null : isoDate(taken),
    takenCertainty: taken?.certainty ?? null,
    favourite: item.favourite,
    rating: item.rating,
    tags: item.tags,
    albums: item.albums.map(({ name }) => name),
    hidden: item.hidden,
    title: metadata.title,
    description: metadata.description,
    keywords: metadata.keywords,
    cameraMake: metadata.cameraMake,
    cameraModel: metadata.cameraModel,
    lens: metadata.lens,
    exposureSeconds: metadata.exposureSeconds,
    fNumber: metadata.fNumber,
    iso: metadata.iso,
    focalLengthMm: metadata.focalLengthMm,
    latitude: metadata.latitude,
    longitude: metadata.longitude,
    altitudeM: metadata.altitudeM,
    concepts: item.concepts.map(({ label }) => label),
    otherFiles: item.files.slice(1).map(({ path }) => path),
  };
}

export type Known = ReturnType<typeof knownOf>;

/** With its offset where the file gives one; a date without a zone stays without. */
function isoDate({ utcMs, offsetMinutes, certainty }: NonNullable<ItemDetails['taken']>): string {
  if (certainty === 'local') return new Date(utcMs).toISOString().replace('Z', '');
  if (offsetMinutes === null) return new Date(utcMs).toISOString();
  const sign = offsetMinutes < 0 ? '-' : '+';
  const minutes = Math.abs(offsetMinutes);
  const two = (number: number): string => String(number).padStart(2, '0');
  const wall = new Date(utcMs + offsetMinutes * 60_000).toISOString().replace('Z', '');
  return `${wall}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** RFC 4180, with a mark at the start by which spreadsheets know UTF-8. */
export function csvOf(rows: readonly Known[]): string {
  const [first] = rows;
  if (first === undefined) return '';
  const lines = [Object.keys(first), ...rows.map((row) => Object.values(row))];
  return `\u{feff}${lines.map((cells) => cells.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

function cellOf(value: Known[keyof Known]): string {
  const text = Array.isArray(value) ? value.join('; ') : value === null ? '' : String(value);
  // A file's own words must stay words: a spreadsheet would run what begins like a formula.
  const safe = typeof value !== 'number' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
