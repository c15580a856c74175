// Runs under Vitest: what a question's answer loses when a part of the ranking is left out, as a table in the docs.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SearchPart, SearchRequest } from '../../contract/index.ts';
import { ALIKE, conceptOf, withLibrary } from '../../hosts/bench/gap-library.ts';
import { createSearch } from '../../library/search/search.ts';
import { loadSpaceIndex } from '../../library/search/vectors/space-index.ts';
import { createConceptEncoder, createVectorEncoder } from '../support/fixture-encoder.ts';
import {
  createFixtureLibrary,
  type FixtureLibrary,
  noDecoding,
  silentLog,
  stillClock,
} from '../support/fixture-library.ts';

type PackKind = 'vectors' | 'concepts' | null;
/** A question that the part is there for, the file that should come first, and the kind of the active pack. */
const questions: readonly (readonly [part: SearchPart, query: string, first: string, pack: PackKind])[] = [
  ['meaning', 'forest', '5.jpg', 'vectors'],
  ['words', 'passport', 'passport.jpg', 'vectors'],
  ['phrases', '"red door"', 'red door.jpg', null],
  ['minus', 'garden -gate', 'garden wall.jpg', null],
  ['weights', '0.5:cat 4:"dog"', '9.jpg', 'vectors'],
  ['sums', 'market + lanterns - people', '10.jpg', 'vectors'],
  ['intent', 'video of lighthouse', 'lighthouse.mp4', null],
  ['prefix', 'harb', 'harbour.jpg', null],
  ['particles', '할머니에게', '할머니.jpg', null],
  ['spaces', '가족사진', '가족 사진.jpg', null],
  ['consonants', 'ㄱㅇㅇ', '고양이.jpg', null],
  ['slips', 'pasport', 'passport.jpg', null],
  ['same', '기차', 'train.jpg', 'concepts'],
];
const scenes = [
  ...['beach day', 'beach night', 'beach night people', 'city night', 'city day people', 'forest day'],
  ...['mountain', 'cat', 'cat sofa', 'dog'],
  // Busy pictures, in which nothing is sure by itself: the one with people shows market and lanterns a little more.
  ...['market night stalls rain lanterns smoke bicycles', 'market night people stalls rain lanterns'],
];
/** Newer ones stand first where nothing else tells them apart. */
const names = [
  ...['passport.jpg', 'red door.jpg', 'door red.jpg', 'garden wall.jpg', 'garden gate.jpg'],
  ...['lighthouse.mp4', 'lighthouse.jpg', 'harbour.jpg', '할머니.jpg', '가족 사진.jpg', '고양이.jpg'],
  'train.jpg',
];

const clip = createVectorEncoder(256);
let library: FixtureLibrary;
/** 1 / place of the file that should come first; 0 where it is no result. */
let place: (query: string, first: string, pack: PackKind, without: SearchPart[]) => Promise<number>;

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
  const named = await seeingNothing();
  const knowing = createSearch({ ...ports, active: () => named });
  const withPack = { vectors: seeing, concepts: knowing } as const;
  place = async (text, first, pack, without) => {
    const request = SearchRequest.parse({ text, without, all: pack === 'vectors' });
    const { results } = await (pack === null ? reading : withPack[pack]).find(request);
    const at = results.findIndex(({ name, relevance }) => name.normalize('NFC') === first && relevance > 0);
    return at < 0 ? 0 : 1 / (at + 1);
  };
});
afterAll(() => library.close());

/** A pack that knows a train by its words and has seen none. */
async function seeingNothing() {
  const encoder = createConceptEncoder({ concepts: ['train', 'cat'] });
  const vectors = library.database.vectors.open(encoder.space);
  return { encoder, vectors, index: await loadSpaceIndex(encoder.space, vectors, library.database.moments) };
}

/**
 * What likeness adds shows where ten of hundreds are alike: the share of the ten right pictures that are shown, over
 * twenty questions, in the space of `bench fusion`.
 */
async function shownOfTen(): Promise<{ readonly whole: number; readonly less: number }> {
  const work = mkdtempSync(join(tmpdir(), 'afterimage-parts-'));
  const signal = new AbortController().signal;
  try {
    return await withLibrary({ work, log: silentLog, signal }, 500, 20, async ({ held, find }) => {
      const share = async (without: SearchPart[]): Promise<number> => {
        let right = 0;
        for (let n = 0; n < 20; n++) {
          const text = conceptOf('picture', n);
          const { results } = await find(SearchRequest.parse({ text, without, limit: ALIKE }));
          const ids = new Set(results.map((result) => result.moments[0]?.momentId));
          right += held.filter(({ momentId, concept }) => concept === text && ids.has(momentId)).length;
        }
        return right / (20 * ALIKE);
      };
      return { whole: await share([]), less: await share(['likeness']) };
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

test('every part has a question', () => {
  const asked: SearchPart[] = [...questions.map(([part]) => part), 'likeness'];
  expect(asked.sort()).toEqual([...SearchPart.options].sort());
});

test('the table in docs/query-language.md tells what each part adds', async () => {
  const rows: string[] = [];
  for (const [part, query, first, pack] of questions) {
    const whole = await place(query, first, pack, []);
    const less = await place(query, first, pack, [part]);
    expect.soft({ part, whole, worse: less < whole }).toEqual({ part, whole: 1, worse: true });
    rows.push(`| ${part} | \`${query}\` | ${whole.toFixed(2)} | ${less.toFixed(2)} |`);
  }
  const likeness = await shownOfTen();
  expect(likeness.whole).toBeGreaterThan(0.9);
  expect(likeness.less).toBeLessThan(likeness.whole - 0.1);
  rows.push(
    `| likeness | ten pictures of one thing | ${likeness.whole.toFixed(2)} | ${likeness.less.toFixed(2)} |`,
  );
  const path = new URL('../../docs/query-language.md', import.meta.url);
  const text = readFileSync(path, 'utf8');
  const table = ['| part | question | with it | without it |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
  const made = text.replace(/\| part \| question \|.*\n(?:\|.*\n)*/, `${table}\n`);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, made);
  else expect(text).toBe(made);
});
