// Runs under Vitest: how the app puts its parts together, with a double of exactly the API that it uses.
import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { shellChannels } from '../contract/shell.ts';

const electron = await vi.hoisted(async () => {
  const { EventEmitter } = await import('node:events');
  class App extends EventEmitter {
    isPackaged = false;
    enableSandbox = vi.fn();
    quit = vi.fn();
    getLocale = vi.fn(() => 'ko-KR');
    getPath = vi.fn(() => '/nowhere/that/is');
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
    webContents = { mainFrame: {} };
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
  return {
    app: new App(),
    child,
    BrowserWindow: Window,
    dialog: { showErrorBox: vi.fn(), showOpenDialog: vi.fn() },
    ipcMain: { handle: vi.fn() },
    Menu: { setApplicationMenu: vi.fn(), buildFromTemplate: vi.fn((template: unknown) => template) },
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
    shell: { showItemInFolder: vi.fn() },
    utilityProcess: { fork: vi.fn((..._args: unknown[]) => child) },
  };
});
vi.mock('electron', () => electron);

async function startApp(): Promise<void> {
  vi.resetModules();
  await import('./main.ts');
  await Promise.resolve();
}

beforeEach(() => {
  vi.clearAllMocks();
  electron.app.removeAllListeners();
  electron.child.removeAllListeners();
  electron.BrowserWindow.opened.length = 0;
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

test('the three calls of the bridge are answered and no other', async () => {
  await startApp();
  const channels = electron.ipcMain.handle.mock.calls.map(([channel]) => channel as unknown);
  expect(channels).toEqual([shellChannels.requestPort, shellChannels.pickFolder, shellChannels.reveal]);
});

test('a second start shows the window of the first and ends', async () => {
  await startApp();
  electron.app.emit('second-instance');
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
