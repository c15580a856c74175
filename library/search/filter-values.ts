// Runs in the engine: reads the value behind a filter's key (dates, stars, kinds). Pure; what it cannot read is null.
import type { Filter, ItemKind } from '../../contract/index.ts';
import { allKinds, keyOf, kindOf, propertyOf, type QueryKey } from './query-keys.ts';

/** A stretch of wall-clock time: start inclusive, end exclusive, local time read as UTC, milliseconds. */
export interface Period {
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * A year, a month or a day: `2019`, `2019-07`, `2019-07-14`; also with `/` or `.`, and `2019년7월14일`.
 * @returns null when it is none, or a day that no calendar has
 */
export function periodOf(text: string): Period | null {
  const match =
    /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text) ??
    /^(\d{4})년(?:\s*(\d{1,2})월(?:\s*(\d{1,2})일)?)?$/.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), match[2], match[3]];
  if (year < 1000) return null;
  if (month === undefined) return { fromMs: Date.UTC(year, 0), untilMs: Date.UTC(year + 1, 0) };
  const m = Number(month);
  if (m < 1 || m > 12) return null;
  if (day === undefined) return { fromMs: Date.UTC(year, m - 1), untilMs: Date.UTC(year, m) };
  const fromMs = Date.UTC(year, m - 1, Number(day));
  if (Number(day) < 1 || new Date(fromMs).getUTCMonth() !== m - 1) return null;
  return { fromMs, untilMs: fromMs + 86_400_000 };
}

/** A period, or a range of them with `..` between, either end of which may be left open. */
function rangeOf(text: string): { fromMs: number | null; untilMs: number | null } | null {
  const parts = text.split('..');
  if (parts.length === 1) return periodOf(text);
  const [left = '', right = ''] = parts;
  if (parts.length > 2 || (left === '' && right === '')) return null;
  const from = left === '' ? null : periodOf(left);
  const until = right === '' ? null : periodOf(right);
  if ((left !== '' && from === null) || (right !== '' && until === null)) return null;
  if (from !== null && until !== null)
    return {
      fromMs: Math.min(from.fromMs, until.fromMs),
      untilMs: Math.max(from.untilMs, until.untilMs),
    };
  return { fromMs: from?.fromMs ?? null, untilMs: until?.untilMs ?? null };
}

/** Whole stars: `4`, `=4`, `>=4`, `4+`, `>3`, `<=2`, `<2`, `2..4`. */
function starsOf(text: string): { minimum: number; maximum: number } | null {
  const match = /^(>=|<=|>|<|=|≥|≤)?([0-5])(\+|이상|이하)?$/.exec(text);
  if (match === null) {
    const range = /^([0-5])\.\.([0-5])$/.exec(text);
    if (range === null) return null;
    const [a, b] = [Number(range[1]), Number(range[2])];
    return { minimum: Math.min(a, b), maximum: Math.max(a, b) };
  }
  const [, sign, digit, suffix] = match;
  if (sign !== undefined && suffix !== undefined) return null;
  const stars = Number(digit);
  const from = { minimum: stars, maximum: 5 };
  const to = { minimum: 0, maximum: stars };
  if (sign === '>=' || sign === '≥' || suffix === '+' || suffix === '이상') return from;
  if (sign === '<=' || sign === '≤' || suffix === '이하') return to;
  if (sign === '>') return stars === 5 ? null : { minimum: stars + 1, maximum: 5 };
  if (sign === '<') return stars === 0 ? null : { minimum: 0, maximum: stars - 1 };
  return { minimum: stars, maximum: stars };
}

function kindsOf(value: string): ItemKind[] | null {
  const kinds = value.split(',').map((word) => kindOf(word.trim()));
  return kinds.includes(null) ? null : allKinds.filter((kind) => kinds.includes(kind));
}

/**
 * The filter that a key and a value make.
 * @param text - as it was written, for the chip
 * @param negative - there was a minus before it
 * @returns null when they make none: then it is text
 */
export function filterOf(key: string, value: string, text: string, negative: boolean): Filter | null {
  const name = keyOf(key);
  if (name === null || value === '') return null;
  if (negative) return negatedFilter(name, value, text);
  switch (name) {
    case 'kind': {
      const kinds = kindsOf(value);
      return kinds === null ? null : { field: 'kind', kinds, text };
    }
    case 'folder':
      return { field: 'folder', folder: value, text };
    case 'camera':
      return { field: 'camera', camera: value, text };
    case 'lens':
      return { field: 'lens', lens: value, text };
    case 'before':
    case 'after':
    case 'since':
    case 'date': {
      const period = name === 'date' ? rangeOf(value) : periodOf(value);
      if (period === null) return null;
      if (name === 'before') return { field: 'date', fromMs: null, untilMs: period.fromMs, text };
      if (name === 'after') return { field: 'date', fromMs: period.untilMs, untilMs: null, text };
      if (name === 'since') return { field: 'date', fromMs: period.fromMs, untilMs: null, text };
      return { field: 'date', fromMs: period.fromMs, untilMs: period.untilMs, text };
    }
    case 'rating': {
      const stars = starsOf(value);
      return stars === null ? null : { field: 'rating', ...stars, text };
    }
    case 'has':
    case 'lacks':
    case 'is':
      return propertyFilter(name, value, text, name !== 'lacks');
    case 'sort':
      return null;
  }
}

/** What a minus before a filter can mean: other kinds, or that something is not there. */
function negatedFilter(name: QueryKey, value: string, text: string): Filter | null {
  if (name === 'kind') {
    const kinds = kindsOf(value);
    return kinds === null || kinds.length === allKinds.length
      ? null
      : { field: 'kind', kinds: allKinds.filter((kind) => !kinds.includes(kind)), text };
  }
  if (name === 'has' || name === 'is') return propertyFilter(name, value, text, false);
  return null;
}

function propertyFilter(name: QueryKey, value: string, text: string, present: boolean): Filter | null {
  const property = propertyOf(value);
  if (property === null || (property === 'gps' && name === 'is')) return null;
  return { field: property, present, text };
}
