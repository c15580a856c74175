// Runs under Vitest: what a question's answer loses when a part of the ranking is left out, as a table in the docs.
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SearchPart, SearchRequest } from '../../contract/index.ts';
import { createSearch } from '../../library/search/search.ts';
import { loadSpaceIndex } from '../../library/search/vectors/space-index.ts';
import { createVectorEncoder } from '../support/fixture-encoder.ts';
import {
  createFixtureLibrary,
  type FixtureLibrary,
  noDecoding,
  silentLog,
  stillClock,
} from '../support/fixture-library.ts';

/** A question that the part is there for, and the file that should come first; without a pack where false. */
const questions: readonly (readonly [part: SearchPart, query: string, first: string, pack: boolean])[] = [
  ['meaning', 'forest', '5.jpg', true],
  ['words', 'passport', 'passport.jpg', true],
  ['phrases', '"red door"', 'red door.jpg', false],
  ['minus', 'garden -gate', 'garden wall.jpg', false],
  ['weights', '0.5:cat 4:"dog"', '9.jpg', true],
  ['sums', 'market + night - people', 'market after rain.jpg', true],
  ['intent', 'video of lighthouse', 'lighthouse.mp4', false],
  ['prefix', 'harb', 'harbour.jpg', false],
  ['particles', '할머니에게', '할머니.jpg', false],
  ['spaces', '가족사진', '가족 사진.jpg', false],
  ['consonants', 'ㄱㅇㅇ', '고양이.jpg', false],
  ['slips', 'pasport', 'passport.jpg', false],
  ['same', '기차', 'train.jpg', true],
];
const scenes = [
  ...['beach day', 'beach night', 'beach night people', 'city night', 'city day people', 'forest day'],
  ...['mountain', 'cat', 'cat sofa', 'dog'],
];
/** Newer ones stand first where nothing else tells them apart. */
const names = [
  ...['passport.jpg', 'red door.jpg', 'door red.jpg', 'garden wall.jpg', 'garden gate.jpg'],
  ...['lighthouse.mp4', 'lighthouse.jpg', 'harbour.jpg', '할머니.jpg', '가족 사진.jpg', '고양이.jpg'],
];

const clip = createVectorEncoder(256);
let library: FixtureLibrary;
/** 1 / place of the file that should come first; 0 where it is no result. */
let place: (query: string, first: string, pack: boolean, without: SearchPart[]) => Promise<number>;

beforeAll(async () => {
  library = createFixtureLibrary();
  const vectors = library.database.vectors.open(clip.space);
  for (const [i, scene] of scenes.entries())
    vectors.put(library.add({ path: `${i}.jpg`, modifiedMs: i }).momentId, clip.pictureOf(scene));
  for (const [i, path] of names.entries())
    library.add({ path, kind: path.endsWith('mp4') ? 'video' : 'picture', modifiedMs: 1000 + i });
  const index = await loadSpaceIndex(clip.space, vectors, library.database.moments);
  const ports = { database: library.database, clock: stillClock, log: silentLog, pool: noDecoding };
  const seeing = createSearch({ ...ports, active: () => ({ encoder: clip, vectors, index }) });
  const reading = createSearch({ ...ports, active: () => null });
  place = async (text, first, pack, without) => {
    const request = SearchRequest.parse({ text, without, all: pack });
    const { results } = await (pack ? seeing : reading).find(request);
    const at = results.findIndex(({ name, relevance }) => name.normalize('NFC') === first && relevance > 0);
    return at < 0 ? 0 : 1 / (at + 1);
  };
});
afterAll(() => library.close());

/**
 * What decides only where hundreds of moments are alike (`bench fusion` and docs/search.md tell what it adds), and
 * what only packs of concepts have (library/search/search.test.ts).
 */
const elsewhere: readonly SearchPart[] = ['likeness', 'same'];

test('every part has a question', () => {
  const asked = [...questions.map(([part]) => part), ...elsewhere];
  expect(asked.sort()).toEqual([...SearchPart.options].sort());
});

/** Scored part by part, this question has the same answer: a sum is another way to ask, and adds nothing here. */
const addsNothing: readonly SearchPart[] = ['sums'];

test('the table in docs/query-language.md tells what each part adds', async () => {
  const rows: string[] = [];
  for (const [part, query, first, pack] of questions) {
    const whole = await place(query, first, pack, []);
    const less = await place(query, first, pack, [part]);
    expect.soft({ part, whole, worse: less < whole }).toEqual({
      ...{ part, whole: 1, worse: !addsNothing.includes(part) },
    });
    rows.push(`| ${part} | \`${query}\` | ${whole.toFixed(2)} | ${less.toFixed(2)} |`);
  }
  const path = new URL('../../docs/query-language.md', import.meta.url);
  const text = readFileSync(path, 'utf8');
  const table = ['| part | question | with it | without it |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
  const made = text.replace(/\| part \| question \|.*\n(?:\|.*\n)*/, `${table}\n`);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, made);
  else expect(text).toBe(made);
});
