// Runs under Vitest: how the app puts its parts together, with a double of exactly the API that it uses.
import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindowConstructorOptions } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noShellFacts } from '../contract/command-facts.ts';
import { shellChannels } from '../contract/shell.ts';

const electron = await vi.hoisted(async () => {
  /** Where the app keeps what it remembers. */
  const place = { folder: '/nowhere/that/is' };
  const { EventEmitter } = await import('node:events');
  class App extends EventEmitter {
    isPackaged = false;
    enableSandbox = vi.fn();
    quit = vi.fn();
    getLocale = vi.fn(() => 'ko-KR');
    isReady = vi.fn(() => true);
    setLoginItemSettings = vi.fn();
    getPath = vi.fn(() => place.folder);
    requestSingleInstanceLock = vi.fn(() => true);
    whenReady = vi.fn(async () => Promise.resolve());
  }
  class Window extends EventEmitter {
    static readonly opened: Window[] = [];
    readonly options: unknown;
    loadURL = vi.fn(async () => Promise.resolve());
    show = vi.fn();
    focus = vi.fn();
    restore = vi.fn();
    isMinimized = vi.fn(() => true);
    isFocused = vi.fn(() => false);
    maximize = vi.fn();
    webContents = { mainFrame: {}, send: vi.fn() };
    constructor(options: unknown) {
      super();
      this.options = options;
      Window.opened.push(this);
    }
  }
  class Child extends EventEmitter {
    postMessage = vi.fn();
    kill = vi.fn();
  }
  const child = new Child();
  class Tray {
    static readonly made: Tray[] = [];
    readonly image: string;
    setToolTip = vi.fn();
    setContextMenu = vi.fn();
    on = vi.fn();
    destroy = vi.fn();
    constructor(image: string) {
      this.image = image;
      Tray.made.push(this);
    }
  }
  class Notification {
    static readonly shown: unknown[] = [];
    on = vi.fn();
    show = vi.fn(() => Notification.shown.push(this.note));
    readonly note: unknown;
    constructor(note: unknown) {
      this.note = note;
    }
  }
  /** Of the application's menu, by id. */
  const entries = new Map<string, { enabled: boolean }>();
  return {
    place,
    entries,
    Tray,
    Notification,
    nativeImage: { createFromPath: vi.fn() },
    app: new App(),
    child,
    BrowserWindow: Window,
    dialog: {
      showErrorBox: vi.fn(),
      showOpenDialog: vi.fn(),
      showMessageBox: vi.fn(async () => Promise.resolve({ response: 0 })),
    },
    ipcMain: { handle: vi.fn() },
    Menu: {
      setApplicationMenu: vi.fn(),
      buildFromTemplate: vi.fn((template: unknown) => template),
      getApplicationMenu: vi.fn(() => ({ getMenuItemById: (id: string) => entries.get(id) ?? null })),
    },
    MessageChannelMain: vi.fn(),
    protocol: { registerSchemesAsPrivileged: vi.fn(), handle: vi.fn() },
    screen: { getAllDisplays: vi.fn(() => []) },
    session: {
      defaultSession: {
        setPermissionRequestHandler: vi.fn(),
        setPermissionCheckHandler: vi.fn(),
        setDevicePermissionHandler: vi.fn(),
        webRequest: { onBeforeRequest: vi.fn() },
      },
    },
    shell: { showItemInFolder: vi.fn(), openPath: vi.fn() },
    utilityProcess: { fork: vi.fn((..._args: unknown[]) => child) },
  };
});
vi.mock('electron', () => electron);

async function startApp(): Promise<void> {
  vi.resetModules();
  await import('./main.ts');
  await Promise.resolve();
}

afterEach(() => rmSync(electron.place.folder, { recursive: true, force: true }));

beforeEach(() => {
  vi.clearAllMocks();
  electron.app.removeAllListeners();
  electron.child.removeAllListeners();
  electron.BrowserWindow.opened.length = 0;
  electron.Tray.made.length = 0;
  electron.Notification.shown.length = 0;
  electron.place.folder = mkdtempSync(join(tmpdir(), 'afterimage-main-'));
  electron.app.requestSingleInstanceLock.mockReturnValue(true);
});

test('the window is confined and shows our own page when it is ready', async () => {
  await startApp();
  const window = electron.BrowserWindow.opened[0];
  const { webPreferences, show } = window?.options as BrowserWindowConstructorOptions;
  expect(webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
  });
  expect(webPreferences?.preload).toMatch(/preload[\\/]preload\.cjs$/);
  expect(show).toBe(false);
  expect(window?.loadURL).toHaveBeenCalledWith('app://afterimage/');
  window?.emit('ready-to-show');
  expect(window?.show).toHaveBeenCalledOnce();
});

