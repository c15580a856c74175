// Runs under Vitest: which names are passed over.
import { expect, test } from 'vitest';
import { createIgnoreRules } from './ignore.ts';

const plain = createIgnoreRules([]);
const own = (...patterns: string[]) => createIgnoreRules(patterns);

test.each([
  'a.jpg',
  'a.JPG',
  'A.Heic',
  '여름 바다.jpeg',
  '-rf.png',
  'a.b.c.tiff',
  'raw/IMG_1.CR3',
  'scan.jp2',
])('a picture named %s counts', (path) => {
  expect(plain.hides(path)).toBe(false);
});

test.each(['a.txt', 'jpg', 'notes.txt', 'a.jpg.part', 'a.xmp', '.a.jpg', '._a.jpg', 'Thumbs.db', 'a.'])(
  'a file named %s does not count',
  (path) => {
    expect(plain.hides(path)).toBe(true);
  },
);

test.each([
  ...['.git', '.Trash-1000', '$RECYCLE.BIN', 'System Volume Information', 'lost+found', '@eaDir'],
  ...['Photos Library.photoslibrary', 'Preview.app', 'node_modules', 'Catalog Previews.lrdata'],
])('a folder named %s is not gone into, wherever it lies', (name) => {
  expect(plain.ignoresFolder(name)).toBe(true);
  expect(plain.hides(`holiday/${name}/deep/a.jpg`)).toBe(true);
});

test.each(['thumbnails', 'apps', 'my.photos', 'Git', 'trash'])('a folder named %s is gone into', (name) => {
  expect(plain.ignoresFolder(name)).toBe(false);
});

test.each([
  ['a name matches at any depth', ['draft*'], 'x/y/draft-1.jpg', true],
  ['a pattern for folders leaves files alone', ['draft.jpg/'], 'draft.jpg', false],
  ['a folder takes all below it along', ['screens/'], 'a/screens/b/c.jpg', true],
  ['a slash in front binds to the root', ['/screens'], 'a/screens/c.jpg', false],
  ['a slash in the middle binds to the root', ['a/*.png'], 'b/a/c.png', false],
  ['a slash in the middle matches there', ['a/*.png'], 'a/c.png', true],
  ['a star does not reach over a slash', ['a/*.png'], 'a/b/c.png', false],
  ['two stars reach over folders', ['a/**/c.png'], 'a/b/b/c.png', true],
  ['two stars at the end mean what is in it', ['a/**'], 'a/b/c.png', true],
  ['a later pattern takes back', ['*.png', '!keep.png'], 'x/keep.png', false],
  ['a pattern that takes back is itself overruled later', ['!keep.png', '*.png'], 'keep.png', true],
  ['a remark is no pattern', ['#*.png'], 'a.png', false],
  ['an empty line is no pattern', ['', '  '], 'a.png', false],
  ['brackets choose a letter', ['IMG_[0-4]*.jpg'], 'IMG_3.jpg', true],
  ['round brackets are letters', ['IMG (1).jpg'], 'IMG (1).jpg', true],
  ['curly brackets are letters', ['{a,b}.jpg'], 'a.jpg', false],
  ['a backslash takes a star literally', ['\\*.jpg'], 'a.jpg', false],
  ['a pattern in Korean matches', ['임시*'], '사진/임시 저장.jpg', true],
] as const)('%s', (_name, patterns, path, hidden) => {
  expect(own(...patterns).hides(path)).toBe(hidden);
});

test('what the built-in rules pass over cannot be taken back', () => {
  expect(own('!.git/', '!.a.jpg').hides('.git/a.jpg')).toBe(true);
  expect(own('!.a.jpg').hides('.a.jpg')).toBe(true);
});
