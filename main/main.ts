// Runs as Electron's main process: starts the app, puts its parts together and ends it.
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rememberBounds, rememberedBounds } from './bounds.ts';
import { answerBridge } from './bridge.ts';
import { EngineProcess } from './engine-process.ts';
import { answerTrash } from './trash.ts';
import { serveMedia } from './media-protocol.ts';
import { menuLanguage, menuTemplate } from './menu.ts';
import { PAGE_ORIGIN, servePage } from './page-protocol.ts';
import { secureContents, secureSession } from './security.ts';
import { windowOptions } from './window.ts';

/** dist/, where the build lays main, preload, hosts and the page side by side. */
const built = fileURLToPath(new URL('..', import.meta.url));
const engineModule = join(built, 'hosts', `utility${extname(import.meta.url)}`);

/** Variables that would change how the engine's own process starts are not handed on. */
const { NODE_OPTIONS: _options, NODE_EXTRA_CA_CERTS: _certificates, ...handedOn } = process.env;
/** An installed app brings the built-in pack's models, made ready, beside its archive. */
const engineEnv = app.isPackaged
  ? { AFTERIMAGE_BUILT_IN: join(process.resourcesPath, 'built-in'), ...handedOn }
  : handedOn;

let window: BrowserWindow | null = null;

// Before anything is ready: pages of every scheme start in the sandbox, and our schemes are secure origins.
app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  { scheme: 'media', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);

function openWindow(): void {
  const memory = join(app.getPath('userData'), 'window.json');
  const bounds = rememberedBounds(
    memory,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const { maximized = false, ...place } = bounds ?? {};
  const opened = new BrowserWindow({ ...windowOptions(join(built, 'preload', 'preload.cjs')), ...place });
  window = opened;
  if (maximized) opened.maximize();
  rememberBounds(opened, memory);
  opened.once('ready-to-show', () => {
    opened.show();
  });
  opened.once('closed', () => {
    window = null;
  });
  void opened.loadURL(`${PAGE_ORIGIN}/`);
}

function showWindow(): void {
  if (window === null) {
    openWindow();
    return;
  }
  if (window.isMinimized()) window.restore();
  window.focus();
}

function start(): void {
  const language = menuLanguage(app.getLocale());
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(language, process.platform)));
  secureSession(session.defaultSession);
  const engine = new EngineProcess({
    fork: () => {
      const child = utilityProcess.fork(engineModule, process.argv.slice(app.isPackaged ? 1 : 2), {
        serviceName: 'Afterimage engine',
        stdio: 'inherit',
        env: engineEnv,
      });
      answerTrash(child, shell);
      return child;
    },
    channel: () => new MessageChannelMain(),
    nowMs: () => Date.now(),
    after: (ms, call) => void setTimeout(call, ms),
    onInUse: () => {
      const english = 'Another program has this library open. Close it, then start Afterimage again.';
      const korean = '다른 프로그램이 이 라이브러리를 사용하고 있습니다. 그 프로그램을 닫고 다시 시작하세요.';
      dialog.showErrorBox('Afterimage', language === 'ko' ? korean : english);
      app.quit();
    },
  });
  protocol.handle('app', servePage(join(built, 'renderer')));
  protocol.handle(
    'media',
    serveMedia(() => engine.media()),
  );
  answerBridge({ ipc: ipcMain, dialog, shell, engine, window: () => window });
  app.on('activate', showWindow);
  app.on('will-quit', () => {
    engine.close();
  });
  openWindow();
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', showWindow);
  app.on('web-contents-created', (_event, contents) => {
    secureContents(contents);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  void app.whenReady().then(start);
} else {
  app.quit();
}
