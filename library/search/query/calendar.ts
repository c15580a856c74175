// Runs in the engine: stretches of a calendar, for dates that are said in words. Pure.

/** Wall-clock milliseconds (local time read as UTC), inclusive and exclusive end; null: open. */
export interface Span {
  readonly fromMs: number | null;
  readonly untilMs: number | null;
}

/** A date where it stands in a text. */
export interface SaidDate {
  readonly span: Span;
  readonly at: number;
  readonly length: number;
}

/** A calendar day as the person's clock shows it; months from 0. */
export interface Today {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** What day it is for the person, by the clock of this machine. */
export function todayOf(nowMs: number): Today {
  const now = new Date(nowMs);
  return { year: now.getFullYear(), month: now.getMonth(), day: now.getDate() };
}

export const dayMs = 86_400_000;

/** From a day on, as many days. Days and months may run over their month and year. */
export function days(year: number, month: number, day: number, count = 1): Span {
  const fromMs = Date.UTC(year, month, day);
  return { fromMs, untilMs: fromMs + count * dayMs };
}

export function months(year: number, month: number, count = 1): Span {
  return { fromMs: Date.UTC(year, month), untilMs: Date.UTC(year, month + count) };
}

/** Monday to Sunday, `ago` weeks before that of today. */
export function week({ year, month, day }: Today, ago: number): Span {
  const weekday = (new Date(Date.UTC(year, month, day)).getUTCDay() + 6) % 7;
  return days(year, month, day - weekday - 7 * ago, 7);
}

/** Saturday and Sunday of a week. */
export function weekend(today: Today, ago: number): Span {
  const { untilMs } = week(today, ago);
  return { fromMs: (untilMs ?? 0) - 2 * dayMs, untilMs };
}

export const seasons = ['spring', 'summer', 'autumn', 'winter'] as const;
export type Season = (typeof seasons)[number];

/** By whole months of the northern half of the earth; a winter begins in the year it is named after. */
export function season(name: Season, year: number): Span {
  return months(year, 2 + 3 * seasons.indexOf(name), 3);
}

/** The latest of yearly spans that is over: "last summer" in July is that of the year before. */
export function lastOver(today: Today, inYear: (year: number) => Span): Span {
  const now = Date.UTC(today.year, today.month, today.day);
  for (let year = today.year; ; year--) if ((inYear(year).untilMs ?? 0) <= now) return inYear(year);
}

/** The latest of yearly spans that has begun: "in March" in March is this one. */
export function lastBegun(today: Today, inYear: (year: number) => Span): Span {
  const now = Date.UTC(today.year, today.month, today.day);
  for (let year = today.year; ; year--) if ((inYear(year).fromMs ?? 0) <= now) return inYear(year);
}

/** How a date bounds a search: within it, from it on, before it, after its end. */
export type Relation = 'within' | 'since' | 'before' | 'after' | 'until';

export function related({ fromMs, untilMs }: Span, relation: Relation): Span {
  switch (relation) {
    case 'within':
      return { fromMs, untilMs };
    case 'since':
      return { fromMs, untilMs: null };
    case 'before':
      return { fromMs: null, untilMs: fromMs };
    case 'after':
      return { fromMs: untilMs, untilMs: null };
    case 'until':
      return { fromMs: null, untilMs };
  }
}
