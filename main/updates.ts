// Runs in Electron's main process: looks for a newer version, only while a person has turned that on.
import type { AppUpdater } from 'electron-updater';

/** What is used of electron-updater's `autoUpdater`. */
export type Updater = Pick<
  AppUpdater,
  'autoDownload' | 'autoInstallOnAppQuit' | 'allowDowngrade' | 'checkForUpdates' | 'on'
>;

export interface UpdatesParts {
  /** Loads the updater: not before it is wanted. Null where there is none, as in a checkout. */
  load(): Promise<Updater | null>;
  /** Calls again and again until the returned function is called. */
  every(ms: number, call: () => void): () => void;
}

const DAY_MS = 86_400_000;

/**
 * Once when turned on, then once a day. What is found is fetched, its signature and digest checked by
 * electron-updater, and put in place when the app ends. A failed look costs nothing: the next day has one.
 */
export class Updates {
  readonly #parts: UpdatesParts;
  #updater: Promise<Updater | null> | null = null;
  #stop: (() => void) | null = null;

  constructor(parts: UpdatesParts) {
    this.#parts = parts;
  }

  want(wanted: boolean): void {
    this.#stop?.();
    this.#stop = null;
    if (!wanted) return;
    this.#stop = this.#parts.every(DAY_MS, () => void this.#look());
    void this.#look();
  }

  async #look(): Promise<void> {
    this.#updater ??= this.#parts.load();
    const updater = await this.#updater;
    // Turned off while it was being loaded.
    if (updater === null || this.#stop === null) return;
    updater.autoDownload = true;
    updater.autoInstallOnAppQuit = true;
    updater.allowDowngrade = false;
    await updater.checkForUpdates().catch(() => undefined);
  }
}

/**
 * The package, loaded only by a run that wants it. It is CommonJS with a getter, which the default export has.
 * It fails of itself where the app was not installed by an installer.
 */
export async function loadUpdater(): Promise<Updater | null> {
  const { default: updaters } = await import('electron-updater');
  const { autoUpdater } = updaters;
  // An event of this name without a listener would end the process.
  autoUpdater.on('error', () => undefined);
  return autoUpdater;
}
