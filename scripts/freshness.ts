// Runs in scripts: whether what was built is younger than what it was built from.
import { statSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Whether a build is missing or older than one of its sources.
 *
 * @param folder - where the sources lie
 * @param sources - glob patterns below it
 * @param built - a file that every build writes last or anew
 */
export async function isStale(folder: string, sources: readonly string[], built: string): Promise<boolean> {
  const builtMs = statSync(built, { throwIfNoEntry: false })?.mtimeMs;
  if (builtMs === undefined) return true;
  for (const pattern of sources)
    for await (const path of glob(pattern, { cwd: folder }))
      if ((statSync(join(folder, path), { throwIfNoEntry: false })?.mtimeMs ?? 0) > builtMs) return true;
  return false;
}
