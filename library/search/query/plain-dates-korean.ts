// Runs in the engine: dates in plain Korean, by rules of our own. Pure.
import {
  days,
  lastBegun,
  lastOver,
  months,
  type Relation,
  type SaidDate,
  season,
  type Season,
  type Span,
  type Today,
  week,
  weekend,
} from './calendar.ts';
import { byRules, decadeOf, type Groups, type Rule } from './date-rules.ts';

const seasonNames: Readonly<Record<string, Season>> = {
  ...{ 봄: 'spring', 여름: 'summer', 가을: 'autumn', 겨울: 'winter' },
};
const yearsBack: Readonly<Record<string, number>> = {
  ...{ 올해: 0, 금년: 0, 작년: 1, 지난해: 1, 전년: 1, 재작년: 2, 지지난해: 2 },
};
const unitsBack: Readonly<Record<string, number>> = { 이번: 0, 지난: 1, 저번: 1, 지지난: 2 };
const daysBack: Readonly<Record<string, number>> = {
  ...{ 오늘: 0, 어제: 1, 그저께: 2, 그제: 2, 엊그제: 2, 그끄저께: 3 },
};
const counts: Readonly<Record<string, number>> = {
  ...{ 한: 1, 두: 2, 세: 3, 네: 4, 다섯: 5, 여섯: 6, 일곱: 7, 여덟: 8, 아홉: 9, 열: 10 },
};

const of = (table: Readonly<Record<string, unknown>>): string =>
  Object.keys(table)
    .sort((a, b) => b.length - a.length)
    .join('|');

/** A year by its number or its word, or nothing. */
const someYear = `(?:(?<year>1[89]\\d\\d|20\\d\\d)\\s*년|(?<yearWord>${of(yearsBack)}))`;
const someMonth = '(?<month>1[0-2]|0?[1-9])\\s*월';
const aSeason = `(?<season>${of(seasonNames)})`;
/** What bounds it, and particles that only hold the sentence together. */
const after = '\\s*(?<relation>부터|이후로?|이전|전에|까지)?(?:에서|에는|에도|에|의|때|쯤|은|는)?(?![^\\s,])';

const relations: Readonly<Record<string, Relation>> = {
  ...{ 부터: 'since', 이후: 'after', 이후로: 'after', 이전: 'before', 전에: 'before', 까지: 'until' },
};

const rule = (form: string, span: Rule['span']): Rule => ({
  form: new RegExp(`(?<![^\\s,])${form}${after}`, 'u'),
  span,
});

const yearOf = ({ year, yearWord }: Groups, today: Today): number =>
  year === undefined ? today.year - (yearsBack[yearWord ?? ''] ?? 0) : Number(year);
const seasonOf = ({ season: name }: Groups): Season => seasonNames[name ?? ''] ?? 'spring';
const countOf = ({ count }: Groups): number => counts[count ?? ''] ?? Number(count);

const rules: readonly Rule[] = [
  rule(`${someYear}\\s*${someMonth}\\s*(?<day>3[01]|[12]?\\d)\\s*일`, (one, today) =>
    realDay(yearOf(one, today), Number(one['month']) - 1, Number(one['day'])),
  ),
  rule(`${someYear}\\s*${someMonth}`, (one, today) => months(yearOf(one, today), Number(one['month']) - 1)),
  rule(`${someYear}\\s*${aSeason}`, (one, today) => season(seasonOf(one), yearOf(one, today))),
  rule(`(?<which>지난|저번)\\s*${aSeason}`, (one, today) =>
    lastOver(today, (inYear) => season(seasonOf(one), inYear)),
  ),
  rule(`이번\\s*${aSeason}`, (one, today) => season(seasonOf(one), today.year)),
  rule(`(?<which>${of(unitsBack)})\\s*(?<unit>달|주말|주)`, (one, today) => {
    const back = unitsBack[one['which'] ?? ''] ?? 0;
    if (one['unit'] === '달') return months(today.year, today.month - back);
    return one['unit'] === '주' ? week(today, back) : weekend(today, back);
  }),
  rule(`${someMonth}\\s*(?<day>3[01]|[12]?\\d)\\s*일`, (one, today) =>
    lastBegun(today, (inYear) => days(inYear, Number(one['month']) - 1, Number(one['day']))),
  ),
  rule(`(?<count>\\d{1,3}|${of(counts)})\\s*(?<unit>일|주일?|개월|달|년|해)\\s*전`, (one, today) => {
    const count = countOf(one);
    switch (one['unit']) {
      case '일':
        return days(today.year, today.month, today.day - count);
      case '주':
      case '주일':
        return week(today, count);
      case '달':
      case '개월':
        return months(today.year, today.month - count);
      default:
        return months(today.year - count, 0, 12);
    }
  }),
  rule(`(?<decade>(?:1[89]|20)\\d0)\\s*년대`, (one) => months(Number(one['decade']), 0, 120)),
  rule(`(?<decade>\\d0)\\s*년대`, (one) => decadeOf(Number(one['decade']))),
  rule(`(?<word>${of(daysBack)})`, (one, today) =>
    days(today.year, today.month, today.day - (daysBack[one['word'] ?? ''] ?? 0)),
  ),
  rule(someYear, (one, today) => months(yearOf(one, today), 0, 12)),
  rule(someMonth, (one, today) => lastBegun(today, (inYear) => months(inYear, Number(one['month']) - 1))),
];

function realDay(year: number, month: number, day: number): Span | null {
  return day >= 1 && new Date(Date.UTC(year, month, day)).getUTCMonth() === month
    ? days(year, month, day)
    : null;
}

export const findKoreanDate = (text: string, today: Today): SaidDate | null =>
  byRules(rules, relations, text, today);
