// Runs in Electron's main process: the native menu in English and Korean; its entries are the platform's own roles.
import type { MenuItemConstructorOptions } from 'electron';

type Role = NonNullable<MenuItemConstructorOptions['role']>;
type Entry = Role | 'separator';

export type MenuLanguage = 'en' | 'ko';

/** Each text in English and Korean. */
const texts = {
  file: ['File', '파일'],
  edit: ['Edit', '편집'],
  view: ['View', '보기'],
  window: ['Window', '윈도우'],
  about: ['About Afterimage', 'Afterimage 정보'],
  services: ['Services', '서비스'],
  hide: ['Hide Afterimage', 'Afterimage 가리기'],
  hideOthers: ['Hide Others', '기타 가리기'],
  unhide: ['Show All', '모두 보기'],
  quit: ['Quit Afterimage', 'Afterimage 종료'],
  close: ['Close Window', '윈도우 닫기'],
  undo: ['Undo', '실행 취소'],
  redo: ['Redo', '다시 실행'],
  cut: ['Cut', '잘라내기'],
  copy: ['Copy', '복사'],
  paste: ['Paste', '붙여넣기'],
  selectAll: ['Select All', '모두 선택'],
  resetZoom: ['Actual Size', '실제 크기'],
  zoomIn: ['Zoom In', '확대'],
  zoomOut: ['Zoom Out', '축소'],
  togglefullscreen: ['Full Screen', '전체 화면'],
  minimize: ['Minimise', '최소화'],
  zoom: ['Zoom', '확대/축소'],
  front: ['Bring All to Front', '모두 앞으로 가져오기'],
} as const;

/** Keys of the entries, the same on every platform; CmdOrCtrl is ⌘ on macOS and Ctrl elsewhere. */
const accelerators: Partial<Record<Role, string>> = {
  quit: 'CmdOrCtrl+Q',
  close: 'CmdOrCtrl+W',
  undo: 'CmdOrCtrl+Z',
  redo: 'CmdOrCtrl+Shift+Z',
  cut: 'CmdOrCtrl+X',
  copy: 'CmdOrCtrl+C',
  paste: 'CmdOrCtrl+V',
  selectAll: 'CmdOrCtrl+A',
  resetZoom: 'CmdOrCtrl+0',
  zoomIn: 'CmdOrCtrl+Plus',
  zoomOut: 'CmdOrCtrl+-',
  minimize: 'CmdOrCtrl+M',
};

const entriesOfApp: readonly Entry[] = [
  'about',
  'separator',
  'services',
  'separator',
  'hide',
  'hideOthers',
  'unhide',
  'separator',
  'quit',
];
const entriesOfEdit: readonly Entry[] = ['undo', 'redo', 'separator', 'cut', 'copy', 'paste', 'selectAll'];
const entriesOfView: readonly Entry[] = ['resetZoom', 'zoomIn', 'zoomOut', 'separator', 'togglefullscreen'];

/** The language of the menu for a locale such as `ko-KR`. */
export const menuLanguage = (locale: string): MenuLanguage => (/^ko\b/i.test(locale) ? 'ko' : 'en');

/** The menu as Electron's template. */
export function menuTemplate(
  language: MenuLanguage,
  platform: NodeJS.Platform,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const text = (name: keyof typeof texts): string => texts[name][language === 'ko' ? 1 : 0];
  const entry = (role: Entry): MenuItemConstructorOptions => {
    if (role === 'separator') return { type: 'separator' };
    const accelerator = accelerators[role];
    const label = role in texts ? { label: text(role as keyof typeof texts) } : {};
    return { role, ...label, ...(accelerator === undefined ? {} : { accelerator }) };
  };
  const menu = (name: keyof typeof texts, entries: readonly Entry[]): MenuItemConstructorOptions => ({
    label: text(name),
    submenu: entries.map(entry),
  });
  return [
    ...(mac ? [{ label: 'Afterimage', submenu: entriesOfApp.map(entry) }] : []),
    menu('file', mac ? ['close'] : ['close', 'separator', 'quit']),
    menu('edit', entriesOfEdit),
    menu('view', entriesOfView),
    menu('window', mac ? ['minimize', 'zoom', 'separator', 'front'] : ['minimize']),
    ...(mac ? [] : [{ label: language === 'ko' ? '도움말' : 'Help', submenu: [entry('about')] }]),
  ];
}
