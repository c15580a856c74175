// Runs in the sandbox before the page: the one bridge, which hands the page a port to the engine and the shell's few services.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { ShellFacts } from '../contract/command-facts.ts';
import type { DesktopOptions, OpenedPath, ShellEvent } from '../contract/desktop.ts';
import { shellChannels } from '../contract/shell.ts';

// A port cannot cross the bridge as a value; it is posted into the page's own window instead.
ipcRenderer.on(shellChannels.port, (event) => {
  window.postMessage({ type: 'afterimage:port' }, '*', [...event.ports]);
});

/** What the page gets of main is what our own main process answers. */
const call = <T>(channel: string, ...args: unknown[]): Promise<T> =>
  ipcRenderer.invoke(channel, ...args) as Promise<T>;

contextBridge.exposeInMainWorld('afterimage', {
  /** Asks for a port to the engine; it comes as a message `{ type: 'afterimage:port' }` with the port. */
  requestPort: (): Promise<void> => call(shellChannels.requestPort),
  /** The platform's own folder dialog; null when it was closed without a choice. */
  pickFolder: () => call<string | null>(shellChannels.pickFolder),
  /** Shows an item's file in the platform's file manager; false when there is no such item. */
  reveal: (itemId: number) => call<boolean>(shellChannels.reveal, itemId),
  /** Opens an item's file in the program that the platform has for it. */
  openWith: (itemId: number) => call<boolean>(shellChannels.openWith, itemId),
  /** Lets the platform drag the items' files, from the drag that has begun in the page. */
  dragOut: (itemIds: readonly number[]) => call<number>(shellChannels.dragOut, itemIds),
  /** Where a dropped file or folder lies; empty when it is none of the disk's. */
  pathOf: (file: File) => webUtils.getPathForFile(file),
  speak: (language: string): Promise<void> => call(shellChannels.language, language),
  setFacts: (facts: ShellFacts): Promise<void> => call(shellChannels.facts, facts),
  options: () => call<DesktopOptions>(shellChannels.options),
  setOptions: (change: Partial<DesktopOptions>) => call<DesktopOptions>(shellChannels.setOptions, change),
  /** Files and folders that were opened with the app, each told once. */
  takeOpened: () => call<OpenedPath[]>(shellChannels.takeOpened),
  /** Only what main says is handed on: no event of Electron's. */
  onEvent: (listener: (event: ShellEvent) => void) => {
    ipcRenderer.on(shellChannels.event, (_event, told: ShellEvent) => {
      listener(told);
    });
  },
});
