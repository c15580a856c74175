// Runs in the engine: what a person typed as a plan, and a plan as text again. Pure.
import { isDeepStrictEqual } from 'node:util';
import type { Filter, Plan } from '../../../contract/index.ts';
import { wordsOf } from '../../database/word-tokens.ts';
import { findIntent, intentOf } from './kind-words.ts';
import { dateOf, findDate } from './plain-dates.ts';
import { keyOf, sortOf } from './query-keys.ts';
import { filterOf, type Reading } from './read-filter.ts';

/** One piece of a query: words up to a space, or what stands between quotes, with what is before it. */
interface Piece {
  readonly negative: boolean;
  /** Word before a colon; null where there is none. */
  readonly key: string | null;
  readonly value: string;
  readonly quoted: boolean;
}

/** Words that are wanted (or not) together. */
interface Segment {
  readonly weight: number;
  readonly negative: boolean;
  readonly words: string[];
}

/** Quotes of many keyboards; a minus as a word processor writes it. */
const quotes = /[“”„‟«»「」『』＂]/g;
const piece = /([-−–]*)(?:([^\s":-][^\s":]*):)?(?:"([^"]*)"|([^\s"]+))/gu;
/** A number before a colon is a weight where a word or a quote follows: `2:golden retriever`, but `10:30` is a time. */
const weight = /^\d{1,2}(?:\.\d{1,2})?$/;

/**
 * Reads a query. Nothing is an error: what is no filter is text, a quote without its partner is a space.
 *
 * `unknown` and `weak` stay empty: the active pack fills them (search/meaning).
 */
export function parse(query: string, reading: Reading): Plan {
  const plan: Plan = {
    wants: [],
    phrases: [],
    excluded: [],
    filters: [],
    intent: null,
    arithmetic: false,
    sort: 'relevance',
    unknown: [],
    weak: [],
  };
  const pieces = [...piecesOf(query)];
  const arithmetic = pieces.some((one) => isOperator(one) && one.value === '+');
  const common: Segment = { weight: 1, negative: false, words: [] };
  const segments: Segment[] = [common];
  let open = common;
  const begin = (segment: Segment): void => void segments.push((open = segment));

  for (const one of pieces) {
    if (arithmetic && isOperator(one)) begin({ weight: 1, negative: one.value !== '+', words: [] });
    else if (isWeighted(one) && Number(one.key) === 1 && !arithmetic && !one.negative) {
      // The weight that everything has by itself.
      open = common;
      open.words.push(one.value);
    } else if (isWeighted(one)) {
      const segment = {
        weight: Number(one.key),
        negative: one.negative || open.negative,
        words: [one.value],
      };
      // Within a sum the number belongs to the part that has begun.
      if (arithmetic && open.words.length === 0) segments.splice(segments.indexOf(open), 1);
      begin(segment);
      if (one.quoted || one.negative) open = common;
    } else if (one.key === null || !readFilter(plan, one, reading)) readText(plan, one, open);
  }
  for (const segment of segments) {
    const text = extract(plan, segment, reading);
    // What is excluded altogether need not be taken away from a sum as well.
    if (text === '' || (segment.negative && plan.excluded.includes(text))) continue;
    plan.wants.push({ kind: 'text', text, weight: segment.weight, negative: segment.negative });
    if (segment.negative && !arithmetic) plan.excluded.push(text);
  }
  plan.arithmetic = arithmetic && plan.wants.length > 0;
  for (const text of plan.excluded)
    if (!plan.wants.some((want) => want.kind === 'text' && want.negative && want.text === text))
      plan.wants.push({ kind: 'text', text, weight: 1, negative: true });
  // Outside a sum the order says nothing; one form of it is enough.
  if (!arithmetic) plan.wants.sort((a, b) => Number(a.negative) - Number(b.negative));
  return plan;
}

/** Whether a query may name a place, so that places must be known before it is read. */
export function namesPlace(query: string): boolean {
  return [...piecesOf(query)].some(({ key }) => key !== null && keyOf(key) === 'near');
}

