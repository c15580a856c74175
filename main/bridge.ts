// Runs in Electron's main process: answers the calls of the preload script, each only to our own page.
import type { BrowserWindow, Dialog, IpcMain, IpcMainInvokeEvent, NativeImage, Shell } from 'electron';
import { readShellFacts, type ShellFacts } from '../contract/command-facts.ts';
import type { DesktopOptions, OpenedPath } from '../contract/desktop.ts';
import { shellChannels } from '../contract/shell.ts';
import type { EngineProcess } from './engine-process.ts';
import { isOurPage } from './security.ts';

export interface BridgeParts {
  readonly ipc: Pick<IpcMain, 'handle'>;
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  readonly shell: Pick<Shell, 'showItemInFolder' | 'openPath'>;
  readonly engine: Pick<EngineProcess, 'port' | 'media'>;
  readonly window: () => BrowserWindow | null;
  readonly options: { get(): DesktopOptions; set(change: unknown): DesktopOptions };
  readonly opened: { take(): OpenedPath[] };
  /** What hangs at the pointer while files are dragged out. */
  readonly dragIcon: () => NativeImage;
  readonly onLanguage: (language: string) => void;
  readonly onFacts: (facts: ShellFacts) => void;
}

/** More than a hand drags; each is asked for by its id. */
const MOST_DRAGGED = 1_000;

function itemIdOf(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new Error('An item is named by its id.');
  return value as number;
}

/** Registers the handlers. A call from anything but the top frame of our page is refused. */
export function answerBridge(parts: BridgeParts): void {
  const { ipc, dialog, shell, engine, window, options, opened } = parts;
  const handle = (
    channel: string,
    answer: (ours: BrowserWindow, argument: unknown) => Promise<unknown>,
  ): void => {
    ipc.handle(channel, (event: IpcMainInvokeEvent, argument: unknown) => {
      const ours = window();
      if (ours === null || !isOurPage(event.senderFrame, ours.webContents))
        throw new Error('This call is for the page of Afterimage only.');
      return answer(ours, argument);
    });
  };

  handle(shellChannels.requestPort, async (ours) => {
    const port = await engine.port();
    if (ours.isDestroyed()) port.close();
    else ours.webContents.postMessage(shellChannels.port, null, [port]);
  });

  handle(shellChannels.pickFolder, async (ours) => {
    const { filePaths } = await dialog.showOpenDialog(ours, { properties: ['openDirectory'] });
    return filePaths[0] ?? null;
  });

  // By item id: the page cannot name a path that the engine does not know.
  const pathOf = async (itemId: unknown): Promise<string | null> =>
    (await engine.media()).locate(itemIdOf(itemId));

  handle(shellChannels.reveal, async (_ours, itemId) => {
    const path = await pathOf(itemId);
    if (path !== null) shell.showItemInFolder(path);
    return path !== null;
  });

  // Items are files with the names of pictures, films and sounds: nothing that would run.
  handle(shellChannels.openWith, async (_ours, itemId) => {
    const path = await pathOf(itemId);
    return path !== null && (await shell.openPath(path)) === '';
  });

  handle(shellChannels.dragOut, async (ours, itemIds) => {
    if (!Array.isArray(itemIds) || itemIds.length > MOST_DRAGGED) throw new Error('Items are named by ids.');
    const files = (await Promise.all(itemIds.map(pathOf))).filter((path) => path !== null);
    const [file] = files;
    if (file !== undefined) ours.webContents.startDrag({ file, files, icon: parts.dragIcon() });
    return files.length;
  });

  handle(shellChannels.language, async (_ours, language) => {
    if (typeof language === 'string') parts.onLanguage(language);
    return Promise.resolve();
  });
  handle(shellChannels.facts, async (_ours, said) => {
    const facts = readShellFacts(said);
    if (facts === null) throw new Error('The menu goes by its own facts, all of them and no others.');
    parts.onFacts(facts);
    return Promise.resolve();
  });
  handle(shellChannels.options, async () => Promise.resolve(options.get()));
  handle(shellChannels.setOptions, async (_ours, change) => Promise.resolve(options.set(change)));
  handle(shellChannels.takeOpened, async () => Promise.resolve(opened.take()));
}
