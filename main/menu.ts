// Runs in Electron's main process: the native menu as a table, in English and Korean: roles of the platform, and commands that the page does.
import { canAct, type ShellFacts } from '../contract/command-facts.ts';
import { shellCommands, type ShellCommand } from '../contract/desktop.ts';
import type { Menu, MenuItemConstructorOptions } from 'electron';
import { menuText, menuTexts, type MenuLanguage, type MenuText } from './menu-texts.ts';

type Role = NonNullable<MenuItemConstructorOptions['role']>;

/** Keys of the entries, the same on every platform; CmdOrCtrl is ⌘ on macOS and Ctrl elsewhere. */
const accelerators: Partial<Record<Role | ShellCommand, string>> = {
  quit: 'CmdOrCtrl+Q',
  close: 'CmdOrCtrl+W',
  undo: 'CmdOrCtrl+Z',
  redo: 'CmdOrCtrl+Shift+Z',
  cut: 'CmdOrCtrl+X',
  copy: 'CmdOrCtrl+C',
  paste: 'CmdOrCtrl+V',
  'select-all': 'CmdOrCtrl+A',
  resetZoom: 'CmdOrCtrl+0',
  zoomIn: 'CmdOrCtrl+Plus',
  zoomOut: 'CmdOrCtrl+-',
  minimize: 'CmdOrCtrl+M',
  'add-folder': 'CmdOrCtrl+O',
  'look-again': 'CmdOrCtrl+R',
  settings: 'CmdOrCtrl+,',
  find: 'CmdOrCtrl+F',
  export: 'CmdOrCtrl+E',
  'open-with': 'CmdOrCtrl+Shift+O',
  reveal: 'CmdOrCtrl+Shift+R',
};

/** Plain keys, which the page listens to itself: shown in the menu, not taken from the page. */
const plainKeys: Partial<Record<ShellCommand, string>> = {
  favourite: 'F',
  'rate-0': '0',
  'rate-1': '1',
  'rate-2': '2',
  'rate-3': '3',
  'rate-4': '4',
  'rate-5': '5',
  'more-like-this': 'M',
  'side-bar': 'B',
  details: 'I',
  outlines: 'R',
  filmstrip: 'T',
  compare: 'C',
  slideshow: 'S',
};

interface MenuOf {
  readonly of: MenuText;
  readonly entries: readonly Entry[];
}
type Entry = 'separator' | Role | ShellCommand | MenuOf;
const line = 'separator';

const stars: MenuOf = {
  of: 'stars',
  entries: ['rate-5', 'rate-4', 'rate-3', 'rate-2', 'rate-1', line, 'rate-0'],
};
const menuOfApp: readonly Entry[] = [
  ...(['about', line, 'settings', line, 'services', line] satisfies Entry[]),
  ...(['hide', 'hideOthers', 'unhide', line, 'quit'] satisfies Entry[]),
];
const menuOfFile = (mac: boolean): Entry[] => [
  ...(['add-folder', 'look-again', line, 'open-with', 'reveal', 'export', line, 'trash'] satisfies Entry[]),
  ...([line, 'errors'] satisfies Entry[]),
  ...((mac ? [line, 'close'] : ['settings', line, 'close', 'quit']) satisfies Entry[]),
];
const menuOfEdit: readonly Entry[] = [
  ...(['undo', 'redo', line, 'cut', 'copy', 'paste', line] satisfies Entry[]),
  ...(['select-all', 'select-none', line, 'find'] satisfies Entry[]),
];
const menuOfItem: readonly Entry[] = [
  ...(['favourite', stars, 'tags', 'new-album', 'hide-item', line] satisfies Entry[]),
  ...(['more-like-this', line, 'previous', 'next'] satisfies Entry[]),
];
const menuOfView: readonly Entry[] = [
  ...(['side-bar', 'details', 'outlines', 'filmstrip', 'compare', 'slideshow', line] satisfies Entry[]),
  ...(['resetZoom', 'zoomIn', 'zoomOut', line, 'togglefullscreen'] satisfies Entry[]),
];

const menusOf = (mac: boolean): MenuOf[] => [
  ...(mac ? [{ of: 'app', entries: menuOfApp } as const] : []),
  { of: 'file', entries: menuOfFile(mac) },
  { of: 'edit', entries: menuOfEdit },
  { of: 'item', entries: menuOfItem },
  { of: 'view', entries: menuOfView },
  { of: 'window', entries: mac ? ['minimize', 'zoom', line, 'front'] : ['minimize'] },
  { of: 'help', entries: mac ? ['keys'] : ['keys', line, 'about'] },
];

const isCommand = (entry: string): entry is ShellCommand =>
  (shellCommands as readonly string[]).includes(entry);

/**
 * The menu as Electron's template.
 *
 * @param facts - what decides which entries can act now; later by {@link enableEntries}
 * @param onCommand - a person chose an action that the page does
 */
export function menuTemplate(
  language: MenuLanguage,
  platform: NodeJS.Platform,
  facts: ShellFacts,
  onCommand: (command: ShellCommand) => void,
): MenuItemConstructorOptions[] {
  const text = (name: MenuText): string => menuText(name, language);
  const entryOf = (entry: Entry): MenuItemConstructorOptions => {
    if (typeof entry === 'object') return menuOf(entry);
    if (entry === line) return { type: 'separator' };
    const accelerator = accelerators[entry];
    if (isCommand(entry)) {
      const plain = plainKeys[entry];
      return {
        id: entry,
        label: text(entry),
        enabled: canAct(entry, facts),
        click: () => onCommand(entry),
        ...(accelerator === undefined ? {} : { accelerator }),
        // The page has the plain keys: in a text field they are letters.
        ...(plain === undefined ? {} : { accelerator: plain, registerAccelerator: false }),
      };
    }
    const label = entry in menuTexts ? { label: text(entry as MenuText) } : {};
    return { role: entry, ...label, ...(accelerator === undefined ? {} : { accelerator }) };
  };
  const menuOf = ({ of, entries }: MenuOf): MenuItemConstructorOptions => ({
    label: text(of),
    submenu: entries.map(entryOf),
  });
  return menusOf(platform === 'darwin').map(menuOf);
}

/** Greys the entries that cannot act now. A menu that is open stays as it is: no entry is made anew. */
export function enableEntries(menu: Pick<Menu, 'getMenuItemById'>, facts: ShellFacts): void {
  for (const command of shellCommands) {
    const item = menu.getMenuItemById(command);
    if (item) item.enabled = canAct(command, facts);
  }
}