test('the sandbox and the schemes are set before anything is ready', async () => {
  await startApp();
  const [ready] = electron.app.whenReady.mock.invocationCallOrder;
  for (const early of [electron.app.enableSandbox, electron.protocol.registerSchemesAsPrivileged])
    expect(early.mock.invocationCallOrder[0]).toBeLessThan(ready ?? 0);
  expect(electron.protocol.handle.mock.calls.map(([scheme]) => scheme as unknown)).toEqual(['app', 'media']);
});

test('the session is secured, and every page that is made', async () => {
  await startApp();
  expect(electron.session.defaultSession.setPermissionRequestHandler).toHaveBeenCalledOnce();
  expect(electron.session.defaultSession.webRequest.onBeforeRequest).toHaveBeenCalledOnce();
  const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: vi.fn() });
  electron.app.emit('web-contents-created', {}, contents);
  expect(contents.setWindowOpenHandler).toHaveBeenCalledOnce();
  expect(contents.listenerCount('will-navigate')).toBe(1);
});

test('the engine runs in its own process, without variables that change how it starts', async () => {
  process.env['NODE_OPTIONS'] = '--no-warnings';
  await startApp();
  delete process.env['NODE_OPTIONS'];
  const [module, , options] = electron.utilityProcess.fork.mock.calls[0] ?? [];
  expect(module).toMatch(/hosts[\\/]utility\.ts$/);
  expect((options as { env: object }).env).not.toHaveProperty('NODE_OPTIONS');
  electron.app.emit('will-quit');
  expect(electron.child.kill).toHaveBeenCalledOnce();
});

test('the calls of the bridge are answered and no other', async () => {
  await startApp();
  const channels = electron.ipcMain.handle.mock.calls.map(([channel]) => channel as unknown);
  const { port: _port, event: _event, ...answered } = shellChannels;
  expect(channels.toSorted()).toEqual(Object.values(answered).toSorted());
});

test('a second start shows the window of the first and ends', async () => {
  await startApp();
  electron.app.emit('second-instance', {}, ['app'], '/');
  const window = electron.BrowserWindow.opened[0];
  expect(window?.restore).toHaveBeenCalledOnce();
  expect(window?.focus).toHaveBeenCalledOnce();

  electron.app.requestSingleInstanceLock.mockReturnValue(false);
  electron.utilityProcess.fork.mockClear();
  await startApp();
  expect(electron.app.quit).toHaveBeenCalledOnce();
  expect(electron.utilityProcess.fork).not.toHaveBeenCalled();
});

test('a library in use is said in the language of the system, and the app ends', async () => {
  await startApp();
  electron.child.emit('exit', 3);
  expect(electron.dialog.showErrorBox.mock.calls[0]?.[1]).toMatch(/라이브러리/);
  expect(electron.app.quit).toHaveBeenCalledOnce();
});

test('a library on a disk that is away is asked for with its place, and opened when a person has tried again', async () => {
  await startApp();
  electron.child.emit('message', { type: 'away', place: '/media/disk/Afterimage' });
  electron.child.emit('exit', 5);
  expect(electron.dialog.showMessageBox.mock.calls.at(-1)).toMatchObject([
    { detail: '/media/disk/Afterimage', buttons: ['다시 시도', 'Afterimage 종료'] },
  ]);
  await vi.waitFor(() => expect(electron.utilityProcess.fork).toHaveBeenCalledTimes(2));
  electron.dialog.showMessageBox.mockResolvedValueOnce({ response: 1 });
  electron.child.emit('exit', 5);
  await vi.waitFor(() => expect(electron.app.quit).toHaveBeenCalledOnce());
});

const optionsAre = (options: object): void =>
  writeFileSync(join(electron.place.folder, 'desktop.json'), JSON.stringify(options));
/** Calls one of the bridge's channels as our page does. */
async function fromPage(channel: string, argument?: unknown): Promise<unknown> {
  const [, answer] = electron.ipcMain.handle.mock.calls.find(([one]) => one === channel) as [
    string,
    (event: object, argument: unknown) => unknown,
  ];
  const { webContents } = electron.BrowserWindow.opened.at(-1)!;
  Object.assign(webContents.mainFrame, { url: 'app://afterimage/' });
  return answer({ senderFrame: webContents.mainFrame }, argument);
}
const said = (): unknown[] =>
  electron.BrowserWindow.opened.at(-1)!.webContents.send.mock.calls.map(([, event]) => event as unknown);

