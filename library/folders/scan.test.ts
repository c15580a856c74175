// Runs under Vitest: looking through real folders, with everything that can lie in them.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { counts, temporaryLibrary } from '../../test/support/temporary-library.ts';

const isWindows = process.platform === 'win32';

test('new pictures are added and wait to be identified, newest first; other names are left alone', async () => {
  const { folders, addRoot, put, paths, database } = temporaryLibrary();
  const root = addRoot('pics');
  put('pics/old.jpg', 'x', 90_000);
  put('pics/2024/여름/new.heic', 'x', 10_000);
  put('pics/notes.txt');
  expect(await folders.scan()).toEqual(counts({ added: 2 }));
  expect(paths(root)).toEqual(['2024/여름/new.heic', 'old.jpg']);
  const first = database.steps.next('identify', '', [], 1)[0];
  expect(database.files.get(first!.fileId!)?.path).toBe('2024/여름/new.heic');
});

test('what stands as it stood is unchanged, and nothing is queued for it', async () => {
  const { folders, addRoot, put, identifyAll, waiting } = temporaryLibrary();
  addRoot('pics');
  for (let i = 0; i < 20; i++) put(`pics/${String(i % 3)}/${String(i)}.png`);
  await folders.scan();
  identifyAll();
  expect(await folders.scan()).toEqual(counts({ unchanged: 20 }));
  expect(waiting()).toEqual([]);
});

test('a file with another size or time is changed and waits to be identified again', async () => {
  const { folders, addRoot, put, at, identifyAll, waiting } = temporaryLibrary();
  addRoot('pics');
  for (const name of ['longer', 'touched', 'same']) put(`pics/${name}.jpg`);
  await folders.scan();
  identifyAll();
  writeFileSync(at('pics/longer.jpg'), 'more than there was before');
  utimesSync(at('pics/touched.jpg'), 1, 1);
  expect(await folders.scan()).toEqual(counts({ changed: 2, unchanged: 1 }));
  expect(waiting()).toEqual(['longer.jpg', 'touched.jpg']);
  expect(await folders.scan()).toEqual(counts({ unchanged: 3 }));
});

test('a file that was replaced by renaming another onto it is changed, even with equal size and time', async () => {
  const { folders, addRoot, put, at, identifyAll, waiting } = temporaryLibrary();
  addRoot('pics');
  put('pics/a.jpg', 'one');
  utimesSync(at('pics/a.jpg'), 1000, 1000);
  await folders.scan();
  identifyAll();
  put('pics/.a.jpg.tmp', 'two');
  utimesSync(at('pics/.a.jpg.tmp'), 1000, 1000);
  renameSync(at('pics/.a.jpg.tmp'), at('pics/a.jpg'));
  expect(await folders.scan()).toEqual(counts({ changed: 1 }));
  expect(waiting()).toEqual(['a.jpg']);
});

test('a deleted file leaves the table, and its step with it', async () => {
  const { folders, addRoot, put, at, paths, waiting } = temporaryLibrary();
  const root = addRoot('pics');
  put('pics/a.jpg');
  put('pics/b/c.jpg');
  await folders.scan();
  rmSync(at('pics/b'), { recursive: true });
  expect(await folders.scan()).toEqual(counts({ removed: 1, unchanged: 1 }));
  expect(paths(root)).toEqual(['a.jpg']);
  expect(waiting()).toEqual(['a.jpg']);
});

test('strange names are kept to the letter: emoji, newline, right-to-left, dashes, 255 bytes', async () => {
  const { folders, addRoot, put, paths } = temporaryLibrary();
  const root = addRoot('pics');
  const names = isWindows
    ? ['👨‍👩‍👧‍👦🏖️.jpg', 'תמונה.png', '-rf.jpg', '--help.png']
    : [
        '👨‍👩‍👧‍👦🏖️.jpg',
        'line\nbreak.jpg',
        'תמונה.png',
        '-rf.jpg',
        '--help.png',
        'back\\slash.jpg',
        '"\'`$(x).jpg',
      ];
  names.push(`${'가'.repeat(83)}xx.jpg`);
  expect(Buffer.byteLength(names.at(-1)!)).toBe(255);
  for (const name of names) put(`pics/-dir 🙂/${name}`);
  expect(await folders.scan()).toEqual(counts({ added: names.length }));
  expect(paths(root)).toEqual(names.map((name) => `-dir 🙂/${name}`).sort());
  expect(await folders.scan()).toEqual(counts({ unchanged: names.length }));
});

