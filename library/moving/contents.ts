// Runs on the engine's thread: what a library's folder holds of ours, to be copied and to be removed. Nothing else is touched.
import { existsSync } from 'node:fs';
import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readMarker, removeMarker, syncFolder, writePointer } from './places.ts';

/** Folders of files that are copied as they are. */
const FOLDERS = ['previews', 'packs', 'vectors', 'logs'];
const BACKUP = 'library.db.before-update';
const DATABASES = ['index.db', 'library.db'];
const LOCK = ['lock.db', 'lock.db-journal', 'in-use-by.txt'];

/** Written under this name first, or of use to one process only. */
const PASSING = /\.part$|^afterimage-rows-/;

export interface OwnFile {
  /** Below the library's folder. */
  readonly path: string;
  readonly bytes: number;
  /** Written once, under another name: two places on one disk can share it. */
  readonly settled: boolean;
}

/** Files to copy beside the databases. */
export async function ownFiles(folder: string): Promise<OwnFile[]> {
  const found: string[] = existsSync(join(folder, BACKUP)) ? [BACKUP] : [];
  for (const name of FOLDERS) {
    const entries = await readdir(join(folder, name), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    for (const entry of entries)
      if (entry.isFile() && !PASSING.test(entry.name))
        found.push(join(entry.parentPath, entry.name).slice(folder.length + 1));
  }
  const files: OwnFile[] = [];
  for (const path of found) {
    const size = (await stat(join(folder, path)).catch(() => null))?.size;
    if (size !== undefined) files.push({ path, bytes: size, settled: isSettled(path) });
  }
  return files;
}

const isSettled = (path: string): boolean =>
  /^(previews|packs|vectors)[\\/]/.test(path) && !/^packs[\\/]\./.test(path);

/** What the two databases take, write-ahead logs included. */
export async function databaseBytes(folder: string): Promise<number> {
  const paths = DATABASES.flatMap((name) => [name, `${name}-wal`]);
  const sizes = await Promise.all(paths.map((path) => stat(join(folder, path)).catch(() => null)));
  return sizes.reduce((sum, found) => sum + (found?.size ?? 0), 0);
}

/**
 * Removes a library's files; what is not ours stays, and with it the folder. The databases go first: half of a
 * library must not be taken for one.
 *
 * @throws AbortError when `signal` fires; called again it goes on
 */
export async function removeContents(folder: string, signal?: AbortSignal): Promise<void> {
  const databases = DATABASES.flatMap((name) => ['', '-wal', '-shm', '-journal'].map((end) => name + end));
  for (const name of [...databases, BACKUP]) await rm(join(folder, name), { force: true });
  for (const name of [...FOLDERS, 'temporary']) {
    // Folder by folder, so that it can be stopped.
    const inner = await readdir(join(folder, name)).catch(() => []);
    for (const one of inner) {
      signal?.throwIfAborted();
      await rm(join(folder, name, one), { recursive: true, force: true });
    }
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Removes what a lock leaves. Nobody may hold it. */
export async function removeLock(folder: string): Promise<void> {
  for (const name of LOCK) await rm(join(folder, name), { force: true });
}

/**
 * Clears a copy that never counted, its marker last: whatever happens meanwhile, it is known for what it is.
 *
 * @param release - of the folder's lock, which the caller holds: another move may be on its way to the same place
 */
export async function clearCopy(folder: string, release: () => void): Promise<void> {
  let made = false;
  try {
    const marker = readMarker(folder);
    if (marker !== null) {
      made = marker.made;
      await removeContents(folder);
      if (marker.before !== null) writePointer(folder, marker.before);
      removeMarker(folder);
    }
  } finally {
    release();
  }
  await removeLock(folder);
  // Only when it is empty.
  if (made) await rmdir(folder).catch(() => undefined);
  syncFolder(dirname(folder));
}
