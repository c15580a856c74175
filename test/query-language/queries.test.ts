// Runs under Vitest: written queries mean what people mean, and the table of them in the docs is current.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Filter, Plan } from '../../contract/index.ts';
import { parse, print } from '../../library/search/query/query-language.ts';
import type { Place, Reading } from '../../library/search/query/read-filter.ts';
import { queries, today } from './queries.ts';

const paris: Place = { name: 'Paris', latitude: 48.85, longitude: 2.35, kilometres: 30 };
const places: Readonly<Record<string, Place>> = {
  ...{ paris, 파리: paris, 'new york': { ...paris, name: 'New York City' } },
};
const reading: Reading = { today, placeOf: (name) => places[name] ?? null };

const day = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString().slice(0, 10));
const yes = (present: boolean): string => (present ? 'yes' : 'no');

function shortFilter(filter: Filter): string {
  switch (filter.field) {
    case 'kind':
      return `kind ${filter.kinds.join(',')}`;
    case 'date':
      return `date ${day(filter.fromMs)}..${day(filter.untilMs)}`;
    case 'rating':
      return `rating ${filter.minimum}..${filter.maximum}`;
    case 'duration':
      return `duration ${filter.minimumMs ?? ''}..${filter.maximumMs ?? ''}`;
    case 'near':
      return `near ${filter.place}`;
    case 'folder':
      return `folder ${filter.folder}`;
    case 'camera':
      return `camera ${filter.camera}`;
    case 'lens':
      return `lens ${filter.lens}`;
    case 'tag':
      return `tag ${filter.present ? '' : 'not '}${filter.tag}`;
    case 'album':
      return `album ${filter.present ? '' : 'not '}${filter.album}`;
    default:
      return `${filter.field} ${yes(filter.present)}`;
  }
}

function short(plan: Plan): string {
  const wants = plan.wants.flatMap((want) =>
    want.kind === 'text'
      ? [`${want.negative ? '−' : ''}${want.weight === 1 ? '' : `${want.weight}×`}${want.text}`]
      : [],
  );
  const [plus, minus] = plan.arithmetic
    ? [wants, []]
    : [wants.filter((one) => !one.startsWith('−')), wants.filter((one) => one.startsWith('−'))];
  return [
    ...(plan.arithmetic ? ['Σ'] : []),
    ...plus,
    ...plan.phrases.map((phrase) => `"${phrase}"`),
    ...minus,
    ...(plan.intent === null
      ? []
      : [`<${plan.intent.kinds.join(',')}${plan.intent.spoken ? ' spoken' : ''}>`]),
    ...plan.filters.map((filter) => `[${shortFilter(filter)}]`),
    ...(plan.sort === 'relevance' ? [] : [`↓${plan.sort}`]),
  ].join(' ');
}

test('there are at least 150 written queries', () => {
  expect(queries.length).toBeGreaterThanOrEqual(150);
});

test.each(queries)('%s', (query, plan) => {
  const understood = parse(query, reading);
  expect(short(understood)).toBe(plan);
  expect(parse(print(understood), reading)).toEqual(understood);
});

test('the table in docs/query-language.md is made from these queries', () => {
  const path = new URL('../../docs/query-language.md', import.meta.url);
  const text = readFileSync(path, 'utf8');
  const cell = (value: string): string => `\`${value.replaceAll('|', '\\|')}\``;
  const rows = queries.map(([query, plan]) => `| ${cell(query)} | ${cell(plan)} |`);
  const table = ['| query | plan |', '| --- | --- |', ...rows].join('\n');
  const made = text.replace(/\| query \| plan \|[^]*$/, `${table}\n`);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, made);
  else expect(text).toBe(made);
});