/** The query that a plan was read from, in a fixed order: words, phrases, minuses, filters, kinds, sorting. */
export function print(plan: Plan): string {
  const texts = plan.wants.flatMap((want) => (want.kind === 'text' ? [want] : []));
  const weighted = ({ text, weight: by }: (typeof texts)[number]) => (by === 1 ? text : `${by}:"${text}"`);
  const summands = texts.filter((want) => !want.negative || !plan.excluded.includes(want.text));
  const wants = plan.arithmetic
    ? summands.map((want) => `${want.negative ? '-' : '+'} ${weighted(want)}`)
    : texts.filter((want) => !want.negative).map(weighted);
  // A sum of nothing but what is taken away is still a sum.
  if (plan.arithmetic && summands.every((want) => want.negative)) wants.push('+');
  const unwanted = plan.excluded.map((said) => {
    const by = texts.find((want) => want.negative && want.text === said)?.weight ?? 1;
    if (by !== 1) return `-${by}:"${said}"`;
    return /^[^\s":]+$/.test(said) ? `-${said}` : `-"${said}"`;
  });
  return [
    ...wants,
    ...plan.phrases.map((phrase) => `"${phrase}"`),
    ...unwanted,
    ...plan.filters.map(({ text }) => (text.includes(':') ? text : `when:"${text}"`)),
    ...(plan.intent === null ? [] : [`prefer:"${plan.intent.text}"`]),
    ...(plan.sort === 'relevance' ? [] : [`sort:${plan.sort}`]),
  ].join(' ');
}

function* piecesOf(query: string): Generator<Piece> {
  let text = query.normalize('NFC').replace(quotes, '"').replaceAll('：', ':').replaceAll('＋', '+');
  if ((text.split('"').length - 1) % 2 === 1) {
    const last = text.lastIndexOf('"');
    text = `${text.slice(0, last)} ${text.slice(last + 1)}`;
  }
  // The first minus of a run counts, the others are decoration.
  for (const [, minus = '', key, quoted, plain] of text.matchAll(piece))
    yield {
      negative: minus !== '',
      key: key ?? null,
      value: quoted ?? plain ?? '',
      quoted: quoted !== undefined,
    };
}

const isOperator = ({ negative, key, quoted, value }: Piece): boolean =>
  !negative && key === null && !quoted && /^[+−–-]$/.test(value);

const isWeighted = ({ key, value, quoted }: Piece): boolean =>
  key !== null && weight.test(key) && Number(key) > 0 && (quoted || /^\p{L}/u.test(value));

/** Words, phrases, and what is behind a minus. */
function readText(plan: Plan, one: Piece, open: Segment): void {
  // A key that no filter knows is a word like others ("http://…", "note: milk").
  const text = one.key === null || one.quoted ? one.value : `${one.key}:${one.value}`;
  if (one.key !== null && one.quoted && !one.negative) open.words.push(`${one.key}:`);
  const said = tidy(text);
  if (wordsOf(said).length === 0) return;
  if (one.negative) plan.excluded.push(said);
  else if (one.quoted) plan.phrases.push(said);
  else open.words.push(said);
}

/** A segment's text, without the dates and kinds that it says in plain words: these become part of the plan. */
function extract(plan: Plan, segment: Segment, reading: Reading): string {
  let text = saying(segment.words.join(' '));
  if (segment.negative) return text;
  for (;;) {
    const rest = takeDate(plan, text, reading) ?? takeIntent(plan, text);
    if (rest === null) return text;
    text = saying(rest);
  }
}

function takeDate(plan: Plan, text: string, { today }: Reading): string | null {
  const found = findDate(text, today);
  if (found === null) return null;
  const said = text.slice(found.at, found.at + found.length).trim();
  // What means something else by itself could not be printed.
  if (/[":]/.test(said) || !isDeepStrictEqual(dateOf(said, today), found.span)) return null;
  const rest = tidy(`${text.slice(0, found.at)} ${text.slice(found.at + found.length)}`);
  if (!plan.filters.some((known) => known.text === said))
    plan.filters.push({ field: 'date', ...found.span, text: said });
  return rest;
}

function takeIntent(plan: Plan, text: string): string | null {
  const found = plan.intent === null ? findIntent(text) : null;
  if (found === null || !isDeepStrictEqual(intentOf(found.intent.text), found.intent)) return null;
  // A piece of text with a colon could become a filter when it is read again.
  const words = text.split(' ');
  if (found.rest.split(' ').some((word) => word.includes(':') && !words.includes(word))) return null;
  plan.intent = found.intent;
  return tidy(found.rest);
}

/** Whether the piece was a filter or a sorting; then the plan has it. */
function readFilter(plan: Plan, one: Piece, reading: Reading): boolean {
  if (one.key === null) return false;
  const value = tidy(one.value);
  const key = keyOf(one.key);
  if (key === 'sort') {
    const sort = one.negative ? null : sortOf(value);
    if (sort !== null) plan.sort = sort;
    return sort !== null;
  }
  if (key === 'prefer') {
    const intent = one.negative ? null : intentOf(value);
    if (intent !== null) plan.intent = intent;
    return intent !== null;
  }
  const written = `${one.negative ? '-' : ''}${one.key}:${one.quoted ? `"${value}"` : value}`;
  const filter: Filter | null = filterOf(one.key, value, written, one.negative, reading);
  if (filter === null) return false;
  if (!plan.filters.some((known) => known.text === filter.text)) plan.filters.push(filter);
  return true;
}

/** Without words that hold neither letter nor digit. */
const saying = (text: string): string =>
  tidy(
    text
      .split(/\s+/u)
      .filter((word) => wordsOf(word).length > 0)
      .join(' '),
  );

/** Without dashes at its start, which would mean something else when read again, and with single spaces. */
function tidy(text: string): string {
  return text
    .replace(/^[-−–\s]+/u, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
