// Runs on the engine's thread: a folder of files that can be made again, of which the least recently used go.
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

export type CacheFolder = ReturnType<typeof createCacheFolder>;

/** What is being written has this ending and a name of its own; it becomes the file by one rename. */
const UNFINISHED = '.part';

/**
 * @param folder - made when missing; what was left unfinished in it by an earlier run is removed
 * @param limitBytes - beyond it the least recently used go, never the one used now
 */
export function createCacheFolder(folder: string, limitBytes: number) {
  const makeFolder = (): void => void mkdirSync(folder, { recursive: true });
  makeFolder();
  for (const name of readdirSync(folder))
    if (name.endsWith(UNFINISHED)) rmSync(join(folder, name), { force: true });
  let written = 0;
  return {
    makeFolder,
    path: (name: string): string => join(folder, name),
    /** Removes every file of that name, whatever its ending. */
    forget(stem: string): void {
      for (const name of readdirSync(folder))
        if (name.startsWith(`${stem}.`)) rmSync(join(folder, name), { force: true });
    },
    /** Where to write what becomes `name`: another path each time, in the same folder. */
    unfinished: (name: string): string =>
      join(folder, `${name}.${String(process.pid)}-${String(++written)}${UNFINISHED}`),
    /** Marks a file as used now and removes the oldest beyond the limit. */
    used(path: string): void {
      const now = new Date();
      utimesSync(path, now, now);
      const files = readdirSync(folder)
        .filter((name) => !name.endsWith(UNFINISHED))
        .map((name) => join(folder, name))
        .map((file) => ({ file, stat: statSync(file, { throwIfNoEntry: false }) }))
        .flatMap(({ file, stat }) => (stat ? [{ file, bytes: stat.size, usedMs: stat.mtimeMs }] : []))
        .sort((a, b) => b.usedMs - a.usedMs);
      let total = 0;
      for (const { file, bytes } of files) {
        total += bytes;
        if (total > limitBytes && file !== path) rmSync(file, { force: true });
      }
    },
  };
}
