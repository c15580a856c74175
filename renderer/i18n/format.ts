// Runs in the page: numbers, dates, sizes and durations as a language writes them.
import type { Taken } from '../../contract/media.ts';

const MINUTE_MS = 60_000;

/**
 * The wall clock of a moment as milliseconds to be read as UTC: what the camera's clock showed when the
 * file says so, else this machine's.
 */
export function wallClockMs(taken: Taken): number {
  if (taken.certainty === 'local') return taken.utcMs;
  const offset = taken.offsetMinutes ?? -new Date(taken.utcMs).getTimezoneOffset();
  return taken.utcMs + offset * MINUTE_MS;
}

export interface Format {
  readonly number: (value: number) => string;
  readonly percent: (share: number) => string;
  readonly bytes: (bytes: number) => string;
  /** A wall clock (see {@link wallClockMs}) as a date with time, as a day, or as a month. */
  readonly dateTime: (wallMs: number) => string;
  readonly day: (wallMs: number) => string;
  readonly month: (wallMs: number) => string;
  readonly year: (wallMs: number) => string;
  /** Rounded for reading: "about" is for the sentence around it. */
  readonly duration: (ms: number) => string;
  /** The name of a language by its BCP 47 tag. */
  readonly language: (tag: string) => string;
  readonly list: (parts: readonly string[]) => string;
}

/** @param language - a BCP 47 tag */
export function makeFormat(language: string): Format {
  const date = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
    return (wallMs: number) => format.format(wallMs);
  };
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const unit = (value: number, name: string, digits = 0) =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: name,
      unitDisplay: name.endsWith('byte') ? 'short' : 'long',
      maximumFractionDigits: digits,
    }).format(value);
  const languages = new Intl.DisplayNames(language, { type: 'language' });
  return {
    language: (tag) => languages.of(tag) ?? tag,
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    bytes: (bytes) => {
      if (bytes < 1_000_000) return unit(bytes / 1_000, 'kilobyte');
      if (bytes < 1_000_000_000) return unit(bytes / 1_000_000, 'megabyte', 1);
      return unit(bytes / 1_000_000_000, 'gigabyte', 1);
    },
    dateTime: date({ dateStyle: 'long', timeStyle: 'short' }),
    day: date({ dateStyle: 'medium' }),
    month: date({ year: 'numeric', month: 'long' }),
    year: date({ year: 'numeric' }),
    duration: (ms) => {
      const seconds = Math.ceil(ms / 1000);
      if (seconds < 60) return unit(Math.max(5, Math.ceil(seconds / 5) * 5), 'second');
      if (seconds < 3600) return unit(Math.ceil(seconds / 60), 'minute');
      return unit(seconds / 3600, 'hour', 1);
    },
    list: (parts) => parts.join(', '),
  };
}
