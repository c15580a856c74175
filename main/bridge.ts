// Runs in Electron's main process: answers the three calls of the preload script, each only to our own page.
import type { BrowserWindow, Dialog, IpcMain, IpcMainInvokeEvent, Shell } from 'electron';
import { shellChannels } from '../contract/shell.ts';
import type { EngineProcess } from './engine-process.ts';
import { isOurPage } from './security.ts';

export interface BridgeParts {
  readonly ipc: Pick<IpcMain, 'handle'>;
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  readonly shell: Pick<Shell, 'showItemInFolder'>;
  readonly engine: Pick<EngineProcess, 'port' | 'media'>;
  readonly window: () => BrowserWindow | null;
}

/** Registers the handlers. A call from anything but the top frame of our page is refused. */
export function answerBridge({ ipc, dialog, shell, engine, window }: BridgeParts): void {
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
  handle(shellChannels.reveal, async (_ours, itemId) => {
    if (!Number.isSafeInteger(itemId)) throw new Error('An item is named by its id.');
    const path = await (await engine.media()).locate(itemId as number);
    if (path !== null) shell.showItemInFolder(path);
    return path !== null;
  });
}
