// Runs on the engine's thread: where to begin: the platform's own folders for pictures and films.
import { readFileSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { SuggestedFolder } from '../contract/index.ts';
import { createIgnoreRules } from './folders/ignore.ts';

/** A look is short: enough to tell a full folder from an empty one. */
const MOST_ENTRIES = 4_000;

/** Those of the usual folders that are there, each once, without links. */
export async function suggestedFolders(home: string): Promise<SuggestedFolder[]> {
  const found = new Map<string, SuggestedFolder>();
  for (const path of [
    ...xdgFolders(home),
    join(home, 'Pictures'),
    join(home, 'Videos'),
    join(home, 'Movies'),
  ]) {
    const real = await realpath(path).catch(() => null);
    // A desktop without such a folder names the home itself: that is nobody's wish.
    if (real === null || real === home || found.has(real)) continue;
    const looked = await look(real);
    if (looked !== null) found.set(real, { ...looked, shown: real.replace(home, '~') });
  }
  return [...found.values()];
}

/**
 * The names that the desktop gives them, in the person's language: XDG_PICTURES_DIR="$HOME/사진"
 * (freedesktop.org, xdg-user-dirs).
 */
function xdgFolders(home: string): string[] {
  if (process.platform !== 'linux') return [];
  try {
    const text = readFileSync(join(home, '.config', 'user-dirs.dirs'), 'utf8');
    return [...text.matchAll(/^XDG_(?:PICTURES|VIDEOS)_DIR="(.*)"$/gm)].map(([, path = '']) =>
      path.replace(/^\$HOME/, home),
    );
  } catch {
    return [];
  }
}

async function look(folder: string): Promise<Omit<SuggestedFolder, 'shown'> | null> {
  const rules = createIgnoreRules([]);
  const waiting = [''];
  let entries = 0;
  let media = 0;
  for (let at = 0; at < waiting.length && entries < MOST_ENTRIES; at += 1) {
    const below = waiting[at] ?? '';
    const here = await readdir(join(folder, below), { withFileTypes: true }).catch(() => null);
    if (here === null) {
      if (at === 0) return null;
      continue;
    }
    for (const entry of here) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && !rules.ignoresFolder(path)) waiting.push(path);
      else if (entry.isFile() && !rules.ignoresFile(path)) media += 1;
    }
    entries += here.length;
  }
  return { path: folder, media, more: entries >= MOST_ENTRIES };
}
