// Runs as Electron's main process: starts the app, puts its parts together and ends it.
import { app, dialog, ipcMain, MessageChannelMain, protocol, session, shell, utilityProcess } from 'electron';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppWindow } from './app-window.ts';
import { broughtAlong } from './brought-along.ts';
import { answerBridge } from './bridge.ts';
import { EngineProcess } from './engine-process.ts';
import { HIDDEN } from './login-item.ts';
import { serveMedia } from './media-protocol.ts';
import { menuText } from './menu-texts.ts';
import { makeNative } from './native.ts';
import { servePage } from './page-protocol.ts';
import { secureContents, secureSession } from './security.ts';
import { answerTrash } from './trash.ts';

/** dist/, where the build lays main, preload, hosts and the page side by side. */
const built = fileURLToPath(new URL('..', import.meta.url));
const engineModule = join(built, 'hosts', `utility${extname(import.meta.url)}`);

/** Variables that would change how the engine's own process starts are not handed on. */
const { NODE_OPTIONS: _options, NODE_EXTRA_CA_CERTS: _certificates, ...handedOn } = process.env;
/** An installed app brings models and programs beside its archive; what a person names comes first. */
const engineEnv = app.isPackaged ? { ...broughtAlong(process.resourcesPath), ...handedOn } : handedOn;
/** Without the program, and in a checkout without the folder of the app. */
const ownArguments = (args: readonly string[]): string[] => args.slice(app.isPackaged ? 1 : 2);

// Before anything is ready: pages of every scheme start in the sandbox, and our schemes are secure origins.
app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  { scheme: 'media', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);

const window = new AppWindow(join(built, 'preload', 'preload.cjs'));
const native = makeNative(window, join(built, 'main', 'icons'));
const { desktop } = native;

function start(): void {
  desktop.start();
  secureSession(session.defaultSession);
  const engine = new EngineProcess({
    fork: () => {
      const child = utilityProcess.fork(engineModule, ownArguments(process.argv), {
        serviceName: 'Afterimage engine',
        stdio: 'inherit',
        env: engineEnv,
      });
      answerTrash(child, shell);
      native.listenTo(child);
      return child;
    },
    channel: () => new MessageChannelMain(),
    nowMs: () => Date.now(),
    after: (ms, call) => void setTimeout(call, ms),
    onInUse: () => {
      dialog.showErrorBox('Afterimage', menuText('inUse', desktop.language));
      app.quit();
    },
    onAway: (place, again) => {
      const [buttons, message] = [
        [menuText('tryAgain', desktop.language), menuText('quit', desktop.language)],
        menuText('away', desktop.language),
      ];
      void dialog
        .showMessageBox({ type: 'warning', message, detail: place, buttons, defaultId: 0, cancelId: 1 })
        .then(({ response }) => {
          if (response === 0) again();
          else app.quit();
        });
    },
  });
  protocol.handle('app', servePage(join(built, 'renderer')));
  protocol.handle(
    'media',
    serveMedia(() => engine.media()),
  );
  answerBridge({
    ...{ ipc: ipcMain, dialog, shell, engine, window: () => window.current },
    ...{ options: desktop.options, opened: desktop.opened, dragIcon: native.dragIcon },
    onLanguage: (language) => desktop.speak(language),
    onFacts: (facts) => desktop.setFacts(facts),
  });
  window.onClosed = () => desktop.setFacts();
  app.on('activate', window.show);
  app.on('will-quit', () => {
    engine.close();
  });
  // Started with the computer it waits in the tray; who has no tray sees a window.
  if (!(process.argv.includes(HIDDEN) && desktop.options.get().keepWatching)) window.open();
  desktop.openArguments(ownArguments(process.argv), process.cwd());
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, args, workingFolder) => {
    window.show();
    desktop.openArguments(ownArguments(args), workingFolder);
  });
  // macOS names what was dropped on the icon one by one, perhaps before the app is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    desktop.openPath(path);
  });
  app.on('web-contents-created', (_event, contents) => {
    secureContents(contents);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && !desktop.options.get().keepWatching) app.quit();
  });
  void app.whenReady().then(start);
} else {
  app.quit();
}
