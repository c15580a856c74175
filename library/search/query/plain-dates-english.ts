// Runs in the engine: dates in plain English, by rules of our own and chrono for days. Pure.
import { strict } from 'chrono-node/en';
import {
  days,
  lastBegun,
  lastOver,
  months,
  type Relation,
  related,
  type SaidDate,
  season,
  seasons,
  type Season,
  type Span,
  type Today,
  week,
  weekend,
} from './calendar.ts';
import { byRules, decadeOf, type Rule } from './date-rules.ts';

const monthNames = [
  ...['january|jan', 'february|feb', 'march|mar', 'april|apr', 'may', 'june|jun', 'july|jul'],
  ...['august|aug', 'september|sept|sep', 'october|oct', 'november|nov', 'december|dec'],
];
const month = `(?<month>${monthNames.join('|')})\\.?`;
const monthName = new RegExp(monthNames.join('|'), 'iu');
const seasonWord = '(?<season>spring|summer|autumn|fall|winter)';
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const year = '(?<year>1[89]\\d\\d|20\\d\\d)';
const numbers = ['a', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const relations: Readonly<Record<string, Relation>> = {
  ...{ since: 'since', before: 'before', after: 'after', until: 'until', till: 'until' },
};
const before = '(?:(?<relation>in|from|during|on|over|since|before|after|until|till)\\s+)';

const rule = (form: string, span: Rule['span']): Rule => ({
  form: new RegExp(`(?<![^\\s,])${form}(?![^\\s,])`, 'iu'),
  span,
});

const monthOf = (name = ''): number =>
  monthNames.findIndex((names) => names.split('|').includes(name.toLowerCase()));
const seasonOf = (name = ''): Season =>
  seasons.find((one) => one === name.toLowerCase()) ?? (name === '' ? 'spring' : 'autumn');

/** What "ago" counts back from, as long as its unit is: "two weeks ago" is that week. */
function ago(count: number, unit: string, today: Today): Span | null {
  switch (unit) {
    case 'day':
      return days(today.year, today.month, today.day - count);
    case 'week':
      return week(today, count);
    case 'month':
      return months(today.year, today.month - count);
    default:
      return count > today.year - 1000 ? null : months(today.year - count, 0, 12);
  }
}

const rules: readonly Rule[] = [
  rule(`${before}?(?:the\\s+)?${seasonWord}\\s+(?:of\\s+)?${year}`, (one) =>
    season(seasonOf(one['season']), Number(one['year'])),
  ),
  rule(`${before}?(?:last|previous)\\s+${seasonWord}`, (one, today) =>
    lastOver(today, (inYear) => season(seasonOf(one['season']), inYear)),
  ),
  rule(`${before}?this\\s+${seasonWord}`, (one, today) => season(seasonOf(one['season']), today.year)),
  rule(`${before}?${month},?\\s+(?:of\\s+)?${year}`, (one) =>
    months(Number(one['year']), monthOf(one['month'])),
  ),
  rule(`${before}?(?:last|previous)\\s+${month}`, (one, today) =>
    lastOver(today, (inYear) => months(inYear, monthOf(one['month']))),
  ),
  rule(`${before}?(?<which>last|previous|this)\\s+(?<unit>year|month|weekend|week)`, (one, today) => {
    const back = one['which']?.toLowerCase() === 'this' ? 0 : 1;
    if (one['unit']?.toLowerCase() !== 'weekend') return ago(back, one['unit']?.toLowerCase() ?? '', today);
    return weekend(today, back);
  }),
  rule(
    `${before}?(?<count>\\d{1,3}|${numbers.join('|')})\\s+(?<unit>day|week|month|year)s?\\s+ago`,
    (one, today) => {
      const word = one['count']?.toLowerCase() ?? '';
      const count = numbers.includes(word) ? Math.max(1, numbers.indexOf(word)) : Number(word);
      return ago(count, one['unit']?.toLowerCase() ?? '', today);
    },
  ),
  rule(`${before}?last\\s+(?<weekday>${weekdays.join('|')})`, (one, today) => {
    const now = (new Date(Date.UTC(today.year, today.month, today.day)).getUTCDay() + 6) % 7;
    const back = (now - weekdays.indexOf(one['weekday']?.toLowerCase() ?? '') + 6) % 7;
    return days(today.year, today.month, today.day - back - 1);
  }),
  rule(`(?:the\\s+)?day\\s+before\\s+yesterday`, (_, today) => ago(2, 'day', today)),
  rule(`${before}?(?<day>yesterday|today)`, (one, today) =>
    ago(one['day']?.toLowerCase() === 'today' ? 0 : 1, 'day', today),
  ),
  rule(`(?:${before}|(?=(?:the\\s+)?1[89]\\d0|20\\d0))(?:the\\s+)?(?<decade>(?:1[89]|20)\\d0)['’]?s`, (one) =>
    months(Number(one['decade']), 0, 120),
  ),
  rule(`${before}?the\\s+['’]?(?<decade>\\d0)['’]?s`, (one) => decadeOf(Number(one['decade']))),
];

/** Only after a preposition: alone they are names or numbers as often. */
const looseRules: readonly Rule[] = [
  rule(`${before}${month}`, (one, today) =>
    lastBegun(today, (inYear) => months(inYear, monthOf(one['month']))),
  ),
  rule(`${before}${year}`, (one) => months(Number(one['year']), 0, 12)),
];

export function findEnglishDate(text: string, today: Today): SaidDate | null {
  return (
    findDay(text, today) ??
    byRules(rules, relations, text, today) ??
    byRules(looseRules, relations, text, today)
  );
}

/** A day with its month ("4 July 2019", "on July 4"), by chrono. */
function findDay(text: string, today: Today): SaidDate | null {
  const noon = new Date(today.year, today.month, today.day, 12);
  for (const result of strict.parse(text, noon, { forwardDate: false })) {
    const { start, index } = result;
    const named = start.isCertain('day') && start.isCertain('month') && monthName.test(result.text);
    const whole =
      /^[\s,]?$/.test(text[index - 1] ?? '') && /^[\s,]?$/.test(text[index + result.text.length] ?? '');
    if (!named || !whole) continue;
    const part = (name: 'year' | 'month' | 'day') => start.get(name) ?? 0;
    let found = days(part('year'), part('month') - 1, part('day'));
    if (!start.isCertain('year'))
      found = lastBegun(today, (inYear) => days(inYear, part('month') - 1, part('day')));
    const end = result.end ?? null;
    if (end !== null)
      found = {
        fromMs: found.fromMs,
        untilMs: days(end.get('year') ?? 0, (end.get('month') ?? 1) - 1, end.get('day') ?? 1).untilMs,
      };
    const preposition =
      /(?:^|[\s,])(?<relation>in|from|during|on|over|since|before|after|until|till)\s+$/iu.exec(
        text.slice(0, index),
      );
    const at = preposition === null ? index : index - preposition[0].trimStart().length;
    const relation = relations[preposition?.groups?.['relation']?.toLowerCase() ?? ''] ?? 'within';
    return { span: related(found, relation), at, length: index + result.text.length - at };
  }
  return null;
}
