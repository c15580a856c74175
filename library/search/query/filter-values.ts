// Runs in the engine: reads the value behind a filter's key (dates, stars, kinds). Pure; what it cannot read is null.
import type { ItemKind } from '../../../contract/index.ts';
import { allKinds, kindOf } from './query-keys.ts';

/** A stretch of wall-clock time: start inclusive, end exclusive, local time read as UTC, milliseconds. */
interface Period {
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
export function rangeOf(text: string): { fromMs: number | null; untilMs: number | null } | null {
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
export function starsOf(text: string): { minimum: number; maximum: number } | null {
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

export function kindsOf(value: string): ItemKind[] | null {
  const kinds = value.split(',').map((word) => kindOf(word.trim()));
  return kinds.includes(null) ? null : allKinds.filter((kind) => kinds.includes(kind));
}

const unitMs: Readonly<Record<string, number>> = {
  ...{ s: 1000, sec: 1000, second: 1000, seconds: 1000, 초: 1000, '': 1000 },
  ...{ m: 60_000, min: 60_000, mins: 60_000, minute: 60_000, minutes: 60_000, 분: 60_000 },
  ...{ h: 3_600_000, hour: 3_600_000, hours: 3_600_000, 시간: 3_600_000 },
};

/** `90`, `90s`, `1m30s`, `1:30`, `2시간` in milliseconds; seconds where no unit is said. */
function lengthOf(text: string): number | null {
  const clock = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$/.exec(text);
  if (clock !== null) return (Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3])) * 1000;
  if (!/^(?:\d{1,6}(?:\.\d{1,3})?\p{L}*)+$/u.test(text)) return null;
  let sum = 0;
  for (const [, number, unit = ''] of text.toLowerCase().matchAll(/(\d+(?:\.\d+)?)(\p{L}*)/gu)) {
    const each = Object.hasOwn(unitMs, unit) ? unitMs[unit] : undefined;
    if (each === undefined) return null;
    sum += Number(number) * each;
  }
  return sum;
}

/** `<30s`, `>=2m`, `30s..2m`, `30초이하`; a length alone means about that: within a tenth. */
export function durationOf(text: string): { minimumMs: number | null; maximumMs: number | null } | null {
  const range = /^([^.<>=]*)\.\.([^.<>=]*)$/.exec(text);
  if (range !== null) {
    const [from, to] = [range[1] ?? '', range[2] ?? ''].map((end) => (end === '' ? null : lengthOf(end)));
    if ((range[1] !== '' && from === null) || (range[2] !== '' && to === null)) return null;
    return from == null && to == null ? null : { minimumMs: from ?? null, maximumMs: to ?? null };
  }
  const match = /^(>=|<=|>|<|=|≥|≤)?(.+?)(이상|이하|초과|미만|\+)?$/u.exec(text);
  const length = lengthOf(match?.[2] ?? '');
  if (match === null || length === null || (match[1] !== undefined && match[3] !== undefined)) return null;
  switch (match[1] ?? match[3]) {
    case '>=':
    case '≥':
    case '이상':
    case '+':
      return { minimumMs: length, maximumMs: null };
    case '>':
    case '초과':
      return { minimumMs: length + 1, maximumMs: null };
    case '<=':
    case '≤':
    case '이하':
      return { minimumMs: null, maximumMs: length };
    case '<':
    case '미만':
      return { minimumMs: null, maximumMs: length - 1 };
    default:
      return { minimumMs: Math.round(length * 0.9), maximumMs: Math.round(length * 1.1) };
  }
}
