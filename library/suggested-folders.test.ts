// Runs under Vitest: where a person is asked to begin, with folders in their own language.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../test/support/temporary-library.ts';
import { suggestedFolders } from './suggested-folders.ts';

function homeWith(files: readonly string[]): string {
  const home = temporaryFolder();
  for (const file of files) {
    mkdirSync(join(home, file, '..'), { recursive: true });
    writeFileSync(join(home, file), '');
  }
  return home;
}

test('the usual folders are proposed, with what lies in them', async () => {
  const home = homeWith([
    'Pictures/2019/a.jpg',
    'Pictures/b.heic',
    'Pictures/notes.txt',
    'Pictures/.hid/c.jpg',
  ]);
  mkdirSync(join(home, 'Videos'));
  expect(await suggestedFolders(home)).toEqual([
    { path: join(home, 'Pictures'), shown: '~/Pictures', media: 2, more: false },
    { path: join(home, 'Videos'), shown: '~/Videos', media: 0, more: false },
  ]);
});

test('a home without any proposes nothing', async () => {
  expect(await suggestedFolders(temporaryFolder())).toEqual([]);
});

test.skipIf(process.platform !== 'linux')('the desktop names them, and each is proposed once', async () => {
  const home = homeWith(['사진/a.jpg']);
  symlinkSync(join(home, '사진'), join(home, 'Pictures'));
  mkdirSync(join(home, '.config'));
  writeFileSync(
    join(home, '.config', 'user-dirs.dirs'),
    '# made by the desktop\nXDG_PICTURES_DIR="$HOME/사진"\nXDG_VIDEOS_DIR="$HOME"\n',
  );
  expect(await suggestedFolders(home)).toEqual([
    { path: join(home, '사진'), shown: '~/사진', media: 1, more: false },
  ]);
});

test('a look into a large folder ends early and says so', async () => {
  const home = homeWith(Array.from({ length: 4_100 }, (_, at) => `Pictures/${String(at)}.jpg`));
  expect(await suggestedFolders(home)).toMatchObject([{ media: 4_100, more: true }]);
});
