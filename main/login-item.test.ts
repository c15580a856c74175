// Runs under Vitest: starting with the computer, by the platform's setting or a file of the desktop's.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openAtLogin } from './login-item.ts';

let configFolder: string;
beforeEach(() => {
  configFolder = mkdtempSync(join(tmpdir(), 'login-item-'));
});
afterEach(() => rmSync(configFolder, { recursive: true, force: true }));
const setLoginItemSettings = vi.fn();
const parts = (platform: NodeJS.Platform, program = '/opt/Afterimage/afterimage') => ({
  ...{ app: { setLoginItemSettings }, platform, program, configFolder },
});

test.each(['darwin', 'win32'] as const)('on %s the system is told', (platform) => {
  setLoginItemSettings.mockClear();
  openAtLogin(parts(platform), true);
  openAtLogin(parts(platform), false);
  expect(setLoginItemSettings.mock.calls).toEqual([
    [{ openAtLogin: true, args: ['--hidden'] }],
    [{ openAtLogin: false, args: ['--hidden'] }],
  ]);
});

test('on Linux a desktop entry comes and goes, its program quoted', () => {
  const entry = join(configFolder, 'autostart', 'afterimage.desktop');
  openAtLogin(parts('linux', '/home/mira/my "apps"/100%/After$image'), true);
  expect(readFileSync(entry, 'utf8').split('\n')).toContain(
    'Exec="/home/mira/my \\"apps\\"/100%%/After\\$image" --hidden',
  );
  openAtLogin(parts('linux'), false);
  expect(existsSync(entry)).toBe(false);
  openAtLogin(parts('linux'), false);
});
