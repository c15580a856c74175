// Runs in scripts: whether the desktop shell can run here, found out without importing it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './tools.ts';

/** What the shell's program is called inside its folder when its package does not say. */
const programNames: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** The shell's program, or a sentence on why there is none to run. */
export type Desktop = { readonly program: string } | { readonly missing: string };

/**
 * Looks for Electron's binary where its package puts it after a download, or in
 * `ELECTRON_OVERRIDE_DIST_PATH`. Its package is never imported: outside the shell that throws or downloads.
 *
 * @param packageFolder - only tests give their own
 */
export function findDesktop(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  packageFolder: string = join(projectFolder, 'node_modules', 'electron'),
): Desktop {
  const pathFile = join(packageFolder, 'path.txt');
  const named = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : '';
  const overriding = env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '';
  const folder = overriding === '' ? join(packageFolder, 'dist') : overriding;
  const program = join(folder, named === '' ? (programNames[platform] ?? 'electron') : named);
  if (!existsSync(program)) return { missing: "Electron's binary is not installed" };
  const headless = platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'];
  return headless ? { missing: 'there is no display to open a window on' } : { program };
}
