// Runs under Vitest: when main is told that an index is done.
import { expect, test } from 'vitest';
import type { Progress } from '../contract/index.ts';
import { noteLongIndexes } from './utility-notes.ts';

/** Phases, each with the second at which it is told. */
async function notesOf(told: readonly (readonly [number, Progress['phase']])[]): Promise<unknown[]> {
  const notes: unknown[] = [];
  let nowMs = 0;
  async function* progress(): AsyncGenerator<Progress> {
    for (const [second, phase] of told) {
      nowMs = second * 1_000;
      yield await Promise.resolve({ phase } as Progress);
    }
  }
  await noteLongIndexes({
    progress: progress(),
    items: () => Promise.resolve(12),
    nowMs: () => nowMs,
    post: (note) => notes.push(note),
  });
  return notes;
}

const note = { type: 'indexed', items: 12 };

test('a minute of work is told of, once', async () => {
  expect(
    await notesOf([
      [0, 'idle'],
      [10, 'discovering'],
      [15, 'reading'],
      [71, 'idle'],
      [200, 'idle'],
    ]),
  ).toEqual([note]);
});

test('short work is not, however often it comes, nor a long pause', async () => {
  const often = Array.from({ length: 20 }, (_, at) => [at * 30, at % 2 === 0 ? 'reading' : 'idle'] as const);
  expect(await notesOf(often)).toEqual([]);
  expect(
    await notesOf([
      [0, 'reading'],
      [10, 'paused'],
      [500, 'reading'],
      [510, 'idle'],
    ]),
  ).toEqual([]);
});
