// Runs under Vitest: a move of the library is killed at random moments; the library is whole at one place or the other, with every decision.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConnection } from '../../library/database/connection.ts';
import { openDatabase } from '../../library/database/database.ts';
import { locateLibrary } from '../../library/moving/places.ts';
import { numbersFrom } from '../fixtures/scenes.ts';
import { fillLibrary, openWhereItLies } from '../support/moved-library.ts';
import { writePicture } from '../support/picture-folder.ts';

const enduring = process.env['AFTERIMAGE_ENDURANCE'] === '1';
const KILLS = enduring ? 200 : 12;
const [FILES, FILE_BYTES, ROWS] = enduring ? [120, 400_000, 20_000] : [60, 200_000, 5_000];
const TIMEOUT_MS = 3_600_000;
if (!enduring) console.log(`Killing ${KILLS} moves; AFTERIMAGE_ENDURANCE=1 kills 200.`);

const moveProcess = fileURLToPath(new URL('../support/move-process.ts', import.meta.url));
const number = numbersFrom(Number(process.env['AFTERIMAGE_SEED'] ?? 92));
let base = '';
let asked = '';
let places: readonly string[] = [];
/** Searches that were saved and said, over all runs. */
let saved = 0;
let wholeMs = 0;
const ended = { before: 0, after: 0, through: 0 };

/**
 * Moves to the place that the library is not in.
 *
 * @param killAfterMs - when it is killed: after it is open, or after it has switched; null: it is let through
 */
