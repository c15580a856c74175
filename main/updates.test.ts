// Runs under Vitest: newer versions are looked for only while a person wants it.
import { beforeEach, expect, test, vi } from 'vitest';
import { loadUpdater, Updates, type Updater } from './updates.ts';

const checkForUpdates = vi.fn(async () => Promise.resolve(null));
const updater = { checkForUpdates, on: vi.fn() } as unknown as Updater;
const load = vi.fn(async (): Promise<Updater | null> => Promise.resolve(updater));
const stop = vi.fn();
let daily: (() => void) | null = null;
const make = () =>
  new Updates({
    load,
    every: (ms, call) => {
      expect(ms).toBe(86_400_000);
      daily = call;
      return stop;
    },
  });
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  vi.clearAllMocks();
  daily = null;
});

test('nothing is loaded or asked until it is wanted', async () => {
  const updates = make();
  updates.want(false);
  await settle();
  expect(load).not.toHaveBeenCalled();
  updates.want(true);
  await settle();
  expect(checkForUpdates).toHaveBeenCalledOnce();
  expect(updater).toMatchObject({ autoDownload: true, autoInstallOnAppQuit: true, allowDowngrade: false });
  daily?.();
  await settle();
  expect(checkForUpdates).toHaveBeenCalledTimes(2);
  expect(load).toHaveBeenCalledOnce();
});

test('turned off it stops, also while it is being loaded, and a failed look is no failure', async () => {
  const updates = make();
  updates.want(true);
  updates.want(false);
  await settle();
  expect(stop).toHaveBeenCalledOnce();
  expect(checkForUpdates).not.toHaveBeenCalled();
  checkForUpdates.mockRejectedValueOnce(new Error('no network'));
  updates.want(true);
  await settle();
  expect(checkForUpdates).toHaveBeenCalledOnce();
});

test('the package that the app would load has what is used of it', async () => {
  // Its own getter makes an updater, which needs Electron: here only the shape is looked at.
  vi.doMock('electron-updater', () => ({ default: { autoUpdater: updater } }));
  expect(await loadUpdater()).toBe(updater);
  expect(updater.on).toHaveBeenCalledWith('error', expect.any(Function));
});
