// Runs under Vitest: the native menu in both languages on each platform, and what its entries do.
import type { MenuItemConstructorOptions } from 'electron';
import { expect, test, vi } from 'vitest';
import { shellCommands } from '../contract/desktop.ts';
import { menuTemplate } from './menu.ts';
import { menuLanguage } from './menu-texts.ts';

const entriesOf = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...entriesOf(Array.isArray(item.submenu) ? item.submenu : [])]);
const ignore = () => undefined;

test.each(['darwin', 'win32', 'linux'] as const)(
  'every entry on %s has words in both languages',
  (platform) => {
    const english = entriesOf(menuTemplate('en', platform, ignore));
    const korean = entriesOf(menuTemplate('ko', platform, ignore));
    expect(korean.map((item) => item.role)).toEqual(english.map((item) => item.role));
    for (const [index, item] of english.entries()) {
      if (item.type === 'separator' || item.label === 'Afterimage') continue;
      expect(item.label).toMatch(/^[A-Z][A-Za-z ]+…?$/);
      expect(korean[index]?.label).toMatch(/[가-힣]/);
    }
  },
);

test.each(['darwin', 'win32', 'linux'] as const)('every action has an entry on %s, once', (platform) => {
  const onCommand = vi.fn();
  for (const item of entriesOf(menuTemplate('en', platform, onCommand)))
    item.click?.({} as never, undefined, {});
  expect(onCommand.mock.calls.map(([command]) => command as unknown).toSorted()).toEqual(
    [...shellCommands].toSorted(),
  );
});

test('no key stands for two entries, and plain keys stay with the page', () => {
  for (const platform of ['darwin', 'linux'] as const) {
    const items = entriesOf(menuTemplate('en', platform, ignore));
    const keys = items.flatMap((item) => item.accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toContain('CmdOrCtrl+Q');
    for (const item of items)
      if (item.accelerator?.length === 1) expect(item.registerAccelerator).toBe(false);
  }
});

test('the menu has no entry that opens developer tools or reloads', () => {
  const roles = entriesOf(menuTemplate('en', 'linux', ignore)).map((item) => item.role);
  expect(roles).not.toContain('toggleDevTools');
  expect(roles).not.toContain('reload');
});

test('Korean is chosen for Korean locales only', () => {
  expect(['ko', 'ko-KR', 'KO'].map(menuLanguage)).toEqual(['ko', 'ko', 'ko']);
  expect(['en-GB', 'kok', 'de'].map(menuLanguage)).toEqual(['en', 'en', 'en']);
});
