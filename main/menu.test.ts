// Runs under Vitest: the native menu in both languages on each platform, and what its entries do.
import type { MenuItem, MenuItemConstructorOptions } from 'electron';
import { expect, test, vi } from 'vitest';
import { canAct, noShellFacts, readShellFacts, type ShellFact } from '../contract/command-facts.ts';
import { shellCommands, type ShellCommand } from '../contract/desktop.ts';
import { enableEntries, menuTemplate } from './menu.ts';
import { menuLanguage } from './menu-texts.ts';

const entriesOf = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...entriesOf(Array.isArray(item.submenu) ? item.submenu : [])]);
const ignore = () => undefined;
const factsOf = (...facts: ShellFact[]) => ({
  ...noShellFacts,
  ...Object.fromEntries(facts.map((fact) => [fact, true])),
});
const possible = (...facts: ShellFact[]): ShellCommand[] =>
  shellCommands.filter((command) => canAct(command, factsOf(...facts)));

test.each(['darwin', 'win32', 'linux'] as const)(
  'every entry on %s has words in both languages',
  (platform) => {
    const english = entriesOf(menuTemplate('en', platform, noShellFacts, ignore));
    const korean = entriesOf(menuTemplate('ko', platform, noShellFacts, ignore));
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
  for (const item of entriesOf(menuTemplate('en', platform, noShellFacts, onCommand)))
    item.click?.({} as never, undefined, {});
  expect(onCommand.mock.calls.map(([command]) => command as unknown).toSorted()).toEqual(
    [...shellCommands].toSorted(),
  );
});

test('no key stands for two entries, and plain keys stay with the page', () => {
  for (const platform of ['darwin', 'linux'] as const) {
    const items = entriesOf(menuTemplate('en', platform, noShellFacts, ignore));
    const keys = items.flatMap((item) => item.accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toContain('CmdOrCtrl+Q');
    for (const item of items)
      if (item.accelerator?.length === 1) expect(item.registerAccelerator).toBe(false);
  }
});

test('the menu has no entry that opens developer tools or reloads', () => {
  const roles = entriesOf(menuTemplate('en', 'linux', noShellFacts, ignore)).map((item) => item.role);
  expect(roles).not.toContain('toggleDevTools');
  expect(roles).not.toContain('reload');
});

test('Korean is chosen for Korean locales only', () => {
  expect(['ko', 'ko-KR', 'KO'].map(menuLanguage)).toEqual(['ko', 'ko', 'ko']);
  expect(['en-GB', 'kok', 'de'].map(menuLanguage)).toEqual(['en', 'en', 'en']);
});

const always: ShellCommand[] = ['add-folder', 'settings', 'errors', 'keys'];
const ratings: ShellCommand[] = ['favourite', 'rate-1', 'rate-2', 'rate-3', 'rate-4', 'rate-5', 'rate-0'];
const ofList: ShellCommand[] = ['look-again', 'find', 'side-bar'];
test.each<[string, ShellFact[], ShellCommand[]]>([
  ['without a page', [], always],
  ['with a library', ['library', 'listed'], [...always, ...ofList, 'select-all']],
  ['with an empty list', ['library', 'undo'], [...always, ...ofList, 'undo']],
  [
    'with the focus on an item',
    ['library', 'listed', 'focused', 'next'],
    [...always, ...ofList, ...ratings, 'select-all', 'more-like-this', 'next'],
  ],
  [
    'with a selection',
    ['library', 'listed', 'selected', 'previous'],
    [
      ...[...always, ...ofList, ...ratings, 'select-all', 'select-none', 'open-with', 'reveal'],
      ...['export', 'trash', 'tags', 'new-album', 'hide-item'],
    ] as ShellCommand[],
  ],
  [
    'with a picture open over a selection',
    ['library', 'listed', 'selected', 'undo', 'picture', 'beside', 'regions', 'previous'],
    [
      ...[...always, 'look-again', 'open-with', 'reveal', 'more-like-this', 'previous', 'details'],
      ...[...ratings, 'outlines', 'filmstrip', 'compare', 'slideshow'],
    ] as ShellCommand[],
  ],
  [
    'with a film open',
    ['library', 'listed', 'player', 'next'],
    [...always, ...ratings, 'look-again', 'open-with', 'reveal', 'more-like-this', 'next', 'details'],
  ],
  [
    'under a dialog',
    ['library', 'listed', 'selected', 'focused', 'undo', 'redo', 'next', 'dialog'],
    [...always, 'look-again'],
  ],
  ['in a text', ['dialog', 'text'], [...always, 'undo', 'redo', 'select-all']],
])('%s exactly these can act', (_, facts, expected) => {
  expect(possible(...facts).toSorted()).toEqual(expected.toSorted());
});

test('entries that cannot act are greyed, at first and whenever what decides it changes', () => {
  const template = entriesOf(menuTemplate('en', 'linux', factsOf('library'), ignore));
  const items = new Map(template.flatMap(({ id, enabled }) => (id ? [[id, { enabled } as MenuItem]] : [])));
  const enabled = () => [...items].filter(([, item]) => item.enabled).map(([id]) => id);
  expect([...items.keys()].toSorted()).toEqual([...shellCommands].toSorted());
  expect(enabled().toSorted()).toEqual(possible('library').toSorted());
  const menu = { getMenuItemById: (id: string) => items.get(id) ?? null };
  enableEntries(menu, factsOf('library', 'picture', 'beside'));
  expect(enabled().toSorted()).toEqual(possible('library', 'picture', 'beside').toSorted());
});

test('of a page only all of the facts are believed, each true or false', () => {
  expect(readShellFacts(factsOf('undo'))).toEqual(factsOf('undo'));
  const { undo: _undo, ...fewer } = noShellFacts;
  for (const wrong of [
    null,
    'undo',
    [],
    {},
    fewer,
    { ...noShellFacts, undo: 1 },
    { ...noShellFacts, more: true },
  ])
    expect(readShellFacts(wrong)).toBeNull();
});
