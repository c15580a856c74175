// Tests of the engine whole: real folders, files, decoding and tables; encoders that do plain arithmetic.
import { createRouterClient, type RouterClient } from '@orpc/server';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PackId } from '../contract/index.ts';
import { silentLog } from '../test/support/fixture-library.ts';
import { createFixturePacks, type FixturePacks } from '../test/support/fixture-packs.ts';
import { temporaryFolder, writePicture } from '../test/support/picture-folder.ts';
import { type Library, openLibrary } from './library.ts';
import type { LibraryRouter } from './router.ts';

let ours: ReturnType<typeof temporaryFolder>;
let theirs: ReturnType<typeof temporaryFolder>;
let packs: FixturePacks;
let library: Library;
let ask: RouterClient<LibraryRouter>;

async function open(watch = false): Promise<void> {
  const clock = { nowMs: () => Date.now() };
  library = await openLibrary({ folder: ours.path, holder: 'a test', packs, watch, log: silentLog, clock });
  ask = createRouterClient(library.router);
}

beforeEach(async () => {
  ours = temporaryFolder();
  theirs = temporaryFolder();
  packs = createFixturePacks();
  await open();
});

afterEach(async () => {
  await library.close();
  ours[Symbol.dispose]();
  theirs[Symbol.dispose]();
});

const at = (name: string): string => join(theirs.path, name);
const found = async (text: string): Promise<string[]> =>
  (await ask.search.find({ text })).results.map((result) => basename(result.path));

it('carries a picture from a folder to an answer by its content, its name and its date', async () => {
  await writePicture(at('holiday/sky.jpg'), 'blue');
  await writePicture(at('holiday/rose.png'), 'red', 'rose', 'png');
  await ask.roots.add({ path: theirs.path });
  expect(await library.index()).toMatchObject({ added: 2, errors: 0 });
  expect(await found('blue')).toEqual(['sky.jpg']);
  expect(await found('파란')).toEqual(['sky.jpg']);
  expect(await found('rose')).toEqual(['rose.png']);
  expect((await found('in:holiday')).toSorted()).toEqual(['rose.png', 'sky.jpg']);
  expect(await found('before:1990')).toEqual([]);
  const [first] = (await ask.search.find({ text: 'blue' })).results;
  expect(first).toMatchObject({ width: 96, height: 64, hasPreview: true, kind: 'picture' });
  expect(first?.thumbhash).not.toBeNull();
});

it('finds nothing to do when nothing changed, and encodes nothing again', async () => {
  await writePicture(at('a.jpg'), 'green');
  await ask.roots.add({ path: theirs.path });
  await library.index();
  expect(await library.index()).toMatchObject({ added: 0, unchanged: 1 });
  expect(packs.encoded.get('built-in')).toBe(1);
});

it('gives two files of one content one item, and keeps it until both are gone', async () => {
  await writePicture(at('a.jpg'), 'green', 'same');
  await writePicture(at('b.jpg'), 'green', 'same');
  await ask.roots.add({ path: theirs.path });
  await library.index();
  expect(await ask.status()).toMatchObject({ files: 2, items: 1 });
  rmSync(at('a.jpg'));
  await library.index();
  expect(await found('green')).toEqual(['b.jpg']);
  rmSync(at('b.jpg'));
  await library.index();
  expect(await ask.status()).toMatchObject({ files: 0, items: 0, moments: 0, queue: 0 });
});

it('follows a moved folder without encoding anything again, and finds it by its new name', async () => {
  for (const name of ['1', '2', '3']) await writePicture(at(`old/${name}.jpg`), 'yellow', name);
  await ask.roots.add({ path: theirs.path });
  await library.index();
  renameSync(at('old'), at('veranda'));
  expect(await library.index()).toMatchObject({ moved: 3, added: 0, removed: 0 });
  expect(packs.encoded.get('built-in')).toBe(3);
  expect(await found('veranda')).toHaveLength(3);
  expect(await found('in:old')).toEqual([]);
});

