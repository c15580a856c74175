// Runs under Vitest: what a person set of the shell, read back from a real file.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noDesktopOptions } from '../contract/desktop.ts';
import { DesktopOptionsFile } from './desktop-options.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desktop-options-'));
  path = join(folder, 'desktop.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const open = (onChange = vi.fn()) => new DesktopOptionsFile(path, onChange);

test('everything is off until it is turned on, and stays on at the next start', () => {
  expect(open().get()).toEqual(noDesktopOptions);
  expect(Object.values(noDesktopOptions)).toEqual([false, false, false, false]);
  const onChange = vi.fn();
  const now = { ...noDesktopOptions, notify: true };
  expect(open(onChange).set({ notify: true })).toEqual(now);
  expect(onChange).toHaveBeenCalledWith(now, noDesktopOptions);
  expect(open().get()).toEqual(now);
  expect(readdirSync(folder)).toEqual(['desktop.json']);
});

test('what is no option, or no boolean, is passed over', () => {
  expect(open().set({ notify: 'yes', runAsRoot: true, keepWatching: true })).toEqual({
    ...noDesktopOptions,
    keepWatching: true,
  });
  expect(open().set(null)).toEqual({ ...noDesktopOptions, keepWatching: true });
  for (const text of ['', 'null', '[1]', '{"notify":1}']) {
    writeFileSync(path, text);
    expect(open().get()).toEqual(noDesktopOptions);
  }
});
