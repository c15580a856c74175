// Runs in Electron's main process: the one window, as confined as Electron can make it.
import type { BrowserWindowConstructorOptions } from 'electron';

/** @param preload - absolute path of the built preload script */
export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    title: 'Afterimage',
    width: 1280,
    height: 860,
    minWidth: 420,
    minHeight: 360,
    // Shown when there is something to see.
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  };
}
