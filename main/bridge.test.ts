// Runs under Vitest: the calls of the preload script, answered to our own page only.
import type { BrowserWindow, IpcMainInvokeEvent, MessagePortMain, NativeImage } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { noShellFacts } from '../contract/command-facts.ts';
import { noDesktopOptions } from '../contract/desktop.ts';
import { shellChannels } from '../contract/shell.ts';
import { answerBridge } from './bridge.ts';
import type { MediaClient } from './media-client.ts';

type Handler = (event: IpcMainInvokeEvent, argument?: unknown) => unknown;

const frame = { url: 'app://afterimage/' };
const postMessage = vi.fn();
const isDestroyed = vi.fn(() => false);
const showOpenDialog = vi.fn();
const showItemInFolder = vi.fn();
const openPath = vi.fn(async () => Promise.resolve(''));
const startDrag = vi.fn();
const set = vi.fn(() => noDesktopOptions);
const onLanguage = vi.fn();
const onFacts = vi.fn();
const icon = {} as NativeImage;
const close = vi.fn();
const locate = vi.fn<MediaClient['locate']>();
const port = { close } as unknown as MessagePortMain;
const window = {
  webContents: { mainFrame: frame, postMessage, startDrag },
  isDestroyed,
} as unknown as BrowserWindow;
let handlers: Map<string, Handler>;
let current: BrowserWindow | null;

beforeEach(() => {
  vi.clearAllMocks();
  handlers = new Map();
  current = window;
  answerBridge({
    ipc: { handle: (channel, handler) => void handlers.set(channel, handler as Handler) },
    dialog: { showOpenDialog },
    shell: { showItemInFolder, openPath },
    engine: { port: async () => port, media: async () => ({ locate }) as unknown as MediaClient },
    window: () => current,
    options: { get: () => noDesktopOptions, set },
    opened: { take: () => [{ path: '/pictures', isFolder: true }] },
    dragIcon: () => icon,
    onLanguage,
    onFacts,
  });
});

const call = async (channel: string, argument?: unknown, senderFrame: unknown = frame): Promise<unknown> =>
  handlers.get(channel)?.({ senderFrame } as IpcMainInvokeEvent, argument);

test('every call is refused to a frame that is not our page, and without a window', async () => {
  expect(handlers.size).toBe(10);
  for (const channel of handlers.keys()) {
    const stranger = { url: 'https://example.org/' };
    await expect(call(channel, 1, stranger)).rejects.toThrow('for the page of Afterimage only');
    await expect(call(channel, 1, null)).rejects.toThrow('for the page of Afterimage only');
    current = null;
    await expect(call(channel, 1)).rejects.toThrow('for the page of Afterimage only');
    current = window;
  }
  const asked = [postMessage, showOpenDialog, showItemInFolder, openPath, startDrag, locate];
  const done = [...asked, set, onLanguage, onFacts];
  expect(done.flatMap((one) => one.mock.calls as unknown[])).toEqual([]);
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

test('an item is opened in its program by its id', async () => {
  locate.mockResolvedValueOnce('/pictures/cat.jpg');
  expect(await call(shellChannels.openWith, 7)).toBe(true);
  expect(openPath).toHaveBeenCalledWith('/pictures/cat.jpg');
  locate.mockResolvedValueOnce('/pictures/cat.jpg');
  openPath.mockResolvedValueOnce('No program for it.');
  expect(await call(shellChannels.openWith, 7)).toBe(false);
  await expect(call(shellChannels.openWith, '/bin/sh')).rejects.toThrow('named by its id');
});

test('items are dragged out as files, those that are there', async () => {
  locate.mockResolvedValueOnce('/a.jpg').mockResolvedValueOnce(null).mockResolvedValueOnce('/c.jpg');
  expect(await call(shellChannels.dragOut, [1, 2, 3])).toBe(2);
  expect(startDrag).toHaveBeenCalledWith({ file: '/a.jpg', files: ['/a.jpg', '/c.jpg'], icon });
  for (const wrong of ['/etc/passwd', ['/etc/passwd'], Array(1_001).fill(1)])
    await expect(call(shellChannels.dragOut, wrong)).rejects.toThrow(/named by/);
  expect(startDrag).toHaveBeenCalledOnce();
});

test('options, opened paths and the language go through', async () => {
  expect(await call(shellChannels.options)).toEqual(noDesktopOptions);
  await call(shellChannels.setOptions, { notify: true });
  expect(set).toHaveBeenCalledWith({ notify: true });
  expect(await call(shellChannels.takeOpened)).toEqual([{ path: '/pictures', isFolder: true }]);
  await call(shellChannels.language, 'ko');
  await call(shellChannels.language, 7);
  expect(onLanguage.mock.calls).toEqual([['ko']]);
});

test('what decides the menu goes through whole and in no other form', async () => {
  await call(shellChannels.facts, { ...noShellFacts, selected: true });
  expect(onFacts.mock.calls).toEqual([[{ ...noShellFacts, selected: true }]]);
  for (const wrong of [undefined, 'selected', { selected: true }, { ...noShellFacts, path: '/pictures' }])
    await expect(call(shellChannels.facts, wrong)).rejects.toThrow('all of them and no others');
  expect(onFacts).toHaveBeenCalledOnce();
});
