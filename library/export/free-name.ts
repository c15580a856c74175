// Runs on the engine's thread: a name in a folder that nothing has yet. Serves export.
import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';

/**
 * `photo.jpg`, `photo (2).jpg`, … whichever is free, on the disk and among those given out already: upper and
 * lower case alike, as most disks have it.
 */
export function createFreeNames(folder: string | null): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const ending = extname(name);
    const stem = name.slice(0, name.length - ending.length);
    for (let at = 1; ; at += 1) {
      const candidate = at === 1 ? name : `${stem} (${String(at)})${ending}`;
      const key = candidate.normalize('NFC').toLowerCase();
      if (taken.has(key) || (folder !== null && existsSync(join(folder, candidate)))) continue;
      taken.add(key);
      return candidate;
    }
  };
}
