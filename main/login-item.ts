// Runs in Electron's main process: starts the app when the person logs in, or no longer.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { App } from 'electron';

/** The app then waits in the tray where it may, and opens no window. */
export const HIDDEN = '--hidden';

export interface LoginParts {
  readonly app: Pick<App, 'setLoginItemSettings'>;
  readonly platform: NodeJS.Platform;
  /** The installed program; on Linux perhaps an AppImage, whose own path is in APPIMAGE. */
  readonly program: string;
  /** `~/.config`, as the desktop says. */
  readonly configFolder: string;
}

/** macOS and Windows have a setting of their own; desktops on Linux start what has a file in `autostart`. */
export function openAtLogin({ app, platform, program, configFolder }: LoginParts, wanted: boolean): void {
  if (platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: wanted, args: [HIDDEN] });
    return;
  }
  const entry = join(configFolder, 'autostart', 'afterimage.desktop');
  if (!wanted) {
    rmSync(entry, { force: true });
    return;
  }
  // Inside the quotes a desktop entry wants these four escaped, and a % doubled.
  const quoted = program.replace(/[\\"`$]/g, '\\$&').replaceAll('%', '%%');
  mkdirSync(dirname(entry), { recursive: true });
  writeFileSync(
    entry,
    ['[Desktop Entry]', 'Type=Application', 'Name=Afterimage', `Exec="${quoted}" ${HIDDEN}`, ''].join('\n'),
  );
}
