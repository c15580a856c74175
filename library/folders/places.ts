// Runs on the engine's thread: how folders lie to one another. Serves scan, watch and new roots.
import { realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';

/** Whether `path` is `folder` or lies in it. Both absolute and without links. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** `path` from `folder` on, '/' between parts; '' for the folder itself. */
export function wayFrom(folder: string, path: string): string {
  const way = relative(folder, path);
  return sep === '/' ? way : way.replaceAll(sep, '/');
}

/** The folder's path without links, as far as it exists. */
export function realFolder(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
