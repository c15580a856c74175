// Runs in the engine: the filter that a key and a value of a query make. Pure; what makes none is text.
import type { Filter } from '../../../contract/index.ts';
import type { Today } from './calendar.ts';
import { durationOf, kindsOf, periodOf, rangeOf, starsOf } from './filter-values.ts';
import { dateOf } from './plain-dates.ts';
import { allKinds, keyOf, propertyOf, type QueryKey } from './query-keys.ts';

/** A place by its name, with how far around it still counts as near. */
export interface Place {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly kilometres: number;
}

/** What a query is read with: what day it is for the person, and where a place of a name lies. */
export interface Reading {
  readonly today: Today;
  readonly placeOf: (name: string) => Place | null;
}

/**
 * The filter that a key and a value make.
 * @param text - as it was written, for the chip
 * @param negative - there was a minus before it
 * @returns null when they make none: then it is text
 */
export function filterOf(
  key: string,
  value: string,
  text: string,
  negative: boolean,
  reading: Reading,
): Filter | null {
  const name = keyOf(key);
  if (name === null || value === '') return null;
  if (negative) return negatedFilter(name, value, text);
  switch (name) {
    case 'kind': {
      const kinds = kindsOf(value);
      return kinds === null ? null : { field: 'kind', kinds, text };
    }
    case 'folder':
      return { field: 'folder', folder: value, present: true, text };
    case 'camera':
      return { field: 'camera', camera: value, present: true, text };
    case 'lens':
      return { field: 'lens', lens: value, present: true, text };
    case 'tag':
      return { field: 'tag', tag: value, present: true, text };
    case 'album':
      return { field: 'album', album: value, present: true, text };
    case 'before':
    case 'after':
    case 'since':
    case 'date':
      return dateFilter(name, value, text, reading.today);
    case 'when': {
      // As a plan with a date in plain words is printed: its text is those words alone.
      const span = dateOf(value, reading.today);
      return span === null ? null : { field: 'date', ...span, text: value };
    }
    case 'rating': {
      const stars = starsOf(value);
      return stars === null ? null : { field: 'rating', ...stars, text };
    }
    case 'duration': {
      const duration = durationOf(value);
      return duration === null ? null : { field: 'duration', ...duration, text };
    }
    case 'near': {
      const place = reading.placeOf(value);
      if (place === null) return null;
      const { name: named, latitude, longitude, kilometres } = place;
      return { field: 'near', place: named, latitude, longitude, kilometres, text };
    }
    case 'has':
    case 'lacks':
    case 'is':
      return propertyFilter(name, value, text, name !== 'lacks');
    case 'prefer':
    case 'sort':
      return null;
  }
}

function dateFilter(
  name: 'before' | 'after' | 'since' | 'date',
  value: string,
  text: string,
  today: Today,
): Filter | null {
  const span = (name === 'date' ? rangeOf(value) : periodOf(value)) ?? dateOf(value, today);
  if (span === null) return null;
  const { fromMs, untilMs } = span;
  if (name === 'date') return { field: 'date', fromMs, untilMs, text };
  if (name === 'before')
    return fromMs === null ? null : { field: 'date', fromMs: null, untilMs: fromMs, text };
  const from = name === 'since' ? fromMs : untilMs;
  return from === null ? null : { field: 'date', fromMs: from, untilMs: null, text };
}

/** What a minus before a filter can mean: other kinds, elsewhere, by another camera, or that something is not there. */
function negatedFilter(name: QueryKey, value: string, text: string): Filter | null {
  if (name === 'kind') {
    const kinds = kindsOf(value);
    return kinds === null || kinds.length === allKinds.length
      ? null
      : { field: 'kind', kinds: allKinds.filter((kind) => !kinds.includes(kind)), text };
  }
  if (name === 'folder') return { field: 'folder', folder: value, present: false, text };
  if (name === 'camera') return { field: 'camera', camera: value, present: false, text };
  if (name === 'lens') return { field: 'lens', lens: value, present: false, text };
  if (name === 'tag') return { field: 'tag', tag: value, present: false, text };
  if (name === 'album') return { field: 'album', album: value, present: false, text };
  if (name === 'has' || name === 'is') return propertyFilter(name, value, text, false);
  return null;
}

/** Of what a thing has or is, only one of both can be said in most cases: it has a place, it is animated. */
function propertyFilter(name: QueryKey, value: string, text: string, present: boolean): Filter | null {
  const property = propertyOf(value);
  if (property === null) return null;
  if (name === 'is' && (property === 'gps' || property === 'speech')) return null;
  return { field: property, present, text };
}
