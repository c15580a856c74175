// Runs under Vitest: `eval`, `bench ingest` and `bench search` as a person calls them, on very little.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { render } from '../fixtures/render.ts';
import { drawCloth, drawScene } from '../fixtures/scenes.ts';
import { runCommandLine } from '../support/command-line.ts';

const TIMEOUT_MS = 300_000;
let folder = '';
let library: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-eval-'));
  library = ['--library', join(folder, 'library')];
  const pictures = join(folder, 'pictures');
  mkdirSync(pictures);
  writeFileSync(join(pictures, 'a.jpg'), await render(drawScene('clock', 'red wall'), { edge: 600 }));
  writeFileSync(join(pictures, 'b.jpg'), await render(drawCloth(126, 62), { edge: 600 }));
  await runCommandLine(['add', pictures, ...library]);
}, TIMEOUT_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = (lines: readonly object[]): string => {
  const file = join(folder, 'questions.jsonl');
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  return file;
};

test('an eval file gives a row a question and the means', async () => {
  const file = written([
    { query: 'clock', relevant: ['a.jpg'] },
    { query: '초록색', relevant: ['pictures/b.jpg'] },
    { image: 'pictures/b.jpg', relevant: ['b.jpg'] },
    { query: 'purple submarine', relevant: [] },
    // What the file claims is wrong here, and the numbers must say so.
    { query: 'red', relevant: ['b.jpg'] },
  ]);
  const { code, lines } = await runCommandLine(['eval', file, ...library]);
  expect(code).toBe(0);
  expect(lines).toHaveLength(6);
  expect(lines[0]).toMatchObject({
    event: 'question',
    query: 'clock',
    mrr: 1,
    relevant: [join(folder, 'pictures', 'a.jpg')],
  });
  expect(lines[4]).toMatchObject({ query: 'red', shown: [join(folder, 'pictures', 'a.jpg')] });
  expect(lines.at(-1)).toMatchObject({
    ...{ event: 'done', questions: 5, recallAt1: 0.75, nothingWhenNothing: 1, nothingRight: 1 },
    ...{ somethingWhenSomething: 1, shownRecall: 0.75 },
  });
});

test('a path that the library does not hold is named with its line', async () => {
  const file = written([
    { query: 'clock', relevant: ['a.jpg'] },
    { query: 'dog', relevant: ['dog.jpg'] },
  ]);
  const { code, errors } = await runCommandLine(['eval', file, ...library]);
  expect(code).toBe(1);
  expect(errors).toMatch(/Line 2.*dog\.jpg/);
});

test('questions in the form of M-BEIR are put to a library of their candidates', async () => {
  const file = written([
    { qid: '1:1', query_txt: 'clock', query_img_path: null, pos_cand_list: ['1:a'] },
    { qid: '1:2', query_txt: 'harbour', query_img_path: '', pos_cand_list: ['1:t'] },
  ]);
  const pool = join(folder, 'pool.jsonl');
  const candidates = [
    { did: '1:a', txt: null, img_path: 'pictures/a.jpg', modality: 'image' },
    { did: '1:t', txt: 'the harbour at dawn', img_path: null, modality: 'text' },
  ];
  writeFileSync(pool, candidates.map((line) => JSON.stringify(line)).join('\n'));
  const { code, lines } = await runCommandLine(['eval', file, '--candidates', pool, '--parts', ...library]);
  expect(code).toBe(0);
  expect(lines[0]).toMatchObject({ form: 'text to picture', without: null, metrics: { mrr: 1 } });
  expect(lines.find((line) => line['form'] === 'text to text' && line['without'] === 'words')).toMatchObject({
    metrics: { shownRecall: 0 },
  });
  expect(lines.at(-1)).toEqual({ event: 'done', questions: 2, candidates: 2 });
  expect((await runCommandLine(['eval', file, ...library])).code).toBe(2);
});

test('a bench that is not there is wrong use', async () => {
  expect((await runCommandLine(['bench', 'nothing'])).code).toBe(2);
  expect((await runCommandLine(['bench', 'search', '--items', 'many'])).code).toBe(2);
});

test(
  'bench ingest tells what decoding, encoding and adding take, and memory',
  async () => {
    const args = [
      'bench',
      'ingest',
      '--small',
      '--pictures',
      '4',
      '--alone',
      '3',
      '--work',
      join(folder, 'bench'),
    ];
    const { code, lines, errors } = await runCommandLine(args);
    expect([code, errors]).toEqual([0, expect.any(String)]);
    const result = lines.at(-1) as Record<string, { wallMs: number }>;
    expect(result).toMatchObject({ pictures: 4, added: 4, errors: 0, pack: 'built-in' });
    for (const name of ['decode', 'decodeAndPreview', 'encode', 'add'])
      expect(result[name]?.wallMs).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);

test(
  'bench search tells latencies idle and while indexing, beside a plain form',
  async () => {
    const args = ['bench', 'search', '--items', '200', '--tries', '3', '--work', join(folder, 'bench')];
    const { code, lines } = await runCommandLine(args);
    expect(code).toBe(0);
    expect(lines.map((line) => line['sort'])).toContain('text and filters');
    for (const line of lines)
      expect(line).toMatchObject({ pack: 'built-in', idle: { tries: 3 }, indexing: { tries: 3 } });
  },
  TIMEOUT_MS,
);
