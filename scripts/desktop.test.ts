// Runs under Vitest: finding the desktop shell's binary in real folders.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findDesktop } from './desktop.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-desktop-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('without a downloaded binary there is no desktop, in words', () => {
  expect(findDesktop({ DISPLAY: ':0' }, 'linux', folder)).toEqual({
    missing: "Electron's binary is not installed",
  });
});

test('the binary that the package names is found', () => {
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'path.txt'), 'electron');
  writeFileSync(join(folder, 'dist', 'electron'), '');
  const program = join(folder, 'dist', 'electron');
  expect(findDesktop({ DISPLAY: ':0' }, 'linux', folder)).toEqual({ program });
  expect(findDesktop({}, 'win32', folder)).toEqual({ program });
});

test('a folder named by the environment is used instead', () => {
  writeFileSync(join(folder, 'electron.exe'), '');
  const found = findDesktop({ ELECTRON_OVERRIDE_DIST_PATH: folder }, 'win32', join(folder, 'none'));
  expect(found).toEqual({ program: join(folder, 'electron.exe') });
});

test('a binary without a display is no desktop', () => {
  writeFileSync(join(folder, 'electron'), '');
  const found = findDesktop({ ELECTRON_OVERRIDE_DIST_PATH: folder }, 'linux', folder);
  expect(found).toEqual({ missing: 'there is no display to open a window on' });
});
