// Runs in the page: a filter of the engine's plan in words for its chip.
import type { Filter } from '../../contract/search.ts';
import type { Format } from '../i18n/format.ts';
import type { Translate } from '../i18n/i18n.ts';

const DAY_MS = 86_400_000;

/** A span of wall-clock time in the shortest true words: a year, a month, a day, or from–until. */
function spanLabel(fromMs: number, untilMs: number, t: Translate, format: Format): string {
  const from = new Date(fromMs);
  const next = (years: number, months: number, days: number) =>
    Date.UTC(from.getUTCFullYear() + years, from.getUTCMonth() + months, from.getUTCDate() + days) ===
    untilMs;
  const atMidnight = fromMs % DAY_MS === 0;
  const firstOfMonth = atMidnight && from.getUTCDate() === 1;
  if (firstOfMonth && from.getUTCMonth() === 0 && next(1, 0, 0)) return format.year(fromMs);
  if (firstOfMonth && next(0, 1, 0)) return format.month(fromMs);
  if (atMidnight && next(0, 0, 1)) return format.day(fromMs);
  return t('filter.between', { from: format.day(fromMs), until: format.day(untilMs - 1) });
}

/** The first day of a year is named by its year alone: "before 2020". */
function edgeLabel(ms: number, format: Format): string {
  const date = new Date(ms);
  const newYear = ms % DAY_MS === 0 && date.getUTCMonth() === 0 && date.getUTCDate() === 1;
  return newYear ? format.year(ms) : format.day(ms);
}

export function filterLabel(filter: Filter, t: Translate, format: Format): string {
  switch (filter.field) {
    case 'kind':
      return format.list(filter.kinds.map((kind) => t(`kind.${kind}`)));
    case 'date': {
      const { fromMs, untilMs } = filter;
      if (fromMs !== null && untilMs !== null) return spanLabel(fromMs, untilMs, t, format);
      if (fromMs !== null) return t('filter.since', { date: edgeLabel(fromMs, format) });
      if (untilMs !== null) return t('filter.before', { date: edgeLabel(untilMs, format) });
      return filter.text;
    }
    case 'folder':
      return t(filter.present ? 'filter.folder' : 'filter.notFolder', { folder: filter.folder });
    case 'camera':
      return t(filter.present ? 'filter.camera' : 'filter.notCamera', { camera: filter.camera });
    case 'lens':
      return t(filter.present ? 'filter.lens' : 'filter.notLens', { lens: filter.lens });
    case 'rating':
      if (filter.minimum === filter.maximum) return t('filter.stars', { n: filter.minimum });
      return t('filter.starsBetween', { from: filter.minimum, until: filter.maximum });
    case 'gps':
      return filter.present ? t('filter.withPlace') : t('filter.withoutPlace');
    case 'animated':
      return filter.present ? t('filter.animated') : t('filter.still');
    case 'favourite':
      return filter.present ? t('filter.favourite') : t('filter.notFavourite');
    case 'hidden':
      return filter.present ? t('filter.hidden') : t('filter.notHidden');
    case 'tag':
      return t(filter.present ? 'filter.tag' : 'filter.notTag', { tag: filter.tag });
    case 'album':
      return t(filter.present ? 'filter.album' : 'filter.notAlbum', { album: filter.album });
    case 'speech':
      return filter.present ? t('filter.withSpeech') : t('filter.withoutSpeech');
    case 'near':
      return t('filter.near', { place: filter.place });
    case 'duration': {
      const { minimumMs, maximumMs } = filter;
      const [from, until] = [minimumMs, maximumMs].map((ms) => (ms === null ? '' : format.duration(ms)));
      if (minimumMs === null) return t('filter.shorter', { length: until ?? '' });
      if (maximumMs === null) return t('filter.longer', { length: from ?? '' });
      return t('filter.lengthBetween', { from: from ?? '', until: until ?? '' });
    }
  }
}
