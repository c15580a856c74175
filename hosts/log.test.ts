// Runs under Vitest: the log on disk, what is left out of it and how it is put aside.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog, ROTATE_BYTES, withoutNames } from './log.ts';

let folder = '';
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'afterimage-log-')), 'logs');
});
afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true });
});
const written = (): string => readFileSync(join(folder, 'afterimage.log'), 'utf8');

test('names of files and what was searched are left out above debug level', () => {
  const log = openLog(folder, 'info');
  log.info('scan done', { folder: '/home/kim/secret', files: 12, query: 'my secret', rootId: 3 });
  log.error('scan failed', { error: "Error: ENOENT: no such file, open '/home/kim/my secret/a.jpg'" });
  log.warn('left out', {
    reason: 'The file "secret.jpg" in C:\\kim\\secret is damaged.',
    cause: new Error('/kim/secret'),
  });
  log.debug('never written', { path: '/secret' });
  log.close();
  expect(written()).not.toMatch(/secret/);
  expect(written()).toContain('"rootId":3');
  expect(written()).toContain('ENOENT');
  expect(written().trim().split('\n')).toHaveLength(3);
});

test('a person who asks for debug level gets everything', () => {
  const log = openLog(folder, 'debug');
  log.debug('decoding', { path: '/home/kim/a.jpg' });
  log.close();
  expect(JSON.parse(written())).toMatchObject({ msg: 'decoding', path: '/home/kim/a.jpg' });
});

test('numbers and nested fields stay readable', () => {
  expect(withoutNames({ ms: 5, counts: { added: 1, path: '/x' }, list: ['/a', '/b'] })).toEqual({
    ms: 5,
    counts: { added: 1 },
    list: 2,
  });
});

test('the log is put aside when it is large, and only so many are kept', () => {
  const log = openLog(folder, 'info');
  const filler = 'x'.repeat(250_000);
  for (let line = 0; line < 60; line++) log.info('line', { filler });
  log.close();
  expect(statSync(join(folder, 'afterimage.log')).size).toBeLessThan(ROTATE_BYTES + 300_000);
  expect(existsSync(join(folder, 'afterimage.log.3'))).toBe(true);
  expect(existsSync(join(folder, 'afterimage.log.4'))).toBe(false);
});
