// Runs under Vitest: what a person decided is there after a move, after a new index, and after kills amid edits.
import { createRouterClient } from '@orpc/server';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { ItemId } from '../../contract/index.ts';
import { openDatabase } from '../../library/database/database.ts';
import { createDecisions } from '../../library/decisions.ts';
import { openLibrary } from '../../library/library.ts';
import { numbersFrom } from '../fixtures/scenes.ts';
import { decided, edit } from '../support/edit-stream.ts';
import { silentLog } from '../support/fixture-library.ts';
import { createFixturePacks } from '../support/fixture-packs.ts';
import { temporaryFolder, writePicture } from '../support/picture-folder.ts';

const enduring = process.env['AFTERIMAGE_ENDURANCE'] === '1';
const KILLS = enduring ? 50 : 3;
const ITEMS = 20;
const TIMEOUT_MS = 3_600_000;
if (!enduring) console.log(`Killing ${KILLS} times amid edits; AFTERIMAGE_ENDURANCE=1 does it 50 times.`);

test('favourites, stars, albums, tags and what is hidden outlive a moved folder and a deleted index.db', async () => {
  using ours = temporaryFolder();
  using theirs = temporaryFolder();
  const at = (name: string): string => join(theirs.path, name);
  for (const name of ['a', 'b', 'c']) await writePicture(at(`2019/${name}.jpg`), 'red', name);
  const packs = createFixturePacks();
  const clock = { nowMs: () => Date.now() };
  const open = async () => {
    const library = await openLibrary({
      ...{ folder: ours.path, holder: 'a test', packs, watch: false, log: silentLog, clock },
    });
    return { library, ask: createRouterClient(library.router) };
  };

  const first = await open();
  await first.ask.roots.add({ path: theirs.path });
  await first.library.index();
  const idOf = async (name: string): Promise<ItemId> =>
    (await first.ask.items.byPath({ path: at(`2019/${name}.jpg`) })).itemId;
  const [a, b, c] = await Promise.all(['a', 'b', 'c'].map(idOf));
  await first.ask.decisions.mark({ itemIds: [a!, b!], favourite: true });
  await first.ask.decisions.mark({ itemIds: [a!], rating: 4, addTags: ['Lisbon', '여행'] });
  await first.ask.decisions.mark({ itemIds: [c!], hidden: true });
  await first.ask.albums.create({ name: 'Summer', itemIds: [b!, a!] });
  await first.ask.searches.save({ name: 'Reds', text: 'red rating:>=4' });

  const told = async ({ ask }: Awaited<ReturnType<typeof open>>, folder: string) => {
    const { recent: _, ...collections } = await ask.collections.list();
    const names = async (scope: 'favourites' | 'hidden') =>
      (await ask.search.find({ scope: { in: scope } })).results.map(({ name }) => name).toSorted();
    const one = await ask.items.byPath({ path: at(`${folder}/a.jpg`) });
    return {
      counts: { ...collections, albums: collections.albums.map(({ name, items }) => ({ name, items })) },
      favourites: await names('favourites'),
      hidden: await names('hidden'),
      one: [one.favourite, one.rating, one.tags, one.albums.map(({ name }) => name)],
      smart: (await ask.search.find({ text: 'red rating:>=4' })).results.map(({ name }) => name),
    };
  };
  const before = await told(first, '2019');
  expect(before).toMatchObject({
    favourites: ['a.jpg', 'b.jpg'],
    hidden: ['c.jpg'],
    one: [true, 4, ['Lisbon', '여행'], ['Summer']],
    smart: ['a.jpg'],
  });

  mkdirSync(at('archive'));
  renameSync(at('2019'), at('archive/2019'));
  expect(await first.library.index()).toMatchObject({ moved: 3, added: 0 });
  expect(await told(first, 'archive/2019')).toEqual(before);
  await first.library.close();

  for (const name of ['index.db', 'index.db-wal', 'index.db-shm', 'previews'])
    rmSync(join(ours.path, name), { recursive: true, force: true });
  const second = await open();
  expect(await second.library.index()).toMatchObject({ added: 3, errors: 0 });
  expect(await told(second, 'archive/2019')).toEqual(before);

  // The same from within: the index made anew while the library is open.
  await second.ask.upkeep.rebuild();
  await second.library.index();
  expect(await told(second, 'archive/2019')).toEqual(before);
  await second.library.close();
});

/** A library of items that are only rows: edits need no more. */
function makeLibrary(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const database = openDatabase(folder);
  for (let at = 0; at < ITEMS; at += 1)
    database.items.add({
      ...{ kind: 'picture', mediaType: 'image/jpeg', bytes: 1, sortMs: at },
      hash: at.toString(16).padStart(64, '0'),
    });
  database.close();
}

const number = numbersFrom(Number(process.env['AFTERIMAGE_SEED'] ?? 9));
const editProcess = fileURLToPath(new URL('../support/edit-process.ts', import.meta.url));

test.each(Array.from({ length: KILLS }, (_, at) => ({ at: at + 1, share: number() })))(
  'kill $at amid edits loses none that was done and leaves none half done',
  async ({ at, share }) => {
    using folder = temporaryFolder();
    const base = join(folder.path, 'base');
    makeLibrary(base);
    const [killedFolder, expectedFolder] = ['killed', 'expected'].map((name) => join(folder.path, name));
    for (const copy of [killedFolder!, expectedFolder!]) cpSync(base, copy, { recursive: true });

    const child = spawn(process.execPath, [editProcess, killedFolder!], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said = text(child.stdout);
    await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, share * 900));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const done = (await said).trim().split('\n').length;

    const killed = openDatabase(killedFolder!);
    expect(killed.index.pragma('library.integrity_check', { simple: true })).toBe('ok');
    expect(killed.index.pragma('library.foreign_key_check')).toEqual([]);
    const found = decided(killed);
    killed.close();

    // The edit in flight is there whole, or not at all.
    const expected = openDatabase(expectedFolder!);
    const decisions = createDecisions({ database: expected, nowMs: () => 0, onChange: () => undefined });
    const itemIds = expected.items.newest(1_000, 0);
    for (let one = 0; one < done; one += 1) edit(decisions, itemIds, one);
    const states = [decided(expected)];
    edit(decisions, itemIds, done);
    states.push(decided(expected));
    expected.close();
    expect(states, `kill ${String(at)} after ${String(done)} edits`).toContainEqual(found);
    if (enduring)
      console.log(`kill ${String(at)}: ${String(done)} edits done, ${String(found.length)} rows, whole`);
  },
  TIMEOUT_MS,
);
