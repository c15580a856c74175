// Tests of moving a library: real databases, files and folders; what was there is found again, and a move that ends early leaves all as it was.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { MoveState } from '../../contract/index.ts';
import { fillLibrary, openWhereItLies, type Opened, untilMoved } from '../../test/support/moved-library.ts';
import { writePicture } from '../../test/support/picture-folder.ts';
import { temporaryFolder } from '../../test/support/temporary-library.ts';
import { openConnection } from '../database/connection.ts';
import { takeLock } from '../database/lock.ts';
import { locateLibrary, shortenWay } from './places.ts';

let base: string;
let old: string;
let place: string;
let theirs: string;

beforeEach(() => {
  base = temporaryFolder();
  [old, place, theirs] = [join(base, 'library'), join(base, 'disk', 'Afterimage'), join(base, 'pictures')];
  mkdirSync(theirs);
});

/** Every file of the copied folders by its path, with its content's hash. */
function contentsOf(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of ['previews', 'packs', 'vectors'])
    for (const entry of readdirSync(join(folder, name), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) {
        const path = join(entry.parentPath, entry.name);
        found[path.slice(folder.length)] = createHash('sha256').update(readFileSync(path)).digest('hex');
      }
  return found;
}

const isSound = (path: string): boolean => {
  const connection = openConnection(path);
  const said = connection.pragma('integrity_check', { simple: true });
  connection.close();
  return said === 'ok';
};

async function open(...options: Parameters<typeof openWhereItLies>): Promise<Opened> {
  const opened = await openWhereItLies(...options);
  onTestFinished(() => opened.library.close());
  return opened;
}

/** A library with three pictures, decisions on them, and some files more. */
async function filled(options: Parameters<typeof openWhereItLies>[1] = {}): Promise<Opened> {
  for (const [name, colour] of [
    ['sky', 'blue'],
    ['rose', 'red'],
    ['leaf', 'green'],
  ] as const)
    await writePicture(join(theirs, `${name}.jpg`), colour);
  fillLibrary(old, 40, 200_000);
  const opened = await open(old, options);
  await opened.ask.roots.add({ path: theirs });
  await opened.library.index();
  const { itemId } = await opened.ask.items.byPath({ path: join(theirs, 'rose.jpg') });
  await opened.ask.decisions.mark({ itemIds: [itemId], favourite: true, rating: 4, addTags: ['여행'] });
  await opened.ask.albums.create({ name: 'Summer', itemIds: [itemId] });
  return opened;
}

const favourites = async ({ ask }: Opened): Promise<string[]> =>
  (await ask.search.find({ scope: { in: 'favourites' } })).results.map(({ name }) => name);

it('finds everything again at the new place, by the old folder and by the new one, and leaves nothing but the way', async () => {
  const first = await filled();
  const before = contentsOf(old);
  const { items, moments } = await first.ask.status();
  const plan = await first.ask.moving.plan({ to: place });
  expect(plan).toMatchObject({ from: old, to: place });
  expect(plan.bytes).toBeGreaterThan(40 * 200_000);
  const seen: MoveState[] = [];
  await first.ask.moving.start({ to: place });
  const state = await untilMoved(first, (one) => seen.push(one));
  expect(state).toMatchObject({ state: 'moved', from: old, to: place, failure: null });
  expect(state.doneBytes).toBe(state.totalBytes);
  expect(seen[0]).toMatchObject({ state: 'running' });
  await first.library.close();

  for (const asked of [old, place]) {
    const second = await open(asked);
    expect(second.library.folder).toBe(place);
    await second.library.settled;
    expect(await second.ask.status()).toMatchObject({ library: place, items, moments, queue: 0 });
    const found = await second.ask.search.find({ text: 'blue' });
    expect(found.results.map(({ name, hasPreview }) => [name, hasPreview])).toEqual([['sky.jpg', true]]);
    const { path } = await second.library.media(found.results[0]!.itemId, 'preview');
    expect(path.startsWith(place) && existsSync(path)).toBe(true);
    expect(await favourites(second)).toEqual(['rose.jpg']);
    const { albums } = await second.ask.collections.list();
    expect(albums.map(({ name, items }) => [name, items])).toEqual([['Summer', 1]]);
    // Nothing is encoded or read again.
    expect(await second.library.index()).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
    await second.library.close();
  }
  expect(contentsOf(place)).toMatchObject(before);
  expect(readFileSync(join(place, 'logs', 'afterimage.log.1'), 'utf8')).toBe('a line\n');
  expect(readdirSync(old)).toEqual(['moved-to.json']);
  expect(readdirSync(place)).not.toContain('moving.json');
});