async function move(
  killAfterMs: number | null,
  since: 'open' | 'switched' = 'open',
): Promise<{ came: boolean; ms: number }> {
  const from = locateLibrary(asked).folder;
  const to = places.find((one) => one !== from) ?? '';
  const child = spawn(process.execPath, [moveProcess, asked, to, String(saved)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = text(child.stdout);
  let timer: NodeJS.Timeout | undefined;
  const kill = (): void => void child.kill('SIGKILL');
  child.stdout.on('data', (lines: Buffer) => {
    if (killAfterMs !== null && timer === undefined && (since === 'open' || lines.includes(since)))
      timer = setTimeout(kill, killAfterMs);
  });
  await once(child.stdout, 'data');
  const startMs = performance.now();
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  clearTimeout(timer);
  const ms = performance.now() - startMs;
  const lines = (await said).split('\n');
  const last = lines.filter((line) => /^\d+$/.test(line)).at(-1);
  if (last !== undefined) saved = Number(last) + 1;
  expect(signal === 'SIGKILL' || code === 0, lines.at(-2)).toBe(true);
  return { came: lines.includes('moved'), ms };
}

async function checkWhole(): Promise<void> {
  const { folder } = locateLibrary(asked);
  for (const name of ['library.db', 'index.db']) {
    const connection = openConnection(join(folder, name));
    expect(connection.pragma('integrity_check', { simple: true }), `${folder}: ${name}`).toBe('ok');
    connection.close();
  }
  // By either name, the same one.
  for (const place of places.filter((one) => existsSync(one)))
    expect(locateLibrary(place).folder).toBe(folder);
  const { library, ask } = await openWhereItLies(asked);
  await library.settled;
  expect(library.folder).toBe(folder);
  const names = new Set((await ask.collections.list()).searches.map(({ name }) => name));
  expect(Array.from({ length: saved }, (_, n) => `Search ${n}`).filter((name) => !names.has(name))).toEqual(
    [],
  );
  // The one in flight when it was killed may be there, too.
  expect(names.size - saved).toBeLessThanOrEqual(1);
  saved = names.size;
  expect((await ask.search.find({ scope: { in: 'favourites' } })).results.map(({ name }) => name)).toEqual([
    'sky.jpg',
  ]);
  const found = (await ask.search.find({ text: 'blue' })).results;
  expect(found.map(({ name }) => name)).toEqual(['sky.jpg']);
  expect(existsSync((await library.media(found[0]!.itemId, 'preview')).path)).toBe(true);
  const filled = readdirSync(join(folder, 'previews'), { recursive: true, encoding: 'utf8' });
  expect(filled.filter((path) => path.includes('filled-'))).toHaveLength(FILES);
  await library.close();
}

beforeAll(async () => {
  base = realpathSync.native(mkdtempSync(join(tmpdir(), 'afterimage-library-move-')));
  places = [join(base, 'one'), join(base, 'two')];
  asked = places[0]!;
  fillLibrary(asked, FILES, FILE_BYTES);
  const pictures = join(base, 'pictures');
  await writePicture(join(pictures, 'sky.jpg'), 'blue');
  const { library, ask } = await openWhereItLies(asked);
  await ask.roots.add({ path: pictures });
  await library.index();
  const { itemId } = await ask.items.byPath({ path: join(pictures, 'sky.jpg') });
  await ask.decisions.mark({ itemIds: [itemId], favourite: true });
  await library.close();
  // Rows enough that copying the index takes a while; of files, so that nothing is searched in them.
  const database = openDatabase(asked);
  const away = join(base, 'away');
  mkdirSync(away);
  const { rootId } = database.roots.add(away, 0);
  rmSync(away, { recursive: true });
  database.transaction(() => {
    for (let n = 0; n < ROWS; n += 1)
      database.files.add(rootId, {
        path: `${'long/'.repeat(30)}${n}.jpg`,
        bytes: 1,
        modifiedMs: 0,
        identity: String(n),
      });
  });
  database.close();
  const { came, ms } = await move(null);
  expect(came).toBe(true);
  wholeMs = ms;
  await checkWhole();
}, TIMEOUT_MS);

afterAll(() => {
  console.log(
    `A move takes ${wholeMs.toFixed(0)} ms. Killed before the switch: ${ended.before}, after it: ${ended.after}, through already: ${ended.through}; ${saved} searches saved, none lost.`,
  );
  rmSync(base, { recursive: true, force: true });
});

test.each(Array.from({ length: KILLS }, (_, at) => ({ at: at + 1, share: number() })))(
  'kill $at of a move leaves one whole library with every decision, and the next move comes through or is killed in turn',
  async ({ at, share }) => {
    const from = locateLibrary(asked).folder;
    // Every third one when the old place is no longer used and not yet cleared.
    const { came } = at % 3 === 0 ? await move(share * 200, 'switched') : await move(share * wholeMs);
    const isThere = locateLibrary(asked).folder !== from;
    ended[came ? 'through' : isThere ? 'after' : 'before'] += 1;
    await checkWhole();
  },
  TIMEOUT_MS,
);

/** A disk of 2 MB in a world of mounts of its own, and a program in it. */
const onSmallDisk = ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=2m none "$0" && exec "$@"'];

test(
  'a disk that fills up amid copying is said, and the library stays as it was',
  async (context) => {
    const stick = join(base, 'stick');
    mkdirSync(stick);
    if (spawnSync('unshare', [...onSmallDisk, stick, 'true']).status !== 0) context.skip();
    const from = locateLibrary(asked).folder;
    const args = [stick, process.execPath, moveProcess, asked, join(stick, 'Afterimage'), String(saved)];
    const child = spawn('unshare', [...onSmallDisk, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [said, errors] = [text(child.stdout), text(child.stderr)];
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(await errors).toContain(`The disk of ${join(stick, 'Afterimage')} is full.`);
    const last = (await said)
      .split('\n')
      .filter((line) => /^\d+$/.test(line))
      .at(-1);
    if (last !== undefined) saved = Number(last) + 1;
    expect(locateLibrary(asked).folder).toBe(from);
    await checkWhole();
  },
  TIMEOUT_MS,
);

test(
  'after all of that a move comes through, and leaves nothing behind',
  async () => {
    const { came } = await move(null);
    expect(came).toBe(true);
    await checkWhole();
    const { folder } = locateLibrary(asked);
    const other = places.find((one) => one !== folder)!;
    expect(existsSync(other) ? readdirSync(other) : []).toEqual(['moved-to.json']);
    expect(readdirSync(folder)).not.toContain('moving.json');
  },
  TIMEOUT_MS,
);
