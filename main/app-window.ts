// Runs in Electron's main process: the one window, made where it was closed, shown when there is something to see.
import { app, BrowserWindow, screen } from 'electron';
import { join } from 'node:path';
import type { ShellEvent } from '../contract/desktop.ts';
import { shellChannels } from '../contract/shell.ts';
import { rememberBounds, rememberedBounds } from './bounds.ts';
import { PAGE_ORIGIN } from './page-protocol.ts';
import { windowOptions } from './window.ts';

export class AppWindow {
  readonly #preload: string;
  #window: BrowserWindow | null = null;
  /** The page is gone. */
  onClosed: () => void = () => undefined;

  /** @param preload - absolute path of the built preload script */
  constructor(preload: string) {
    this.#preload = preload;
  }

  get current(): BrowserWindow | null {
    return this.#window;
  }

  open(): void {
    const memory = join(app.getPath('userData'), 'window.json');
    const bounds = rememberedBounds(
      memory,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    );
    const { maximized = false, ...place } = bounds ?? {};
    const opened = new BrowserWindow({ ...windowOptions(this.#preload), ...place });
    this.#window = opened;
    if (maximized) opened.maximize();
    rememberBounds(opened, memory);
    opened.once('ready-to-show', () => {
      opened.show();
    });
    opened.once('closed', () => {
      this.#window = null;
      this.onClosed();
    });
    void opened.loadURL(`${PAGE_ORIGIN}/`);
  }

  /** To the front; made anew where it was closed. Before the app is ready there is nothing to show. */
  readonly show = (): void => {
    if (!app.isReady()) return;
    if (this.#window === null) {
      this.open();
      return;
    }
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.focus();
  };

  /** To the page, if there is one. */
  tell(event: ShellEvent): void {
    this.#window?.webContents.send(shellChannels.event, event);
  }
}