it('keeps every decision that is made while it copies, and refuses what would change what is copied', async () => {
  const first = await filled();
  await first.ask.moving.start({ to: place });
  await expect(first.ask.roots.add({ path: base })).rejects.toMatchObject({
    data: { code: 'LIBRARY_MOVING' },
  });
  await expect(first.ask.moving.start({ to: join(base, 'other') })).rejects.toMatchObject({
    data: { code: 'LIBRARY_MOVING' },
  });
  await expect(openWhereItLies(old)).rejects.toMatchObject({ code: 'LIBRARY_IN_USE' });
  let saved = 0;
  const ended = untilMoved(first);
  const over = { yet: false };
  void ended.then(() => (over.yet = true));
  // Also after the switch: then it is said, and not lost in silence.
  while (!over.yet) {
    await first.ask.searches.save({ name: `Search ${saved}`, text: 'cat' }).then(
      () => (saved += 1),
      () => undefined,
    );
    await setImmediate();
  }
  expect((await ended).state).toBe('moved');
  await expect(first.ask.searches.save({ name: 'late', text: 'dog' })).rejects.toMatchObject({
    data: { code: 'LIBRARY_MOVING' },
  });
  expect((await first.ask.search.find({ text: 'blue' })).total).toBe(1);
  await first.library.close();
  const second = await open(old);
  const names = (await second.ask.collections.list()).searches.map(({ name }) => name);
  expect(saved).toBeGreaterThan(0);
  expect(names.toSorted()).toEqual(Array.from({ length: saved }, (_, n) => `Search ${n}`).toSorted());
});

it('goes on where it was after it is stopped amid copying, with nothing left at the other place', async () => {
  const first = await filled();
  await first.ask.moving.start({ to: place });
  const ended = untilMoved(first);
  await first.ask.moving.stop();
  expect(await ended).toMatchObject({ state: 'stopped', failure: null });
  expect(existsSync(place)).toBe(false);
  expect(locateLibrary(old).folder).toBe(old);
  await writePicture(join(theirs, 'late.jpg'), 'yellow');
  expect(await first.library.index()).toMatchObject({ added: 1 });
  expect(await favourites(first)).toEqual(['rose.jpg']);
  // And another try comes through.
  await first.ask.moving.start({ to: place });
  expect((await untilMoved(first)).state).toBe('moved');
});

it('lets a place alone to which another library is on its way', async () => {
  const first = await filled();
  // As it is while another process copies there.
  mkdirSync(join(place, 'previews', '00'), { recursive: true });
  writeFileSync(join(place, 'previews', '00', 'theirs.webp'), 'theirs');
  const marker = { id: 'theirs', from: join(base, 'elsewhere'), state: 'copying', keep: false, made: true };
  writeFileSync(
    join(place, 'moving.json'),
    JSON.stringify({ ...marker, before: null, bytes: 0, seconds: 0 }),
  );
  const lock = takeLock(place, 'a move of the library');
  await first.ask.moving.start({ to: place });
  expect(await untilMoved(first)).toMatchObject({ state: 'failed', failure: { code: 'LIBRARY_IN_USE' } });
  expect(readFileSync(join(place, 'previews', '00', 'theirs.webp'), 'utf8')).toBe('theirs');
  expect(existsSync(join(place, 'moving.json'))).toBe(true);
  lock.release();
  // Left off by now, it gives way.
  await first.ask.moving.start({ to: place });
  expect((await untilMoved(first)).state).toBe('moved');
  expect(existsSync(join(place, 'previews', '00', 'theirs.webp'))).toBe(false);
});

