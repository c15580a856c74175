// Runs under Vitest: Korean and other words without spaces are found as they are typed.
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SearchRequest } from '../../contract/index.ts';
import { createSearch } from '../../library/search/search.ts';
import {
  createFixtureLibrary,
  type FixtureLibrary,
  silentLog,
  stillClock,
  noDecoding,
} from '../support/fixture-library.ts';
import { absent, cases } from './korean.ts';

let library: FixtureLibrary;
let find: (text: string) => Promise<string[]>;
beforeAll(() => {
  library = createFixtureLibrary();
  const texts = new Set([...cases, ...absent].map(([written]) => written));
  for (const text of texts) library.add({ path: `${text}.jpg` });
  const search = createSearch({
    ...{ database: library.database, clock: stillClock, log: silentLog, active: () => null },
    pool: noDecoding,
  });
  find = async (text) =>
    (await search.find(SearchRequest.parse({ text }))).results.map(({ name }) => name.normalize('NFC'));
});
afterAll(() => library.close());

test('there are at least 60 cases', () => {
  expect(cases.length).toBeGreaterThanOrEqual(60);
});

test.each(cases)('%s is found by %s: %s', async (written, typed) => {
  expect(await find(typed)).toContain(`${written}.jpg`);
});

test.each(absent)('%s is not found by %s: %s', async (written, typed) => {
  expect(await find(typed)).not.toContain(`${written}.jpg`);
});

test('the table in docs/query-language.md is made from these cases', () => {
  const path = new URL('../../docs/query-language.md', import.meta.url);
  const text = readFileSync(path, 'utf8');
  const rows = cases.map(([written, typed, what]) => `| ${written} | ${typed.normalize('NFC')} | ${what} |`);
  const table = ['| written | typed | what |', '| --- | --- | --- |', ...rows].join('\n');
  const made = text.replace(/\| written \| typed \| what \|\n(?:\|.*\n)*/, `${table}\n`);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, made);
  else expect(text).toBe(made);
});
