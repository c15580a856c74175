// Runs in the command line: opens an address in the person's browser, by the platform's own opener.
import { spawn } from 'node:child_process';

/** How long an opener may take before it counts as having worked. */
const WAIT_MS = 1_500;

/** The opener and its arguments; an array, never a shell. */
export function openerOf(
  platform: NodeJS.Platform,
  url: string,
): readonly [program: string, ...args: string[]] {
  if (platform === 'darwin') return ['open', url];
  // `start` is a word of cmd's own and would read the address; this one takes it as it is.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}

/** @returns false when there is no opener, or it says that it could not */
export function openBrowser(url: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const [program, ...args] = openerOf(platform, url);
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true, windowsHide: true });
    const timer = setTimeout(() => resolve(true), WAIT_MS);
    const settle = (worked: boolean): void => {
      clearTimeout(timer);
      resolve(worked);
    };
    child.once('error', () => settle(false));
    child.once('exit', (code) => settle(code === 0));
    child.unref();
  });
}
