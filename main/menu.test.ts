// Runs under Vitest: the native menu in both languages on each platform.
import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { menuLanguage, menuTemplate } from './menu.ts';

const entriesOf = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...entriesOf(Array.isArray(item.submenu) ? item.submenu : [])]);

test.each(['darwin', 'win32', 'linux'] as const)(
  'every entry on %s has words in both languages',
  (platform) => {
    const english = entriesOf(menuTemplate('en', platform));
    const korean = entriesOf(menuTemplate('ko', platform));
    expect(english.length).toBeGreaterThan(15);
    expect(korean.map((item) => item.role)).toEqual(english.map((item) => item.role));
    for (const [index, item] of english.entries()) {
      if (item.type === 'separator' || item.label === 'Afterimage') continue;
      expect(item.label).toMatch(/^[A-Z][A-Za-z ]+$/);
      expect(korean[index]?.label).toMatch(/[가-힣]/);
    }
  },
);

test('no key stands for two entries', () => {
  for (const platform of ['darwin', 'linux'] as const) {
    const keys = entriesOf(menuTemplate('en', platform)).flatMap((item) => item.accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toContain('CmdOrCtrl+Q');
  }
});

test('the menu has no entry that opens developer tools or reloads', () => {
  const roles = entriesOf(menuTemplate('en', 'linux')).map((item) => item.role);
  expect(roles).not.toContain('toggleDevTools');
  expect(roles).not.toContain('reload');
});

test('Korean is chosen for Korean locales only', () => {
  expect(['ko', 'ko-KR', 'KO'].map(menuLanguage)).toEqual(['ko', 'ko', 'ko']);
  expect(['en-GB', 'kok', 'de'].map(menuLanguage)).toEqual(['en', 'en', 'en']);
});
