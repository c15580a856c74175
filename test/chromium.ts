// Runs in tests and scripts: finds the browser that the end-to-end tests drive.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Chromium and its siblings lie when a platform's own installer put them there. */
function candidates(env: NodeJS.ProcessEnv): string[] {
  switch (process.platform) {
    case 'darwin':
      return [
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      ];
    case 'win32':
      return [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
        .filter((folder) => folder !== undefined)
        .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'));
    default:
      return [
        '/usr/bin/chromium',
        '/usr/bin/chromium-browser',
        '/usr/bin/google-chrome',
        '/usr/bin/google-chrome-stable',
      ];
  }
}

/**
 * The path of a Chromium, or null where there is none. `AFTERIMAGE_CHROMIUM` names another one.
 *
 * @param exists - whether a file is there; only tests give their own
 */
export function findChromium(
  env: NodeJS.ProcessEnv = process.env,
  exists: (path: string) => boolean = existsSync,
): string | null {
  const named = env['AFTERIMAGE_CHROMIUM'];
  if (named !== undefined && named !== '') return exists(named) ? named : null;
  return candidates(env).find((path) => exists(path)) ?? null;
}

/** Arguments for a browser that asks nothing of the network and may run as root in a container. */
export const CHROMIUM_ARGS: readonly string[] = [
  ...(process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
