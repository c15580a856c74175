// Runs under Vitest: a long film is watched in little memory, goes on where a kill stopped it, and ends at once when told.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loopFilm } from '../../hosts/bench/films.ts';
import { watchResident } from '../../hosts/bench/resident.ts';
import { openConnection } from '../../library/database/connection.ts';
import { drawnShots, makeFilm } from '../fixtures/film.ts';
import { numbersFrom } from '../fixtures/scenes.ts';
import { runCommandLine, startCommand } from '../support/command-line.ts';

const enduring = process.env['AFTERIMAGE_ENDURANCE'] === '1';
const KILLS = Number(process.env['AFTERIMAGE_KILLS'] ?? 20);
const LENGTH_S = Number(process.env['AFTERIMAGE_FILM_SECONDS'] ?? 7_200);
const MOST_BYTES = 1.2e9;
const TIMEOUT_MS = 3_600_000;
if (!enduring)
  console.log('A film of 150 s, killed twice; AFTERIMAGE_ENDURANCE=1: two hours, killed 20 times.');

let folder = '';
let films = '';
let film = '';
let whole: number[] = [];
let wholeMs = 0;

beforeAll(async () => {
  if (!enduring) return;
  folder = mkdtempSync(join(tmpdir(), 'afterimage-long-film-'));
  films = join(folder, 'films');
  mkdirSync(films);
  film = join(films, 'long.mp4');
  const short = join(folder, 'short.mp4');
  await makeFilm(short, drawnShots, { keyEvery: 50 });
  await loopFilm(short, film, LENGTH_S);
}, TIMEOUT_MS);

afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

/** Times of the keyframes that are stored, and what SQLite says of the database. */
function stored(library: string): { keyframesMs: number[]; untilMs: number; integrity: string } {
  const path = join(library, 'index.db');
  if (!existsSync(path)) return { keyframesMs: [], untilMs: 0, integrity: 'ok' };
  const connection = openConnection(path);
  try {
    const integrity = connection.pragma('integrity_check', { simple: true }) as string;
    const column = (sql: string): number[] => {
      try {
        return connection.prepare<[], number>(sql).pluck().all();
      } catch {
        // Killed before it had made its tables.
        return [];
      }
    };
    return {
      integrity,
      keyframesMs: column(`SELECT start_ms FROM moment WHERE kind = 'keyframe' ORDER BY moment_id`),
      untilMs: column('SELECT until_ms FROM watched')[0] ?? 0,
    };
  } finally {
    connection.close();
  }
}

/** Processes that have the film open or named. */
function watchers(): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return /^\d+$/.test(pid) && line.includes(`file:${film}`) ? [line.slice(0, 80)] : [];
    } catch {
      return [];
    }
  });
}

describe.skipIf(!enduring)('a long film', () => {
  test(
    'is watched in little memory, the same at the end as in the middle',
    async () => {
      const library = join(folder, 'whole');
      const startMs = performance.now();
      const { child, ended } = startCommand(['add', films, '--library', library]);
      const stop = watchResident(child.pid ?? 0);
      const { lines } = await ended;
      const memory = await stop();
      wholeMs = performance.now() - startMs;
      expect(lines.at(-1)).toMatchObject({ event: 'done', added: 1, errors: 0 });
      whole = stored(library).keyframesMs;
      console.log(
        `${LENGTH_S} s of film, ${whole.length} keyframes, ${(wholeMs / 1000).toFixed(0)} s, resident by quarter MB ` +
          memory.quarterMaxBytes.map((bytes) => (bytes / 1e6).toFixed(0)).join(', '),
      );
      if (memory.maxBytes !== null) expect(memory.maxBytes).toBeLessThan(MOST_BYTES);
      expect(whole.length).toBeGreaterThan(LENGTH_S / 40);
      expect(whole.length).toBeLessThan(LENGTH_S / 2);
    },
    TIMEOUT_MS,
  );

  test(
    'ends within a second when it is interrupted, and leaves no process and no half file',
    async () => {
      const library = join(folder, 'cancelled');
      const { child, ended } = startCommand(['add', films, '--library', library]);
      await expect
        .poll(() => stored(library).keyframesMs.length, { timeout: 120_000, interval: 50 })
        .toBeGreaterThan(0);
      const startMs = performance.now();
      child.kill('SIGINT');
      const { code } = await ended;
      const tookMs = performance.now() - startMs;
      console.log(`cancelled in ${tookMs.toFixed(0)} ms`);
      expect(code).toBe(130);
      await expect.poll(watchers, { timeout: 1_000 }).toEqual([]);
      const left = readdirSync(library, { recursive: true }).map(String);
      expect(left.filter((name) => /\.part$|-journal$/.test(name))).toEqual([]);
      expect(tookMs).toBeLessThan(1_000);
    },
    TIMEOUT_MS,
  );

  test(
    `goes on where it was after each of ${KILLS} kills`,
    async () => {
      const library = join(folder, 'killed');
      const number = numbersFrom(Number(process.env['AFTERIMAGE_SEED'] ?? 7));
      let before = stored(library);
      for (let kill = 0; kill < KILLS; kill++) {
        const { child, ended } = startCommand(['add', films, '--library', library]);
        await new Promise((resolve) => setTimeout(resolve, 1_000 + number() * (wholeMs / KILLS) * 1.5));
        child.kill('SIGKILL');
        await ended;
        await expect.poll(watchers, { timeout: 5_000 }).toEqual([]);
        const now = stored(library);
        expect(now.integrity).toBe('ok');
        // Nothing that was stored is gone or was done again.
        expect(now.keyframesMs.slice(0, before.keyframesMs.length)).toEqual(before.keyframesMs);
        before = now;
      }
      const last = await runCommandLine(['add', films, '--library', library]);
      expect(last.lines.at(-1)).toMatchObject({ event: 'done', errors: 0 });
      const { keyframesMs } = stored(library);
      expect(keyframesMs).toEqual(keyframesMs.toSorted((a, b) => a - b));
      expect(new Set(keyframesMs).size).toBe(keyframesMs.length);
      // A shot that was being watched at a kill may have got its keyframe at another frame of it.
      expect(Math.abs(keyframesMs.length - whole.length)).toBeLessThanOrEqual(KILLS);
      console.log(`${keyframesMs.length} keyframes after ${KILLS} kills, ${whole.length} without`);
    },
    TIMEOUT_MS,
  );
});
