// Runs under Vitest: what the page gets of the bridge, with a double of exactly the API that it uses.
import { beforeEach, expect, test, vi } from 'vitest';
import { shellChannels } from '../contract/shell.ts';

const electron = vi.hoisted(() => ({
  contextBridge: { exposeInMainWorld: vi.fn() },
  ipcRenderer: { on: vi.fn(), invoke: vi.fn(async () => Promise.resolve(true)) },
}));
vi.mock('electron', () => electron);

interface Exposed {
  requestPort(): Promise<void>;
  pickFolder(): Promise<string | null>;
  reveal(itemId: number): Promise<boolean>;
}

beforeEach(async () => {
  vi.resetModules();
  vi.clearAllMocks();
  await import('./preload.ts');
});

test('the page gets three functions and nothing of Electron', async () => {
  const [name, exposed] = electron.contextBridge.exposeInMainWorld.mock.calls[0] as [string, Exposed];
  expect(name).toBe('afterimage');
  expect(Object.keys(exposed).sort()).toEqual(['pickFolder', 'requestPort', 'reveal']);
  await exposed.requestPort();
  await exposed.pickFolder();
  await exposed.reveal(7);
  expect(electron.ipcRenderer.invoke.mock.calls).toEqual([
    [shellChannels.requestPort],
    [shellChannels.pickFolder],
    [shellChannels.reveal, 7],
  ]);
});

test('a port from main is posted into the window of the page', () => {
  const postMessage = vi.fn();
  vi.stubGlobal('window', { postMessage });
  const [channel, listener] = electron.ipcRenderer.on.mock.calls[0] as [string, (event: object) => void];
  expect(channel).toBe(shellChannels.port);
  const port = {};
  listener({ ports: [port] });
  expect(postMessage).toHaveBeenCalledWith({ type: 'afterimage:port' }, '*', [port]);
  vi.unstubAllGlobals();
});
