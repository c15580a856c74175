// Runs under Vitest: keeping current while things change, with the system's own means of watching.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, type TestContext, test as plainTest, vi } from 'vitest';
import { temporaryLibrary } from '../../test/support/temporary-library.ts';
import type { FolderWatchOptions } from './watch.ts';

/** Most of the time they wait, and may do so at once. */
const test = plainTest.concurrent;

const until = (holds: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(holds()).toBe(true), { timeout: 20_000, interval: 50 });

/** A library that watches a root with some identified pictures. */
async function watching(
  { onTestFinished }: TestContext,
  prepare: (library: ReturnType<typeof temporaryLibrary>) => void = () => undefined,
) {
  const library = temporaryLibrary({}, onTestFinished);
  const root = library.addRoot('pics');
  for (const name of ['a', 'b', 'sub/c', 'sub/d']) library.put(`pics/${name}.jpg`);
  prepare(library);
  await library.folders.scan();
  library.identifyAll();
  library.folders.watch();
  // Watching is complete once the scan that follows it is in the log of nothing changed; a probe tells.
  library.put('pics/probe.jpg');
  await until(() => library.paths(root).includes('probe.jpg'));
  rmSync(library.at('pics/probe.jpg'));
  await until(() => !library.paths(root).includes('probe.jpg'));
  library.changes.length = 0;
  const sum = (key: 'added' | 'changed' | 'moved' | 'removed'): number =>
    library.changes.reduce((all, one) => all + one[key], 0);
  return { ...library, root, sum, has: (path: string) => library.paths(root).includes(path) };
}

test('new, changed and deleted files are noticed, other names are not', async (context) => {
  const { put, at, has, waiting, sum } = await watching(context);
  put('pics/new/deep/e.jpg');
  put('pics/new/deep/notes.txt');
  put('pics/.hidden/f.jpg');
  writeFileSync(at('pics/a.jpg'), 'changed to something longer');
  rmSync(at('pics/b.jpg'));
  await until(() => has('new/deep/e.jpg') && !has('b.jpg') && sum('changed') === 1);
  expect(waiting()).toEqual(['a.jpg', 'new/deep/e.jpg']);
  expect([sum('added'), sum('changed'), sum('removed'), sum('moved')]).toEqual([1, 1, 1, 0]);
});

test('a file is taken when it is complete, once, however long its writing takes', async (context) => {
  const { at, has, sum, database, root } = await watching(context);
  for (let i = 0; i < 10; i++) {
    appendFileSync(at('pics/slow.jpg'), 'x'.repeat(1000));
    await wait(150);
    expect(has('slow.jpg')).toBe(false);
  }
  await until(() => has('slow.jpg'));
  await wait(700);
  expect(database.files.byPath(root, 'slow.jpg')?.bytes).toBe(10_000);
  expect([sum('added'), sum('changed')]).toEqual([1, 0]);
});

test('a moved folder is seen as moves, and files moved one by one too', async (context) => {
  const { at, has, sum, waiting, put } = await watching(context, (library) => {
    for (let i = 0; i < 60; i++) library.put(`pics/many/${String(i)}.jpg`, String(i), 0);
  });
  mkdirSync(at('pics/archive'));
  renameSync(at('pics/many'), at('pics/archive/many'));
  renameSync(at('pics/a.jpg'), at('pics/sub/a.jpg'));
  await until(() => has('archive/many/59.jpg') && has('sub/a.jpg') && !has('many/59.jpg'));
  await wait(1000);
  expect([sum('moved'), sum('added'), sum('removed'), sum('changed')]).toEqual([61, 0, 0, 0]);
  expect(waiting()).toEqual([]);
  // What moved is watched where it is now.
  put('pics/archive/many/new.jpg');
  await until(() => has('archive/many/new.jpg'));
});

