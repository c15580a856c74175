// Runs beside the engine: when a picture was taken, and how sure that is, from exiftool's tags.
import type { Taken } from '../../contract/index.ts';
import type { RawTags } from './metadata-tags.ts';

interface WallClock {
  /** The wall clock read as UTC, milliseconds. */
  readonly ms: number;
  /** Minutes east of UTC where the text itself says. */
  readonly offsetMinutes: number | null;
}

const MINUTE_MS = 60_000;
/** Zones lie on quarters of an hour, from -12:00 to +14:00. */
const ZONE_STEP_MINUTES = 15;
const ZONE_WEST_MINUTES = -12 * 60;
const ZONE_EAST_MINUTES = 14 * 60;
/** How far a camera's clock may be from the satellites' for its zone to be told by them. */
const GPS_TOLERANCE_MS = 2 * MINUTE_MS;

function parseOffset(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const match = /(Z)$|([+-])(\d{2}):?(\d{2})$/.exec(value.trim());
  if (match === null) return null;
  if (match[1] !== undefined) return 0;
  const minutes = Number(match[3]) * 60 + Number(match[4]);
  return match[2] === '-' ? -minutes : minutes;
}

/** `2019:03:21 11:04:22.348+02:00` and its shorter forms; null for zeros, dashes and days alone. */
function parse(value: unknown, subSeconds?: unknown): WallClock | null {
  if (typeof value !== 'string') return null;
  const match = /^(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?(\.\d+)?/.exec(value);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part || 0));
  if (year < 1800 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const hasSub = typeof subSeconds === 'string' || typeof subSeconds === 'number';
  const fraction = Number(
    match[7] ?? (hasSub && /^\d+$/.test(String(subSeconds).trim()) ? `.${String(subSeconds).trim()}` : 0),
  );
  const ms = Date.UTC(year, month - 1, day, hour, minute, second) + Math.floor(fraction * 1000);
  // Date.UTC carries 31 April over into May: such a date is none.
  if (new Date(ms).getUTCDate() !== day) return null;
  return { ms, offsetMinutes: parseOffset(value.slice(match[0].length)) };
}

function zoned(clock: WallClock, offsetMinutes: number): Taken {
  return { utcMs: clock.ms - offsetMinutes * MINUTE_MS, offsetMinutes, certainty: 'zoned' };
}

/** The zone in which the camera's wall clock agrees with the satellites' UTC; null when none fits. */
function zoneBySatellite(clock: WallClock, gps: unknown): number | null {
  const utc = parse(gps);
  if (utc === null) return null;
  const difference = clock.ms - utc.ms;
  const offset = Math.round(difference / MINUTE_MS / ZONE_STEP_MINUTES) * ZONE_STEP_MINUTES;
  const fits = Math.abs(difference - offset * MINUTE_MS) <= GPS_TOLERANCE_MS;
  return fits && offset >= ZONE_WEST_MINUTES && offset <= ZONE_EAST_MINUTES ? offset : null;
}

/** @param modifiedMs - the file's own time, when it says no date */
export function takenOf(tags: RawTags, modifiedMs: number): Taken {
  const original = parse(tags['EXIF:DateTimeOriginal'], tags['EXIF:SubSecTimeOriginal']);
  const digitized = parse(tags['EXIF:CreateDate'], tags['EXIF:SubSecTimeDigitized']);
  const written = [
    parse(tags['XMP:DateTimeOriginal']),
    parse(tags['XMP:DateCreated']),
    parse(tags['XMP:CreateDate']),
    parse(tags['QuickTime:CreationDate']),
    parse(tags['QuickTime:DateTimeOriginal']),
  ].filter((clock) => clock !== null);
  const clock =
    original ?? digitized ?? written.find((each) => each.offsetMinutes !== null) ?? written[0] ?? null;

  if (clock !== null) {
    const stated =
      clock.offsetMinutes ??
      parseOffset(tags[clock === original ? 'EXIF:OffsetTimeOriginal' : 'EXIF:OffsetTimeDigitized']) ??
      offsetOfChange(clock, tags) ??
      // The same wall clock written again elsewhere, this time with its zone.
      written.find((each) => each.offsetMinutes !== null && Math.abs(each.ms - clock.ms) < 1000)
        ?.offsetMinutes ??
      zoneBySatellite(clock, tags['Composite:GPSDateTime']);
    return stated === null
      ? { utcMs: clock.ms, offsetMinutes: null, certainty: 'local' }
      : zoned(clock, stated);
  }
  // Movie headers count in UTC (ISO/IEC 14496-12); where the camera was, they do not say.
  const movie = parse(tags['QuickTime:CreateDate']);
  if (movie !== null && movie.ms > Date.UTC(1971, 0))
    return { utcMs: movie.ms, offsetMinutes: null, certainty: 'zoned' };
  const weaker =
    parse(tags['Composite:DateTimeCreated']) ??
    parse(tags['RIFF:DateTimeOriginal']) ??
    parse(tags['Matroska:DateTimeOriginal']);
  if (weaker !== null) {
    if (weaker.offsetMinutes !== null) return zoned(weaker, weaker.offsetMinutes);
    return { utcMs: weaker.ms, offsetMinutes: null, certainty: 'local' };
  }
  return { utcMs: Math.round(modifiedMs), offsetMinutes: null, certainty: 'file' };
}

/** `OffsetTime` belongs to the date of the last change: it holds for the picture when both are one moment. */
function offsetOfChange(clock: WallClock, tags: RawTags): number | null {
  const changed = parse(tags['EXIF:ModifyDate']);
  return changed !== null && Math.abs(changed.ms - clock.ms) < 1000
    ? parseOffset(tags['EXIF:OffsetTime'])
    : null;
}
