// Runs under Vitest: whether a build is found to be older than its sources.
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isStale } from './freshness.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-fresh-'));
  mkdirSync(join(folder, 'page'));
  writeFileSync(join(folder, 'page', 'a.ts'), '');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const setTime = (path: string, seconds: number): void => {
  utimesSync(join(folder, path), seconds, seconds);
};

test('a build that is missing is stale', async () => {
  expect(await isStale(folder, ['page/**'], join(folder, 'index.html'))).toBe(true);
});

test('a build is stale only while one of its sources is younger', async () => {
  writeFileSync(join(folder, 'index.html'), '');
  setTime('page', 1000);
  setTime('page/a.ts', 1000);
  setTime('index.html', 2000);
  expect(await isStale(folder, ['page/**'], join(folder, 'index.html'))).toBe(false);
  setTime('page/a.ts', 3000);
  expect(await isStale(folder, ['page/**'], join(folder, 'index.html'))).toBe(true);
});
