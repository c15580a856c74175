// Runs under Vitest: a drawn film through the command line: a keyframe in every shot, found by what it shows.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FilmedShot, makeFilm } from '../fixtures/film.ts';
import { runCommandLine } from '../support/command-line.ts';

const TIMEOUT_MS = 300_000;

interface Moment {
  readonly kind: string;
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly relevance: number;
}

let folder = '';
let film = '';
let shots: readonly FilmedShot[] = [];
let keyframesMs: number[] = [];
const library = (): string[] => ['--library', join(folder, 'library')];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-films-'));
  const films = join(folder, 'films');
  mkdirSync(films);
  film = join(films, 'drawn.mp4');
  ({ shots } = await makeFilm(film));
  const added = await runCommandLine(['add', films, ...library()]);
  expect(added.lines.at(-1)).toMatchObject({ event: 'done', added: 1, errors: 0 });
  const shown = (await runCommandLine(['show', film, ...library()])).lines[0];
  const moments = shown?.['moments'] as Moment[];
  keyframesMs = moments.flatMap((one) => (one.kind === 'keyframe' ? [one.startMs ?? -1] : []));
}, TIMEOUT_MS);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const inside = (shot: FilmedShot, timeMs: number): boolean => timeMs >= shot.fromMs && timeMs < shot.untilMs;

test('every shot of three seconds and more has one keyframe inside it, and none has two', () => {
  const counts = shots.map((shot) => ({
    object: shot.object,
    long: shot.lengthMs >= 3000,
    keyframes: keyframesMs.filter((timeMs) => inside(shot, timeMs)).length,
  }));
  expect(counts.filter(({ long, keyframes }) => (long ? keyframes !== 1 : keyframes > 1))).toEqual([]);
  // None is of a mixture of two shots, or of the black between them.
  expect(keyframesMs.filter((timeMs) => !shots.some((shot) => inside(shot, timeMs)))).toEqual([]);
});

test.each([
  ['airplane', 2],
  ['stop sign', 3],
  ['laptop', 4],
  ['umbrella', 5],
  ['blue clock', 7],
  ['orange', 8],
])('a search for %s returns the film, with startMs inside its shot', async (query, at) => {
  const answer = (await runCommandLine(['search', query, ...library()])).lines[0];
  const [result] = answer?.['results'] as { path: string; kind: string; moments: Moment[] }[];
  expect(result).toMatchObject({ path: film, kind: 'video' });
  const [best] = result?.moments ?? [];
  const shot = shots[at];
  expect(shot?.object).toContain(query.replace('blue ', ''));
  expect(shot !== undefined && inside(shot, best?.startMs ?? -1)).toBe(true);
  expect(best?.endMs).toBeGreaterThan(best?.startMs ?? Infinity);
});
