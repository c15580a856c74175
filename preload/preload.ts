// Runs in the sandbox before the page: the one bridge, which hands the page a port to the engine.
import { contextBridge, ipcRenderer } from 'electron';
import { shellChannels } from '../contract/shell.ts';

// A port cannot cross the bridge as a value; it is posted into the page's own window instead.
ipcRenderer.on(shellChannels.port, (event) => {
  window.postMessage({ type: 'afterimage:port' }, '*', [...event.ports]);
});

contextBridge.exposeInMainWorld('afterimage', {
  /** Asks for a port to the engine; it comes as a message `{ type: 'afterimage:port' }` with the port. */
  requestPort: (): Promise<void> => ipcRenderer.invoke(shellChannels.requestPort) as Promise<void>,
  /** The platform's own folder dialog; null when it was closed without a choice. */
  pickFolder: (): Promise<string | null> =>
    ipcRenderer.invoke(shellChannels.pickFolder) as Promise<string | null>,
  /** Shows an item's file in the platform's file manager; false when there is no such item. */
  reveal: (itemId: number): Promise<boolean> =>
    ipcRenderer.invoke(shellChannels.reveal, itemId) as Promise<boolean>,
});