it('shows what a changed file holds now', async () => {
  await writePicture(at('a.jpg'), 'green');
  await ask.roots.add({ path: theirs.path });
  await library.index();
  await writePicture(at('a.jpg'), 'blue', 'other');
  expect(await library.index()).toMatchObject({ changed: 1 });
  expect(await found('green')).toEqual([]);
  expect(await found('blue')).toEqual(['a.jpg']);
  expect(await ask.status()).toMatchObject({ items: 1 });
});

it('names a file that cannot be read, once, and goes on with the others', async () => {
  await writePicture(at('good.jpg'), 'red');
  await writePicture(at('cut.jpg'), 'red', 'cut');
  writeFileSync(at('cut.jpg'), readFileSync(at('cut.jpg')).subarray(0, 300));
  writeFileSync(at('empty.png'), '');
  await ask.roots.add({ path: theirs.path });
  expect(await library.index()).toMatchObject({ added: 3, errors: 2 });
  const errors = await ask.indexing.errors();
  expect(errors.map((error) => basename(error.path)).toSorted()).toEqual(['cut.jpg', 'empty.png']);
  for (const error of errors) expect(error.reason).toMatch(/\.$/);
  expect(await found('red')).toEqual(['good.jpg']);
  await writePicture(at('cut.jpg'), 'red', 'whole');
  expect(await library.index()).toMatchObject({ errors: 1 });
});

it('does failed steps again when asked to', async () => {
  writeFileSync(at('empty.png'), '');
  await ask.roots.add({ path: theirs.path });
  await library.index();
  expect(await ask.indexing.retry()).toEqual({ retried: 1 });
  expect(await library.index()).toMatchObject({ errors: 1 });
});

it('fills another pack beside the active one and switches when it is ready', async () => {
  for (const name of ['1', '2', '3']) await writePicture(at(`${name}.jpg`), 'blue', name);
  await ask.roots.add({ path: theirs.path });
  await library.index();
  const packId = PackId.parse('fixture-vectors');
  expect(await ask.packs.use({ packId })).toMatchObject({ active: false, filling: { done: 0, total: 3 } });
  expect(await found('blue')).toHaveLength(3);
  await library.index();
  expect((await ask.packs.list()).find((pack) => pack.active)?.packId).toBe(packId);
  expect(packs.encoded.get('built-in')).toBe(3);
  expect(packs.encoded.get(packId)).toBe(3);
  await ask.packs.use({ packId: PackId.parse('built-in') });
  await library.index();
  expect(packs.encoded.get('built-in'), 'the old space was kept').toBe(3);
});

it('refuses to remove the pack in use, with a code', async () => {
  const removing = ask.packs.remove({ packId: PackId.parse('built-in') });
  await expect(removing).rejects.toMatchObject({ code: 'FAILURE', data: { code: 'PACK_IN_USE' } });
});

it('forgets the index of a removed root and touches no file of theirs', async () => {
  await writePicture(at('a.jpg'), 'green');
  const { rootId } = await ask.roots.add({ path: theirs.path });
  await library.index();
  expect(await ask.roots.remove({ rootId })).toEqual({ removed: 1 });
  expect(await ask.status()).toMatchObject({ files: 0, items: 0 });
  expect(existsSync(at('a.jpg'))).toBe(true);
});

it('goes on after an interruption where it was, with nothing doubled or lost', async () => {
  for (let i = 0; i < 12; i++) await writePicture(at(`${String(i)}.jpg`), 'white', String(i));
  await ask.roots.add({ path: theirs.path });
  let letGo: () => void = () => undefined;
  packs.gate = new Promise((resolve) => (letGo = resolve));
  const stopping = new AbortController();
  const indexing = library.index({ signal: stopping.signal });
  await expect.poll(async () => (await ask.status()).items, { timeout: 20_000 }).toBe(12);
  stopping.abort();
  letGo();
  await expect(indexing).rejects.toMatchObject({ name: 'AbortError' });
  await library.close();
  packs.gate = null;
  await open();
  await library.index();
  expect(await ask.status()).toMatchObject({ items: 12, moments: 12, queue: 0, errors: 0 });
  expect(await found('white')).toHaveLength(12);
});