test.skipIf(process.platform !== 'linux')('a name that is no text is an error in words, once', async () => {
  const { folders, addRoot, at, database } = temporaryLibrary();
  addRoot('pics');
  writeFileSync(
    Buffer.concat([Buffer.from(at('pics/')), Buffer.from([0xff, 0xfe]), Buffer.from('.jpg')]),
    'x',
  );
  expect(await folders.scan()).toEqual(counts({ added: 1 }));
  expect(database.steps.failed().map((step) => step.code)).toEqual(['FILE_NAME_UNUSABLE']);
  expect(await folders.scan()).toEqual(counts({ unchanged: 1 }));
});

test('hidden, system and package folders, folders with .nomedia and own patterns are passed over', async () => {
  const { folders, addRoot, put, paths, patterns } = temporaryLibrary();
  const root = addRoot('pics');
  for (const folder of [
    '.hidden',
    '$RECYCLE.BIN',
    'X.photoslibrary/originals',
    'node_modules/a',
    'drafts',
    'ok',
  ])
    put(`pics/${folder}/a.jpg`);
  put('pics/game/cache/a.jpg');
  put('pics/game/.nomedia');
  patterns.push('drafts/');
  await folders.scan();
  expect(paths(root)).toEqual(['ok/a.jpg']);
});

test('a new pattern takes files out of the table, and taking it back brings them in again', async () => {
  const { folders, addRoot, put, patterns } = temporaryLibrary();
  addRoot('pics');
  put('pics/a.jpg');
  put('pics/b.png');
  await folders.scan();
  patterns.push('*.png');
  expect(await folders.scan()).toEqual(counts({ removed: 1, unchanged: 1 }));
  patterns.length = 0;
  expect(await folders.scan()).toEqual(counts({ added: 1, unchanged: 1 }));
});

test('a folder that the person chose is gone into whatever it is called or holds', async () => {
  const { folders, addRoot, put, paths } = temporaryLibrary();
  const root = addRoot('.hidden');
  put('.hidden/.nomedia');
  put('.hidden/a.jpg');
  await folders.scan();
  expect(paths(root)).toEqual(['a.jpg']);
});

test('the library’s own folder is never gone into, even inside a root', async () => {
  const { folders, addRoot, put, paths } = temporaryLibrary();
  put('library/previews/a.webp');
  put('b.jpg');
  const root = addRoot('.');
  await folders.scan();
  expect(paths(root)).toEqual(['b.jpg']);
});

test('a root inside another keeps its own files, and the outer one has all the others', async () => {
  const { folders, addRoot, put, paths } = temporaryLibrary();
  put('pics/a.jpg');
  put('pics/inner/b.jpg');
  const inner = addRoot('pics/inner');
  const outer = addRoot('pics');
  expect(await folders.scan()).toEqual(counts({ added: 2 }));
  expect([paths(outer), paths(inner)]).toEqual([['a.jpg'], ['b.jpg']]);
});

test.skipIf(isWindows)(
  'links to folders are followed once, never in circles, not into roots or around them',
  async () => {
    const { folders, addRoot, put, paths, at } = temporaryLibrary();
    const root = addRoot('pics');
    const other = addRoot('other');
    put('pics/sub/a.jpg');
    put('other/b.jpg');
    put('outside/deep/c.jpg');
    symlinkSync('.', at('pics/itself'));
    symlinkSync('..', at('pics/sub/up'));
    symlinkSync(at('.'), at('pics/around'));
    symlinkSync(at('other'), at('pics/to-other'));
    symlinkSync(at('outside'), at('pics/one'));
    symlinkSync(at('outside'), at('pics/two'));
    symlinkSync(at('outside'), at('outside/deep/back'));
    symlinkSync(at('pics'), at('outside/deep/root'));
    expect(await folders.scan()).toEqual(counts({ added: 3 }));
    expect(paths(root)).toEqual(['one/deep/c.jpg', 'sub/a.jpg']);
    expect(paths(other)).toEqual(['b.jpg']);
    expect(await folders.scan()).toEqual(counts({ unchanged: 3 }));
  },
);

