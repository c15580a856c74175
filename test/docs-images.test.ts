// Runs under Vitest: each picture of the documents is told of, with the script that makes it, and none is told of that is not there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));
const images = join(project, 'docs', 'images');
const rows = readFileSync(join(images, 'README.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, picture, shows, script] =
      /^\| `([\w-]+\.jpg)` \| (.+?) \| `(scripts\/[\w-]+\.ts)` \|$/.exec(line) ?? [];
    return picture && shows && script ? [{ picture, shows, script }] : [];
  });

test('each picture has one row, and each row its picture', () => {
  const pictures = readdirSync(images).filter((name) => name !== 'README.md');
  expect(pictures.length).toBeGreaterThan(0);
  expect(rows.map(({ picture }) => picture).toSorted()).toEqual(pictures.toSorted());
});

test('the script of each row is there and makes it', () => {
  const silent = rows.filter(({ picture, script }) => {
    const path = join(project, script);
    const name = picture.replace(/\.jpg$/, '');
    return !existsSync(path) || !new RegExp(`'${name}(\\.jpg)?'`).test(readFileSync(path, 'utf8'));
  });
  expect(silent).toEqual([]);
});