it('keeps items of a root that is away, and goes on with what waited when it is back', async () => {
  const drive = at('drive');
  await writePicture(join(drive, 'a.jpg'), 'red');
  await ask.roots.add({ path: drive });
  await library.index();
  renameSync(drive, at('unplugged'));
  await library.index();
  expect(await ask.roots.list()).toMatchObject([{ state: 'away', files: 1 }]);
  const [result] = (await ask.search.find({ text: 'red' })).results;
  expect(result).toMatchObject({ away: true, hasPreview: true });
  renameSync(at('unplugged'), drive);
  expect(await library.index()).toMatchObject({ unchanged: 1, added: 0 });
  expect(packs.encoded.get('built-in')).toBe(1);
});

it('tells who follows it of new items, and of progress up to the end', async () => {
  await library.close();
  await open(true);
  const stop = new AbortController();
  const phases = new Set<string>();
  const following = (async () => {
    for await (const progress of await ask.indexing.progress(undefined, { signal: stop.signal }))
      phases.add(progress.phase);
  })().catch(() => undefined);
  await writePicture(at('a.jpg'), 'blue');
  await ask.roots.add({ path: theirs.path });
  await expect.poll(() => found('blue'), { timeout: 20_000 }).toEqual(['a.jpg']);
  await expect.poll(() => phases.has('idle'), { timeout: 20_000 }).toBe(true);
  await writePicture(at('b.jpg'), 'blue', 'later');
  await expect.poll(() => found('blue'), { timeout: 20_000 }).toHaveLength(2);
  stop.abort();
  await following;
});

it('is refused to a second opener, in words', async () => {
  const clock = { nowMs: () => 0 };
  const options = { folder: ours.path, holder: 'another test', packs, watch: false, log: silentLog, clock };
  await expect(openLibrary(options)).rejects.toMatchObject({ code: 'LIBRARY_IN_USE' });
});

it('gives the picture itself where a browser shows it, and makes a rendition where it does not', async () => {
  await writePicture(at('a.png'), 'blue', 'a', 'png');
  await writePicture(at('b.tiff'), 'red', 'b', 'tiff');
  await ask.roots.add({ path: theirs.path });
  await library.index();
  const item = async (text: string) => (await ask.search.find({ text })).results[0]?.itemId;
  const blue = await item('blue');
  const red = await item('red');
  if (blue === undefined || red === undefined) throw new Error('the pictures were not found');
  expect(await library.media(blue, 'full')).toEqual({ path: at('a.png'), mediaType: 'image/png' });
  const rendition = await library.media(red, 'full');
  expect(rendition.mediaType).toBe('image/webp');
  expect(rendition.path.startsWith(ours.path)).toBe(true);
});

it('reads a picture through a link that points out of the folder', async () => {
  using elsewhere = temporaryFolder();
  await writePicture(join(elsewhere.path, 'far.jpg'), 'yellow');
  symlinkSync(join(elsewhere.path, 'far.jpg'), at('near.jpg'));
  await ask.roots.add({ path: theirs.path });
  expect(await library.index()).toMatchObject({ added: 1, errors: 0 });
  expect(await found('yellow')).toEqual(['near.jpg']);
});

it('does not look at its own folder', async () => {
  mkdirSync(join(ours.path, 'mine'), { recursive: true });
  await writePicture(join(ours.path, 'mine', 'a.jpg'), 'blue');
  await expect(ask.roots.add({ path: join(ours.path, 'mine') })).rejects.toMatchObject({
    data: { code: 'FOLDER_IN_LIBRARY' },
  });
});
