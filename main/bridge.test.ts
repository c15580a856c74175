// Runs under Vitest: the calls of the preload script, answered to our own page only.
import type { BrowserWindow, IpcMainInvokeEvent, MessagePortMain } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { shellChannels } from '../contract/shell.ts';
import { answerBridge } from './bridge.ts';
import type { MediaClient } from './media-client.ts';

type Handler = (event: IpcMainInvokeEvent, argument?: unknown) => unknown;

const frame = { url: 'app://afterimage/' };
const postMessage = vi.fn();
const isDestroyed = vi.fn(() => false);
const showOpenDialog = vi.fn();
const showItemInFolder = vi.fn();
const close = vi.fn();
const locate = vi.fn<MediaClient['locate']>();
const port = { close } as unknown as MessagePortMain;
const window = { webContents: { mainFrame: frame, postMessage }, isDestroyed } as unknown as BrowserWindow;
let handlers: Map<string, Handler>;
let current: BrowserWindow | null;

beforeEach(() => {
  vi.clearAllMocks();
  handlers = new Map();
  current = window;
  answerBridge({
    ipc: { handle: (channel, handler) => void handlers.set(channel, handler as Handler) },
    dialog: { showOpenDialog },
    shell: { showItemInFolder },
    engine: { port: async () => port, media: async () => ({ locate }) as unknown as MediaClient },
    window: () => current,
  });
});

const call = async (channel: string, argument?: unknown, senderFrame: unknown = frame): Promise<unknown> =>
  handlers.get(channel)?.({ senderFrame } as IpcMainInvokeEvent, argument);

test('every call is refused to a frame that is not our page, and without a window', async () => {
  for (const channel of [shellChannels.requestPort, shellChannels.pickFolder, shellChannels.reveal]) {
    const stranger = { url: 'https://example.org/' };
    await expect(call(channel, 1, stranger)).rejects.toThrow('for the page of Afterimage only');
    await expect(call(channel, 1, null)).rejects.toThrow('for the page of Afterimage only');
    current = null;
    await expect(call(channel, 1)).rejects.toThrow('for the page of Afterimage only');
    current = window;
  }
  expect([postMessage, showOpenDialog, showItemInFolder].flatMap((one) => one.mock.calls)).toEqual([]);
});

test('a port is posted to our page', async () => {
  await call(shellChannels.requestPort);
  expect(postMessage).toHaveBeenCalledWith(shellChannels.port, null, [port]);
});

test('a port for a window that went meanwhile is closed', async () => {
  isDestroyed.mockReturnValueOnce(true);
  await call(shellChannels.requestPort);
  expect(postMessage).not.toHaveBeenCalled();
  expect(close).toHaveBeenCalledOnce();
});

test('a chosen folder is answered, and null for none', async () => {
  showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: ['/pictures'] });
  expect(await call(shellChannels.pickFolder)).toBe('/pictures');
  expect(showOpenDialog).toHaveBeenCalledWith(window, { properties: ['openDirectory'] });
  showOpenDialog.mockResolvedValueOnce({ canceled: true, filePaths: [] });
  expect(await call(shellChannels.pickFolder)).toBeNull();
});

test('an item is shown by its id, never by a path from the page', async () => {
  locate.mockResolvedValueOnce('/pictures/cat.jpg');
  expect(await call(shellChannels.reveal, 7)).toBe(true);
  expect(locate).toHaveBeenCalledWith(7);
  expect(showItemInFolder).toHaveBeenCalledWith('/pictures/cat.jpg');
  await expect(call(shellChannels.reveal, '/etc/passwd')).rejects.toThrow('named by its id');
  locate.mockResolvedValueOnce(null);
  expect(await call(shellChannels.reveal, 8)).toBe(false);
  expect(showItemInFolder).toHaveBeenCalledOnce();
});