test('a root that disappears is away, and back with all it has when it reappears', async (context) => {
  const { folders, root, at, sum, waiting, has, put, changes } = await watching(context);
  renameSync(at('pics'), at('gone'));
  await until(() => folders.rootState(root) === 'away');
  expect(sum('removed')).toBe(0);
  expect(changes.length).toBeGreaterThan(0);
  renameSync(at('gone'), at('pics'));
  await until(() => folders.rootState(root) === 'present');
  expect(waiting()).toEqual([]);
  put('pics/after.jpg');
  await until(() => has('after.jpg'));
  expect([sum('added'), sum('removed'), sum('changed')]).toEqual([1, 0, 0]);
});

test('a root added later is watched, and one that was given up is not', async (context) => {
  const { folders, addRoot, put, paths, has, root } = await watching(context);
  const later = addRoot('later');
  folders.watchRoot(later);
  put('later/x.jpg');
  await until(() => paths(later).includes('x.jpg'));
  await folders.unwatchRoot(root);
  put('pics/unseen.jpg');
  put('later/y.jpg');
  await until(() => paths(later).includes('y.jpg'));
  expect(has('unseen.jpg')).toBe(false);
});

test('a .nomedia that appears takes its folder out, and brings it back when it goes', async (context) => {
  const { put, at, has, waiting } = await watching(context);
  put('pics/sub/.nomedia');
  await until(() => !has('sub/c.jpg'));
  expect(has('a.jpg')).toBe(true);
  rmSync(at('pics/sub/.nomedia'));
  await until(() => has('sub/c.jpg'));
  expect(waiting()).toEqual(['sub/c.jpg', 'sub/d.jpg']);
});

plainTest.skipIf(process.platform === 'win32')(
  'a folder outside that a link leads to is watched too',
  { concurrent: true },
  async (context) => {
    const { put, at, has } = await watching(context, (library) => {
      library.put('outside/x.jpg');
      symlinkSync(library.at('outside'), library.at('pics/link'));
    });
    expect(has('link/x.jpg')).toBe(true);
    put('outside/y.jpg');
    await until(() => has('link/y.jpg'));
    rmSync(at('pics/link'));
    await until(() => !has('link/x.jpg') && !has('link/y.jpg'));
    expect(existsSync(at('outside/y.jpg'))).toBe(true);
  },
);

test('a new own pattern holds while watching, after the scan that follows it', async (context) => {
  const { folders, patterns, put, has } = await watching(context);
  patterns.push('sub/');
  await folders.scan();
  expect(has('sub/c.jpg')).toBe(false);
  patterns.length = 0;
  await folders.scan();
  await until(() => has('sub/c.jpg'));
  put('pics/sub/new.jpg');
  await until(() => has('sub/new.jpg'));
});

test('where the system allows no more watches, folders are gone through instead, and that is said once', async (context) => {
  const given: FolderWatchOptions[] = [];
  const { folders, addRoot, put, paths, logged } = temporaryLibrary(
    {
      rescanMs: 100,
      watchFolder: (options) => {
        given.push(options);
        setTimeout(() => [1, 2].forEach(options.onLimit), 10);
        return { add: () => undefined, close: () => Promise.resolve() };
      },
    },
    context.onTestFinished,
  );
  const [one, two] = [addRoot('one'), addRoot('two')];
  await folders.scan();
  folders.watch();
  await until(() => logged.some((line) => line.event === 'watch.limit'));
  put('one/a.jpg');
  put('two/b.jpg');
  await until(() => paths(one).length === 1 && paths(two).length === 1);
  expect(given).toHaveLength(2);
  expect(logged.filter((line) => line.event === 'watch.limit')).toHaveLength(1);
});

test('a root that goes and comes back at once, again and again, is present and watched in the end', async (context) => {
  const { folders, root, at, sum, has, put } = await watching(context);
  for (const pauseMs of [0, 300, 900, 1300, 0]) {
    renameSync(at('pics'), at('gone'));
    await wait(pauseMs);
    renameSync(at('gone'), at('pics'));
    await wait(pauseMs);
  }
  put('pics/sub/after.jpg');
  await until(() => has('sub/after.jpg') && folders.rootState(root) === 'present');
  rmSync(at('pics/a.jpg'));
  await until(() => !has('a.jpg'));
  expect([sum('added'), sum('removed'), sum('changed')]).toEqual([1, 1, 0]);
});
