// Runs in the engine: what a person typed as a plan, and a plan as text again. Pure.
import type { Filter, Plan } from '../../contract/index.ts';
import { wordsOf } from '../database/word-tokens.ts';
import { filterOf } from './filter-values.ts';
import { keyOf, sortOf } from './query-keys.ts';

/** One piece of a query: words up to a space, or what stands between quotes, with what is before it. */
interface Piece {
  readonly negative: boolean;
  /** Word before a colon; null where there is none. */
  readonly key: string | null;
  readonly value: string;
  readonly quoted: boolean;
}

/** Quotes of many keyboards; a minus as a word processor writes it. */
const quotes = /[“”„‟«»「」『』＂]/g;
const piece = /([-−–]*)(?:([^\s":-][^\s":]*):)?(?:"([^"]*)"|([^\s"]+))/gu;

/**
 * Reads a query. Nothing is an error: what is no filter is text, a quote without its partner is a space.
 *
 * `unknown` and `weak` stay empty: the active pack fills them (search/meaning).
 */
export function parse(query: string): Plan {
  const plan: Plan = {
    wants: [],
    phrases: [],
    excluded: [],
    filters: [],
    sort: 'relevance',
    unknown: [],
    weak: [],
  };
  const words: string[] = [];
  for (const one of piecesOf(query)) {
    if (one.key !== null && readFilter(plan, one)) continue;
    // A key that no filter knows is a word like others ("http://…", "note: milk").
    const text = one.key === null || one.quoted ? one.value : `${one.key}:${one.value}`;
    if (one.key !== null && one.quoted && !one.negative) words.push(`${one.key}:`);
    const said = tidy(text);
    if (wordsOf(said).length === 0) continue;
    if (one.negative) plan.excluded.push(said);
    else if (one.quoted) plan.phrases.push(said);
    else words.push(said);
  }
  const text = words.filter((word) => wordsOf(word).length > 0).join(' ');
  if (text !== '') plan.wants.push({ kind: 'text', text, weight: 1, negative: false });
  for (const excluded of plan.excluded)
    plan.wants.push({ kind: 'text', text: excluded, weight: 1, negative: true });
  return plan;
}

/** The query that a plan was read from, in a fixed order: words, phrases, minuses, filters, sorting. */
export function print(plan: Plan): string {
  return [
    ...plan.wants.filter((want) => want.kind === 'text' && !want.negative).map(textOf),
    ...plan.phrases.map((phrase) => `"${phrase}"`),
    ...plan.excluded.map((said) => (/^[^\s":]+$/.test(said) ? `-${said}` : `-"${said}"`)),
    ...plan.filters.map((filter) => filter.text),
    ...(plan.sort === 'relevance' ? [] : [`sort:${plan.sort}`]),
  ].join(' ');
}

function textOf(want: Plan['wants'][number]): string {
  return want.kind === 'text' ? want.text : '';
}

function* piecesOf(query: string): Generator<Piece> {
  let text = query.normalize('NFC').replace(quotes, '"').replaceAll('：', ':');
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

/** Whether the piece was a filter or a sorting; then the plan has it. */
function readFilter(plan: Plan, one: Piece): boolean {
  if (one.key === null) return false;
  const value = tidy(one.value);
  if (keyOf(one.key) === 'sort') {
    const sort = one.negative ? null : sortOf(value);
    if (sort !== null) plan.sort = sort;
    return sort !== null;
  }
  const written = `${one.negative ? '-' : ''}${one.key}:${one.quoted ? `"${value}"` : value}`;
  const filter: Filter | null = filterOf(one.key, value, written, one.negative);
  if (filter === null) return false;
  if (!plan.filters.some((known) => known.text === written)) plan.filters.push(filter);
  return true;
}

/** Without dashes at its start, which would mean something else when read again, and with single spaces. */
function tidy(text: string): string {
  return text
    .replace(/^[-−–\s]+/u, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
