// Runs in Electron's main process: gives the desktop's parts what they use of Electron: menu, tray, login item, updates, notes.
import { app, Menu, nativeImage, Notification, Tray, type NativeImage, type UtilityProcess } from 'electron';
import { join } from 'node:path';
import type { AppWindow } from './app-window.ts';
import { Desktop } from './desktop.ts';
import { openAtLogin } from './login-item.ts';
import { enableEntries } from './menu.ts';
import { notifyWhenIndexed } from './notify.ts';
import { TraySign } from './tray.ts';
import { loadUpdater, Updates } from './updates.ts';

export interface Native {
  readonly desktop: Desktop;
  readonly dragIcon: () => NativeImage;
  /** Notes of this engine become notifications of the system. */
  listenTo(child: UtilityProcess): void;
}

/** @param icons - folder of the built icons */
export function makeNative(window: AppWindow, icons: string): Native {
  const tray = new TraySign({
    makeTray: () => new Tray(join(icons, process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png')),
    menu: Menu,
    showWindow: window.show,
    quit: () => app.quit(),
  });
  const updates = new Updates({
    // Only what an installer put there can be replaced.
    load: async () => (app.isPackaged ? loadUpdater() : null),
    every: (ms, call) => {
      const timer = setInterval(call, ms);
      return () => clearInterval(timer);
    },
  });
  const desktop = new Desktop({
    optionsPath: join(app.getPath('userData'), 'desktop.json'),
    locale: () => app.getLocale(),
    platform: process.platform,
    setMenu: (template) => Menu.setApplicationMenu(Menu.buildFromTemplate(template)),
    enableEntries: (facts) => {
      const menu = Menu.getApplicationMenu();
      if (menu) enableEntries(menu, facts);
    },
    showTray: (wanted, language) => tray.show(wanted, language),
    openAtLogin: (wanted) => {
      const program = process.env['APPIMAGE'] ?? process.execPath;
      const configFolder = app.getPath('appData');
      openAtLogin({ app, platform: process.platform, program, configFolder }, wanted);
    },
    checkForUpdates: (wanted) => updates.want(wanted),
    tell: (event) => window.tell(event),
    showWindow: window.show,
  });
  return {
    desktop,
    dragIcon: () => nativeImage.createFromPath(join(icons, 'drag.png')),
    listenTo: (child) => {
      notifyWhenIndexed(child, {
        wanted: () => desktop.options.get().notify,
        inFront: () => window.current?.isFocused() === true,
        language: () => desktop.language,
        show: (note) => {
          const notification = new Notification(note);
          notification.on('click', window.show);
          notification.show();
        },
      });
    },
  };
}
