// Runs under Vitest: what was moved keeps its item and is not read again.
import { linkSync, mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { expect, test } from 'vitest';
import { counts, temporaryLibrary } from '../../test/support/temporary-library.ts';

test('a moved folder of 500 pictures is 500 moved: items stay, nothing waits but their words', async () => {
  const { folders, addRoot, put, at, identifyAll, waiting, database } = temporaryLibrary();
  const root = addRoot('pics');
  for (let i = 0; i < 500; i++) put(`pics/2023/${String(i)}.jpg`);
  await folders.scan();
  identifyAll();
  const before = new Map(database.files.ofRoot(root).map((row) => [row.path.slice(5), row.itemId]));
  mkdirSync(at('pics/archive'));
  renameSync(at('pics/2023'), at('pics/archive/2023'));
  expect(await folders.scan()).toEqual(counts({ moved: 500 }));
  expect(waiting()).toEqual([]);
  expect(database.steps.waiting('words')).toBe(500);
  expect(new Map(database.files.ofRoot(root).map((row) => [row.path.slice(13), row.itemId]))).toEqual(before);
});

test('a file moved to another root keeps its item, whichever root is looked at first', async () => {
  const { folders, addRoot, put, at, identifyAll, database } = temporaryLibrary();
  const [one, two] = [addRoot('one'), addRoot('two')];
  put('one/a.jpg');
  put('one/b.jpg');
  await folders.scan();
  identifyAll();
  const item = database.files.byPath(one, 'a.jpg')?.itemId;
  renameSync(at('one/a.jpg'), at('two/a.jpg'));
  expect(await folders.scan([two])).toEqual(counts({ moved: 1 }));
  expect(database.files.byPath(two, 'a.jpg')?.itemId).toBe(item);
  expect(await folders.scan([one])).toEqual(counts({ unchanged: 1 }));
  renameSync(at('one/b.jpg'), at('two/b.jpg'));
  expect(await folders.scan()).toEqual(counts({ moved: 1, unchanged: 1 }));
});

test('two files that swapped names are two moved', async () => {
  const { folders, addRoot, put, at, identifyAll, waiting, database } = temporaryLibrary();
  const root = addRoot('pics');
  put('pics/a.jpg', 'one');
  put('pics/b.jpg', 'other');
  await folders.scan();
  identifyAll();
  const [a, b] = ['a.jpg', 'b.jpg'].map((path) => database.files.byPath(root, path)?.itemId);
  renameSync(at('pics/a.jpg'), at('pics/c'));
  renameSync(at('pics/b.jpg'), at('pics/a.jpg'));
  renameSync(at('pics/c'), at('pics/b.jpg'));
  expect(await folders.scan()).toEqual(counts({ moved: 2 }));
  expect(database.files.byPath(root, 'a.jpg')?.itemId).toBe(b);
  expect(database.files.byPath(root, 'b.jpg')?.itemId).toBe(a);
  expect(waiting()).toEqual([]);
});

test('a row of names that all shifted by one is all moved', async () => {
  const { folders, addRoot, put, at, identifyAll, waiting, paths } = temporaryLibrary();
  const root = addRoot('pics');
  for (let i = 0; i < 30; i++) put(`pics/${String(i)}.jpg`);
  await folders.scan();
  identifyAll();
  for (let i = 29; i >= 0; i--) renameSync(at(`pics/${String(i)}.jpg`), at(`pics/${String(i + 1)}.jpg`));
  expect(await folders.scan()).toEqual(counts({ moved: 30 }));
  expect(waiting()).toEqual([]);
  expect(paths(root)).toHaveLength(30);
});

test('a file renamed onto another is moved, and the other is removed', async () => {
  const { folders, addRoot, put, at, identifyAll, paths, waiting } = temporaryLibrary();
  const root = addRoot('pics');
  put('pics/a.jpg', 'one');
  put('pics/b.jpg', 'other');
  await folders.scan();
  identifyAll();
  renameSync(at('pics/a.jpg'), at('pics/b.jpg'));
  expect(await folders.scan()).toEqual(counts({ moved: 1, removed: 1 }));
  expect(paths(root)).toEqual(['b.jpg']);
  expect(waiting()).toEqual([]);
});

test('a moved file that also changed is another file', async () => {
  const { folders, addRoot, put, at, identifyAll, waiting } = temporaryLibrary();
  addRoot('pics');
  put('pics/a.jpg');
  await folders.scan();
  identifyAll();
  renameSync(at('pics/a.jpg'), at('pics/b.jpg'));
  utimesSync(at('pics/b.jpg'), 5, 5);
  expect(await folders.scan()).toEqual(counts({ added: 1, removed: 1 }));
  expect(waiting()).toEqual(['b.jpg']);
});

test('a file that was moved while it was identified waits at its new place', async () => {
  const { folders, addRoot, put, at, waiting, database } = temporaryLibrary();
  addRoot('pics');
  put('pics/a.jpg');
  await folders.scan();
  renameSync(at('pics/a.jpg'), at('pics/b.jpg'));
  const step = database.steps.next('identify', '', [], 1)[0];
  database.steps.fail(step!.stepId, { code: 'FILE_NOT_FOUND', reason: 'It is gone.', remedy: '' });
  expect(await folders.scan()).toEqual(counts({ moved: 1 }));
  expect(waiting()).toEqual(['b.jpg']);
});

test.skipIf(process.platform === 'win32')(
  'of two hard links that are gone the one that kept its name is the one that moved',
  async () => {
    const { folders, addRoot, put, at, database } = temporaryLibrary();
    const root = addRoot('pics');
    put('pics/a.jpg');
    linkSync(at('pics/a.jpg'), at('pics/b.jpg'));
    await folders.scan();
    const b = database.files.byPath(root, 'b.jpg')?.fileId;
    mkdirSync(at('pics/n'));
    renameSync(at('pics/b.jpg'), at('pics/n/b.jpg'));
    rmSync(at('pics/a.jpg'));
    expect(await folders.scan()).toEqual(counts({ moved: 1, removed: 1 }));
    expect(database.files.byPath(root, 'n/b.jpg')?.fileId).toBe(b);
  },
);

test('a removed file leaves a note to refresh the words of an item that lies elsewhere too', async () => {
  const { folders, addRoot, put, at, identifyAll, database } = temporaryLibrary();
  const root = addRoot('pics');
  put('pics/a.jpg', 'same');
  put('pics/copy.jpg', 'same');
  await folders.scan();
  identifyAll();
  const item = database.files.byPath(root, 'a.jpg')?.itemId ?? null;
  database.files.link(database.files.byPath(root, 'copy.jpg')!.fileId, item, 'primary');
  rmSync(at('pics/copy.jpg'));
  await folders.scan();
  expect(database.steps.next('words', '', [], 9).map((step) => step.itemId)).toEqual([item]);
});
