// Runs under Vitest: what the page gets of the bridge, with a double of exactly the API that it uses.
import { beforeEach, expect, test, vi } from 'vitest';
import { noShellFacts } from '../contract/command-facts.ts';
import { shellChannels } from '../contract/shell.ts';

const electron = vi.hoisted(() => ({
  contextBridge: { exposeInMainWorld: vi.fn() },
  ipcRenderer: { on: vi.fn(), invoke: vi.fn(async () => Promise.resolve(true)) },
  webUtils: { getPathForFile: vi.fn(() => '/pictures/cat.jpg') },
}));
vi.mock('electron', () => electron);

type Exposed = Record<string, (...args: unknown[]) => unknown>;
let name = '';
let exposed: Exposed = {};

beforeEach(async () => {
  vi.resetModules();
  vi.clearAllMocks();
  await import('./preload.ts');
  [name, exposed] = electron.contextBridge.exposeInMainWorld.mock.calls[0] as [string, Exposed];
});

test.each([
  ['requestPort', [], shellChannels.requestPort],
  ['pickFolder', [], shellChannels.pickFolder],
  ['reveal', [7], shellChannels.reveal],
  ['openWith', [7], shellChannels.openWith],
  ['dragOut', [[7, 8]], shellChannels.dragOut],
  ['speak', ['ko'], shellChannels.language],
  ['setFacts', [noShellFacts], shellChannels.facts],
  ['options', [], shellChannels.options],
  ['setOptions', [{ notify: true }], shellChannels.setOptions],
  ['takeOpened', [], shellChannels.takeOpened],
] as const)('%s is one call of main', async (one, args, channel) => {
  await exposed[one]?.(...args);
  expect(electron.ipcRenderer.invoke.mock.calls).toEqual([[channel, ...args]]);
});

test('the page gets functions only, and nothing of Electron', () => {
  expect(name).toBe('afterimage');
  expect(Object.keys(exposed).sort()).toEqual([
    ...['dragOut', 'onEvent', 'openWith', 'options', 'pathOf', 'pickFolder', 'requestPort', 'reveal'],
    ...['setFacts', 'setOptions', 'speak', 'takeOpened'],
  ]);
  const listener = vi.fn();
  exposed['onEvent']?.(listener);
  const [channel, told] = electron.ipcRenderer.on.mock.calls.at(-1) as [
    string,
    (event: object, told: object) => void,
  ];
  expect(channel).toBe(shellChannels.event);
  told({ sender: 'Electron’s own' }, { type: 'opened' });
  expect(listener.mock.calls).toEqual([[{ type: 'opened' }]]);
  expect(exposed['pathOf']?.({})).toBe('/pictures/cat.jpg');
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
