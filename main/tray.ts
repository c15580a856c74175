// Runs in Electron's main process: the sign in the tray, there while a person wants the app to go on without a window.
import type { Menu, Tray } from 'electron';
import { menuText, type MenuLanguage } from './menu-texts.ts';

export interface TrayParts {
  readonly makeTray: () => Pick<Tray, 'setToolTip' | 'setContextMenu' | 'on' | 'destroy'>;
  readonly menu: Pick<typeof Menu, 'buildFromTemplate'>;
  readonly showWindow: () => void;
  readonly quit: () => void;
}

export class TraySign {
  readonly #parts: TrayParts;
  #tray: ReturnType<TrayParts['makeTray']> | null = null;

  constructor(parts: TrayParts) {
    this.#parts = parts;
  }

  /** Puts it there, in words of the language, or takes it away. */
  show(wanted: boolean, language: MenuLanguage): void {
    if (!wanted) {
      this.#tray?.destroy();
      this.#tray = null;
      return;
    }
    const { menu, showWindow, quit } = this.#parts;
    if (this.#tray === null) {
      this.#tray = this.#parts.makeTray();
      this.#tray.setToolTip('Afterimage');
      this.#tray.on('click', showWindow);
    }
    this.#tray.setContextMenu(
      menu.buildFromTemplate([
        { label: menuText('open', language), click: showWindow },
        { type: 'separator' },
        { label: menuText('quit', language), click: quit },
      ]),
    );
  }
}