it('comes back to a place that it has left, and forth again', async () => {
  await (await filled()).library.close();
  for (const to of [place, old, place]) {
    const { library, ask } = await openWhereItLies(old);
    await library.settled;
    await ask.moving.start({ to });
    expect((await untilMoved({ ask })).state).toBe('moved');
    await library.close();
    const there = await openWhereItLies(old);
    await there.library.settled;
    expect(there.library.folder).toBe(to);
    expect(await favourites(there)).toEqual(['rose.jpg']);
    await there.library.close();
    expect(locateLibrary(place).folder).toBe(to);
  }
});

it('a move back that is stopped leaves the way that was there', async () => {
  const first = await filled();
  await first.ask.moving.start({ to: place });
  await untilMoved(first);
  await first.library.close();
  const second = await open(old);
  await second.library.settled;
  await second.ask.moving.start({ to: old });
  const ended = untilMoved(second);
  await second.ask.moving.stop();
  expect((await ended).state).toBe('stopped');
  expect(readdirSync(old)).toEqual(['moved-to.json']);
  expect(locateLibrary(old).folder).toBe(place);
});

it('shares settled files on one disk and copies the rest', async () => {
  const first = await filled({ moving: {} });
  const plan = await first.ask.moving.plan({ to: place });
  expect(plan.neededBytes - 64 * 1024 * 1024).toBeLessThan(plan.bytes - 40 * 200_000);
  const before = contentsOf(old);
  await first.ask.moving.start({ to: place, keep: true });
  expect((await untilMoved(first)).state).toBe('moved');
  await first.library.close();
  const second = await open(old);
  await second.library.settled;
  expect(contentsOf(place)).toMatchObject(before);
  // Kept: all of it is there still, and yet the new one is used.
  expect(contentsOf(old)).toMatchObject(before);
  expect(isSound(join(old, 'library.db'))).toBe(true);
  expect(second.library.folder).toBe(place);
  expect(existsSync(join(place, 'moving.json'))).toBe(false);
});

it('refuses places that cannot be', async () => {
  const first = await filled({ moving: { freeBytes: () => Promise.resolve(1_000_000) } });
  mkdirSync(join(base, 'full'));
  writeFileSync(join(base, 'full', 'letter.txt'), 'Dear Anna');
  writeFileSync(join(base, 'file'), '');
  const codeAt = async (to: string, inside = false): Promise<unknown> =>
    first.ask.moving.plan({ to, inside }).then(
      (plan) => plan.to,
      (error: unknown) => (error as { data: { code: string } }).data.code,
    );
  expect(await codeAt('library')).toBe('INPUT_INVALID');
  expect(await codeAt(old)).toBe('FOLDER_IN_LIBRARY');
  expect(await codeAt(join(old, 'previews', 'x'))).toBe('FOLDER_IN_LIBRARY');
  expect(await codeAt(join(theirs, 'library'))).toBe('FOLDER_WATCHED');
  expect(await codeAt(join(base, 'full'))).toBe('FOLDER_NOT_EMPTY');
  expect(await codeAt(join(base, 'full'), true)).toBe(join(base, 'full', 'Afterimage'));
  expect(await codeAt(join(base, 'file'))).toBe('FOLDER_NOT_A_FOLDER');
  expect(await codeAt(join(base, 'not', 'yet', 'there'))).toBe(join(base, 'not', 'yet', 'there'));
  await expect(first.ask.moving.start({ to: place })).rejects.toMatchObject({
    data: {
      code: 'DISK_FULL',
      reason: expect.stringMatching(/room for 1\.0 MB more.*are missing\.$/) as string,
    },
  });
  // A root that is away lies there all the same.
  const gone = join(base, 'stick', 'pictures');
  mkdirSync(gone, { recursive: true });
  await first.ask.roots.add({ path: gone });
  rmSync(join(base, 'stick'), { recursive: true });
  expect(await codeAt(join(base, 'stick'))).toBe('FOLDER_WATCHED');
  expect(existsSync(place)).toBe(false);
  expect(readdirSync(join(base, 'full'))).toEqual(['letter.txt']);
});