test('a menu entry is told to the page', async () => {
  await startApp();
  const template = electron.Menu.setApplicationMenu.mock.calls[0]?.[0] as {
    submenu: { label?: string; click?: () => void }[];
  }[];
  const settings = template.flatMap(({ submenu }) => submenu).find(({ label }) => label === '설정…');
  settings?.click?.();
  expect(said()).toEqual([{ type: 'command', command: 'settings' }]);
});

test('entries of the menu follow what the page says, and its window', async () => {
  await startApp();
  const tags = { enabled: true };
  electron.entries.set('tags', tags);
  await fromPage(shellChannels.facts, { ...noShellFacts, library: true });
  expect(tags.enabled).toBe(false);
  await fromPage(shellChannels.facts, { ...noShellFacts, library: true, selected: true });
  expect(tags.enabled).toBe(true);
  // In another language the menu is made anew, as it stood.
  await fromPage(shellChannels.language, 'en');
  const template = electron.Menu.setApplicationMenu.mock.calls.at(-1)?.[0] as {
    submenu: { id?: string; label?: string; enabled?: boolean }[];
  }[];
  const entry = template.flatMap(({ submenu }) => submenu).find(({ id }) => id === 'tags');
  expect(entry).toMatchObject({ label: 'Tags…', enabled: true });
  electron.BrowserWindow.opened[0]?.emit('closed');
  expect(tags.enabled).toBe(false);
});

test('what is opened with the app waits for the page: by a second start, and dropped on the icon', async () => {
  await startApp();
  const pictures = join(electron.place.folder, 'Pictures');
  mkdirSync(pictures);
  writeFileSync(join(pictures, 'cat.jpg'), 'a cat');
  electron.app.emit(
    'second-instance',
    {},
    ['app', '.', 'Pictures', '--library', pictures],
    electron.place.folder,
  );
  const preventDefault = vi.fn();
  electron.app.emit('open-file', { preventDefault }, join(pictures, 'cat.jpg'));
  electron.app.emit('open-file', { preventDefault }, join(pictures, 'no such file.jpg'));
  expect(preventDefault).toHaveBeenCalledTimes(2);
  expect(said()).toEqual([{ type: 'opened' }, { type: 'opened' }]);
  expect(await fromPage(shellChannels.takeOpened)).toEqual([
    { path: pictures, isFolder: true },
    { path: join(pictures, 'cat.jpg'), isFolder: false },
  ]);
  expect(await fromPage(shellChannels.takeOpened)).toEqual([]);
});

test('closed, the app ends; with "keep watching" it stays in the tray and comes back from there', async () => {
  await startApp();
  expect(electron.Tray.made).toEqual([]);
  electron.app.emit('window-all-closed');
  expect(electron.app.quit).toHaveBeenCalledTimes(process.platform === 'darwin' ? 0 : 1);

  electron.app.quit.mockClear();
  await fromPage(shellChannels.setOptions, { keepWatching: true });
  electron.BrowserWindow.opened[0]?.emit('closed');
  electron.app.emit('window-all-closed');
  expect(electron.app.quit).not.toHaveBeenCalled();
  const [tray] = electron.Tray.made;
  expect(tray?.image).toMatch(/icons[\\/]tray/);
  const [, show] = tray?.on.mock.calls[0] as [string, () => void];
  show();
  expect(electron.BrowserWindow.opened).toHaveLength(2);
  await fromPage(shellChannels.setOptions, { keepWatching: false });
  expect(tray?.destroy).toHaveBeenCalledOnce();
});

test('started with the computer it opens no window, but only where it has a tray', async () => {
  process.argv.push('--hidden');
  try {
    await startApp();
    expect(electron.BrowserWindow.opened).toHaveLength(1);
    electron.BrowserWindow.opened.length = 0;
    electron.app.removeAllListeners();
    optionsAre({ keepWatching: true });
    await startApp();
    expect(electron.BrowserWindow.opened).toHaveLength(0);
    electron.app.emit('second-instance', {}, ['app'], '/');
    expect(electron.BrowserWindow.opened).toHaveLength(1);
  } finally {
    process.argv.pop();
  }
});

test('a long index is told of by the system, to who asked for it and looks elsewhere', async () => {
  await startApp();
  electron.child.emit('message', { type: 'indexed', items: 1234 });
  expect(electron.Notification.shown).toEqual([]);
  await fromPage(shellChannels.setOptions, { notify: true });
  electron.child.emit('message', { type: 'indexed', items: 1234 });
  expect(electron.Notification.shown).toEqual([
    { title: '라이브러리가 준비되었습니다', body: '1,234개 항목을 내용으로 찾을 수 있습니다.' },
  ]);
  electron.BrowserWindow.opened[0]?.isFocused.mockReturnValue(true);
  electron.child.emit('message', { type: 'indexed', items: 1235 });
  expect(electron.Notification.shown).toHaveLength(1);
});
