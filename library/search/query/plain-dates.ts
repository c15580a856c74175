// Runs in the engine: finds a date said in plain words ("last summer", "2019년 여름") in a query. Pure.
import type { SaidDate, Span, Today } from './calendar.ts';
import { findEnglishDate } from './plain-dates-english.ts';
import { findKoreanDate } from './plain-dates-korean.ts';

/**
 * The first date that is said in words; null when there is none. A season, a month or a year alone is none:
 * "summer" is also what a picture shows, "May" a name, "2019" a folder.
 */
export function findDate(text: string, today: Today): SaidDate | null {
  return findKoreanDate(text, today) ?? findEnglishDate(text, today);
}

/** The date that a whole text says; null when it says something else or more. */
export function dateOf(text: string, today: Today): Span | null {
  const found = findDate(text, today);
  return found?.at === 0 && found.length === text.length ? found.span : null;
}