it('a library that is not there now is said to be away, and no empty one is made in its stead', async () => {
  const first = await filled();
  await first.ask.moving.start({ to: place });
  await untilMoved(first);
  await first.library.close();
  await (
    await open(old)
  ).library.settled;
  renameSync(join(base, 'disk'), join(base, 'unplugged'));
  expect(() => locateLibrary(old)).toThrow(
    expect.objectContaining({ code: 'LIBRARY_AWAY', message: expect.stringContaining(place) as string }),
  );
  // A folder for mounting that holds nothing is not the disk.
  mkdirSync(place, { recursive: true });
  expect(() => locateLibrary(old)).toThrow(expect.objectContaining({ code: 'LIBRARY_AWAY' }));
  expect(readdirSync(old)).toEqual(['moved-to.json']);
  rmSync(join(base, 'disk'), { recursive: true });
  renameSync(join(base, 'unplugged'), join(base, 'disk'));
  expect(locateLibrary(old).folder).toBe(place);
});

it('a way that turns back, or cannot be read, is said and not followed for ever', () => {
  for (const [folder, to] of [
    [old, place],
    [place, old],
  ] as const) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'moved-to.json'), JSON.stringify({ to, id: folder }));
  }
  expect(() => locateLibrary(old)).toThrow(expect.objectContaining({ code: 'LIBRARY_AWAY' }));
  writeFileSync(join(old, 'moved-to.json'), '{ "to": ');
  expect(() => locateLibrary(old)).toThrow(expect.objectContaining({ code: 'LIBRARY_AWAY' }));
});

it('a copy that was whole when the power went, but not yet counted, leads back and is replaced by the next try', async () => {
  const first = await filled();
  await first.ask.moving.start({ to: place, keep: true });
  await untilMoved(first);
  await first.library.close();
  // As it is right before the one rename.
  renameSync(join(old, 'moved-to.json'), join(old, 'moved-to.json.part'));
  expect(locateLibrary(old).folder).toBe(old);
  expect(locateLibrary(place).folder).toBe(old);
  const second = await open(place);
  await second.library.settled;
  await second.ask.searches.save({ name: 'Since then', text: 'cat' });
  await second.ask.moving.start({ to: place });
  expect((await untilMoved(second)).state).toBe('moved');
  await second.library.close();
  const third = await open(old);
  await third.library.settled;
  expect(third.library.folder).toBe(place);
  expect((await third.ask.collections.list()).searches.map(({ name }) => name)).toEqual(['Since then']);
  expect(readdirSync(old)).toEqual(['moved-to.json']);
});

it('a long way is made short, so that a disk in its middle can go', async () => {
  await (await filled()).library.close();
  const last = join(base, 'last');
  for (const to of [place, last]) {
    const { library, ask } = await openWhereItLies(old);
    await library.settled;
    await ask.moving.start({ to });
    await untilMoved({ ask });
    await library.close();
  }
  const { hops, folder } = locateLibrary(old);
  expect([hops, folder]).toEqual([[old, place], last]);
  shortenWay(hops, folder);
  rmSync(place, { recursive: true });
  expect(locateLibrary(old)).toEqual({ folder: last, hops: [old] });
});
