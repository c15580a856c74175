// Runs under Vitest: `add` is killed at random moments; what it leaves must be whole and the next run must finish it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallPictures, writePictures } from '../../hosts/bench/pictures.ts';
import { openConnection } from '../../library/database/connection.ts';
import { openDatabase } from '../../library/database/database.ts';
import { numbersFrom } from '../fixtures/scenes.ts';
import { runCommandLine, startCommand } from '../support/command-line.ts';

const enduring = process.env['AFTERIMAGE_ENDURANCE'] === '1';
const KILLS = enduring ? 50 : 4;
const PICTURES = 12;
const TIMEOUT_MS = 3_600_000;
if (!enduring) console.log(`Killing ${KILLS} times; AFTERIMAGE_ENDURANCE=1 does it 50 times.`);

let folder = '';
let pictures = '';
let wholeMs = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-kill-'));
  pictures = join(folder, 'pictures');
  await writePictures(smallPictures(), PICTURES, pictures);
  const startMs = performance.now();
  const whole = await runCommandLine(['add', pictures, '--library', join(folder, 'whole')]);
  wholeMs = performance.now() - startMs;
  expect(whole.lines.at(-1)).toMatchObject({ event: 'done', added: PICTURES, errors: 0 });
}, TIMEOUT_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const number = numbersFrom(Number(process.env['AFTERIMAGE_SEED'] ?? 20));

test.each(Array.from({ length: KILLS }, (_, at) => ({ at: at + 1, share: number() })))(
  'kill $at of the suite leaves a library that is whole and can be finished',
  async ({ at, share }) => {
    const library = join(folder, `library-${at}`);
    const { child, ended } = startCommand(['add', pictures, '--library', library]);
    await new Promise((resolve) => setTimeout(resolve, share * wholeMs));
    child.kill('SIGKILL');
    const killed = await ended;
    // On a quick day it was through already; then there was nothing to kill, and the rest must hold all the same.
    expect(killed.signal === 'SIGKILL' || killed.code === 0).toBe(true);
    expect(integrityOf(library)).toEqual(['ok', 'ok']);

    const next = await runCommandLine(['add', pictures, '--library', library]);
    expect([next.code, next.errors]).toEqual([0, expect.stringContaining(pictures)]);
    expect(next.lines.at(-1)).toMatchObject({ event: 'done', errors: 0 });
    expect(integrityOf(library)).toEqual(['ok', 'ok']);
    expect(countsOf(library)).toEqual({
      ...{ files: PICTURES, items: PICTURES, moments: PICTURES, hashes: PICTURES, previews: PICTURES },
      ...{ embeddings: [PICTURES], waiting: 0, failed: 0 },
    });
    rmSync(library, { recursive: true });
  },
  TIMEOUT_MS,
);

/** What SQLite says of the two databases; one that was not made yet is whole. */
function integrityOf(library: string): string[] {
  return ['index.db', 'library.db'].map((name) => {
    try {
      const connection = openConnection(join(library, name));
      const said = connection.pragma('integrity_check', { simple: true }) as string;
      connection.close();
      return said;
    } catch (error) {
      // Killed before it had made its folder.
      return (error as { message: string }).message.includes('directory does not exist')
        ? 'ok'
        : String(error);
    }
  });
}

function countsOf(library: string) {
  const database = openDatabase(library);
  try {
    const all = database.items.many(database.items.newest(PICTURES * 3, 0));
    return {
      files: database.files.count(),
      items: database.items.count(),
      moments: database.moments.count(),
      hashes: new Set(all.map((item) => item.hash)).size,
      previews: all.filter((item) => item.hasPreview === 1).length,
      embeddings: database.vectors
        .spaces()
        .map(({ key }) =>
          database.vectors.open({ key, packId: 'any' as never, dimensions: 1, concepts: [] }).count(),
        ),
      waiting: database.steps.waiting(),
      failed: database.steps.failedCount(),
    };
  } finally {
    database.close();
  }
}
