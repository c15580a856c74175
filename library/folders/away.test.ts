// Runs under Vitest: folders on disks that come and go.
import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { counts, temporaryLibrary } from '../../test/support/temporary-library.ts';

function libraryWithFiles() {
  const library = temporaryLibrary();
  const root = library.addRoot('disk/pics');
  for (const name of ['a', 'b', 'sub/c']) library.put(`disk/pics/${name}.jpg`);
  const awayPaths = (): string[] =>
    library.database.files
      .ofRoot(root)
      .filter((row) => row.away === 1)
      .map((row) => row.path);
  /** As if the files had been seen on a disk with another number. */
  const wereOnAnotherDevice = (below = ''): void =>
    void library.database.index
      .prepare(
        `UPDATE file SET identity = '999' || substr(identity, instr(identity, ':')) WHERE path LIKE ? || '%'`,
      )
      .run(below);
  return { ...library, root, awayPaths, wereOnAnotherDevice };
}

test('a root that is gone is away: nothing is deleted; when it is back nothing is done again', async () => {
  const { folders, root, at, identifyAll, awayPaths, waiting, database } = libraryWithFiles();
  await folders.scan();
  identifyAll();
  renameSync(at('disk'), at('unplugged'));
  expect(await folders.scan()).toEqual(counts({}));
  expect(folders.rootState(root)).toBe('away');
  expect(awayPaths()).toHaveLength(3);
  renameSync(at('unplugged'), at('disk'));
  expect(await folders.scan()).toEqual(counts({ unchanged: 3 }));
  expect(folders.rootState(root)).toBe('present');
  expect(awayPaths()).toEqual([]);
  expect(waiting()).toEqual([]);
  expect(database.steps.waiting()).toBe(0);
});

test('what changed while a root was away is found when it is back', async () => {
  const { folders, at, put, identifyAll } = libraryWithFiles();
  await folders.scan();
  identifyAll();
  renameSync(at('disk'), at('unplugged'));
  await folders.scan();
  put('unplugged/pics/new.jpg');
  rmSync(at('unplugged/pics/a.jpg'));
  renameSync(at('unplugged/pics/sub'), at('unplugged/pics/bus'));
  renameSync(at('unplugged'), at('disk'));
  expect(await folders.scan()).toEqual(counts({ added: 1, removed: 1, moved: 1, unchanged: 1 }));
});

test('a disk that numbers its files anew when it is back costs nothing', async () => {
  const { folders, at, identifyAll, waiting } = libraryWithFiles();
  await folders.scan();
  identifyAll();
  renameSync(at('disk'), at('unplugged'));
  await folders.scan();
  cpSync(at('unplugged'), at('disk'), { recursive: true, preserveTimestamps: true });
  expect(await folders.scan()).toEqual(counts({ unchanged: 3 }));
  expect(waiting()).toEqual([]);
});

test('a disk that got another number after a restart costs nothing, and moves are seen again', async () => {
  const { folders, at, identifyAll, waiting, wereOnAnotherDevice } = libraryWithFiles();
  await folders.scan();
  identifyAll();
  wereOnAnotherDevice();
  expect(await folders.scan()).toEqual(counts({ unchanged: 3 }));
  expect(waiting()).toEqual([]);
  renameSync(at('disk/pics/a.jpg'), at('disk/pics/z.jpg'));
  expect(await folders.scan()).toEqual(counts({ moved: 1, unchanged: 2 }));
});

test('the empty mount point of an unplugged disk is a root that is away', async () => {
  const { folders, root, at, wereOnAnotherDevice, awayPaths } = libraryWithFiles();
  await folders.scan();
  rmSync(at('disk/pics'), { recursive: true });
  mkdirSync(at('disk/pics'));
  wereOnAnotherDevice();
  expect(await folders.scan()).toEqual(counts({}));
  expect(folders.rootState(root)).toBe('away');
  expect(awayPaths()).toHaveLength(3);
});

test('a root that was emptied on the same disk is empty', async () => {
  const { folders, root, at } = libraryWithFiles();
  await folders.scan();
  rmSync(at('disk/pics'), { recursive: true });
  mkdirSync(at('disk/pics'));
  expect(await folders.scan()).toEqual(counts({ removed: 3 }));
  expect(folders.rootState(root)).toBe('present');
});

test('an empty mount point inside a root keeps what was known of its disk', async () => {
  const { folders, root, at, paths, wereOnAnotherDevice } = libraryWithFiles();
  await folders.scan();
  rmSync(at('disk/pics/sub/c.jpg'));
  wereOnAnotherDevice('sub/');
  expect(await folders.scan()).toEqual(counts({ unchanged: 2 }));
  expect(paths(root)).toEqual(['a.jpg', 'b.jpg', 'sub/c.jpg']);
});

test('a file of a root that is away is not taken for moved', async () => {
  const { folders, addRoot, root, at, paths } = libraryWithFiles();
  await folders.scan();
  const other = addRoot('other');
  renameSync(at('disk'), at('other/disk'));
  expect(await folders.scan()).toEqual(counts({ added: 3 }));
  expect(paths(root)).toHaveLength(3);
  expect(paths(other)).toHaveLength(3);
});

test('a root that is unplugged while it is gone through loses nothing', async () => {
  let unplug: () => void = () => undefined;
  const { folders, addRoot, put, at, paths } = temporaryLibrary({
    // Asked for between the look at the root and the first folder.
    ignorePatterns: () => {
      unplug();
      return [];
    },
  });
  const root = addRoot('pics');
  put('pics/a.jpg');
  await folders.scan();
  unplug = () => {
    unplug = () => undefined;
    renameSync(at('pics'), at('gone'));
  };
  expect(await folders.scan()).toEqual(counts({}));
  expect(folders.rootState(root)).toBe('away');
  expect(paths(root)).toEqual(['a.jpg']);
});