test.skipIf(isWindows)('links to files count where their file is not found otherwise', async () => {
  const { folders, addRoot, put, paths, at } = temporaryLibrary();
  const root = addRoot('pics');
  put('pics/a.jpg');
  put('pics/.annex/abc', 'kept by a tool under a name of its own');
  put('outside.jpg');
  symlinkSync('a.jpg', at('pics/link-to-a.jpg'));
  symlinkSync('.annex/abc', at('pics/annexed.jpg'));
  symlinkSync(at('outside.jpg'), at('pics/outside.jpg'));
  await folders.scan();
  expect(paths(root)).toEqual(['a.jpg', 'annexed.jpg', 'outside.jpg']);
});

test.skipIf(isWindows)('a link to nothing is an error in words until what it points to is back', async () => {
  const { folders, addRoot, put, at, database, waiting } = temporaryLibrary();
  addRoot('pics');
  symlinkSync(at('gone.jpg'), at('pics/link.jpg'));
  symlinkSync('loop.jpg', at('pics/loop.jpg'));
  expect(await folders.scan()).toEqual(counts({ added: 2 }));
  expect(database.steps.failed().map((step) => [step.code, step.reason])).toEqual(
    Array(2).fill(['FILE_NOT_FOUND', 'This is a link to something that is not there.']),
  );
  put('gone.jpg');
  expect(await folders.scan()).toEqual(counts({ changed: 1, unchanged: 1 }));
  expect(waiting()).toEqual(['link.jpg']);
});

test.skipIf(isWindows)('a FIFO with a picture’s name is in the table without being opened', async () => {
  const { folders, addRoot, at, waiting } = temporaryLibrary();
  addRoot('pics');
  execFileSync('mkfifo', [at('pics/pipe.jpg')]);
  expect(await folders.scan()).toEqual(counts({ added: 1 }));
  expect(waiting()).toEqual(['pipe.jpg']);
});

test.skipIf(isWindows)(
  'a folder that cannot be read keeps what was known of it and is named in the log',
  async () => {
    const { folders, addRoot, put, at, paths, logged } = temporaryLibrary();
    const root = addRoot('pics');
    put('pics/shut/a.jpg');
    put('pics/b.jpg');
    await folders.scan();
    chmodSync(at('.'), 0o755);
    chmodSync(at('pics/shut'), 0);
    expect(await asNobody(() => folders.scan())).toEqual(counts({ unchanged: 1 }));
    expect(paths(root)).toEqual(['b.jpg', 'shut/a.jpg']);
    expect(
      logged.filter((one) => one.event === 'folder.unreadable').map((one) => one.fields['path']),
    ).toEqual([at('pics/shut')]);
    chmodSync(at('pics/shut'), 0o755);
    expect(await folders.scan()).toEqual(counts({ unchanged: 2 }));
  },
);

/** Permissions do not bind the superuser: does the work as nobody where the tests run as that. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

test('a scan that is cancelled ends with AbortError, and the next one completes it', async () => {
  const { folders, addRoot, put } = temporaryLibrary();
  addRoot('pics');
  for (let i = 0; i < 40; i++) put(`pics/${String(i)}/a.jpg`);
  const abort = new AbortController();
  const scan = folders.scan(undefined, abort.signal);
  abort.abort();
  await expect(scan).rejects.toMatchObject({ name: 'AbortError' });
  expect(await folders.scan()).toEqual(counts({ added: 40 }));
});

test('only the roots asked for are gone through', async () => {
  const { folders, addRoot, put, paths } = temporaryLibrary();
  const [one, two] = [addRoot('one'), addRoot('two')];
  put('one/a.jpg');
  put('two/b.jpg');
  expect(await folders.scan([two])).toEqual(counts({ added: 1 }));
  expect([paths(one), paths(two)]).toEqual([[], ['b.jpg']]);
});

test.skipIf(isWindows)('hard links are files of their own', async () => {
  const { folders, addRoot, put, at, paths } = temporaryLibrary();
  const root = addRoot('pics');
  put('pics/a.jpg');
  linkSync(at('pics/a.jpg'), at('pics/b.jpg'));
  expect(await folders.scan()).toEqual(counts({ added: 2 }));
  mkdirSync(at('pics/c'));
  renameSync(at('pics/b.jpg'), join(at('pics/c'), 'b.jpg'));
  expect(await folders.scan()).toEqual(counts({ moved: 1, unchanged: 1 }));
  expect(paths(root)).toEqual(['a.jpg', 'c/b.jpg']);
});
