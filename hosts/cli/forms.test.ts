// Runs under Vitest: how the command line writes what it knows.
import { expect, test } from 'vitest';
import type { Progress } from '../../contract/index.ts';
import { parse } from '../../library/search/query/query-language.ts';
import { openerOf } from './browser.ts';
import { queryText } from './query-text.ts';
import { createOutput } from './output.ts';
import { bar, createProgressReport, fit, progressLine } from './progress.ts';
import { createSay } from './say.ts';
import { byteCount, columnsOf, duration, pairs, printable } from './text.ts';

const progress = (changes: Partial<Progress> = {}): Progress => ({
  ...{
    phase: 'encoding',
    done: 5,
    total: 20,
    within: 0,
    rate: 12.34,
    remainingMs: 65_000,
    errors: 0,
    filling: null,
    pausedFor: null,
  },
  ...changes,
});

test('flags become filters that the query language understands', () => {
  const text = queryText({
    args: ['black', 'cat'],
    options: {
      before: '2020',
      after: '2018',
      folder: ['my "holiday"', 'b'],
      camera: ['Canon'],
      rating: '>=4',
    },
  });
  const plan = parse(text, { today: { year: 2026, month: 10, day: 26 }, placeOf: () => null });
  expect(plan.wants).toMatchObject([{ kind: 'text', text: 'black cat' }]);
  expect(plan.filters.map((filter) => filter.field).toSorted()).toEqual(
    ['camera', 'date', 'date', 'folder', 'folder', 'rating'].toSorted(),
  );
  expect(plan.filters).toContainEqual(expect.objectContaining({ field: 'folder', folder: 'my holiday' }));
});

test('a name cannot command the terminal or disguise itself', () => {
  expect(printable('a\u001b[31mb\nc\u202egpj.exe')).toBe('a\\u001b[31mb\\nc\\u202egpj.exe');
  expect(printable('고양이 🐈 é')).toBe('고양이 🐈 é');
});

test('sizes and times are short', () => {
  expect([0, 999, 1_000, 1_536, 250_000, 5e9].map(byteCount)).toEqual([
    ...['0 B', '999 B', '1.0 kB', '1.5 kB', '250 kB', '5.0 GB'],
  ]);
  expect([0, 5, 65, 3_671].map(duration)).toEqual(['0:00', '0:05', '1:05', '1:01:11']);
});

test('values stand one under the other, also behind wide letters', () => {
  const [first = '', second = ''] = pairs([
    ['항목', '1'],
    ['Items', '2'],
  ]).split('\n');
  expect(columnsOf(first)).toBe(columnsOf(second));
});

test('the line of progress has bar, counts, rate and time left, and fits the terminal', () => {
  const line = progressLine(progress(), createSay('en'), true);
  expect(line).toBe(`${bar(5, 20)} 5 of 20 steps, 12.3 a second, 1:05 left`);
  expect(bar(5, 20)).toBe(`[${'█'.repeat(6)}${' '.repeat(18)}]`);
  expect(columnsOf(fit('가나다라마', 8))).toBeLessThan(8);
});

test('progress as JSON comes at most four times a second and holds three numbers', () => {
  let nowMs = 0;
  const lines: string[] = [];
  const output = createOutput(true, { write: (text) => lines.push(text) }, { write: () => undefined });
  const report = createProgressReport(output, createSay('en'), () => nowMs);
  for (; nowMs < 1_000; nowMs += 10) report.show(progress({ done: nowMs }));
  report.show(progress({ phase: 'idle' }));
  expect(lines).toHaveLength(4);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    event: 'progress',
    done: 0,
    total: 20,
    rate: 12.34,
  });
});

test('without a terminal there is a plain line now and then on stderr, and nothing on stdout', () => {
  let nowMs = 0;
  const lines: string[] = [];
  const output = createOutput(false, { write: () => expect.fail() }, { write: (text) => lines.push(text) });
  const report = createProgressReport(output, createSay('en'), () => nowMs);
  for (; nowMs < 25_000; nowMs += 100) report.show(progress());
  expect(lines).toEqual(Array(2).fill('5 of 20 steps, 12.3 a second, 1:05 left\n'));
});

test('on a terminal one line is written over and taken away', () => {
  let shown = '';
  const terminal = { write: (text: string) => (shown += text), isTTY: true };
  const output = createOutput(false, { write: (text) => (shown += text) }, terminal);
  output.transient('one');
  output.transient('two');
  output.line('done');
  expect(shown).toBe('one\r\u001b[2Ktwo\r\u001b[2Kdone\n');
});

test('a browser is opened by a program with arguments, never by a shell', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const [program, ...args] = openerOf(platform, 'http://127.0.0.1:1/?token=a&b');
    expect(program).not.toMatch(/cmd|sh$/);
    expect(args.at(-1)).toContain('token=a&b');
  }
});
