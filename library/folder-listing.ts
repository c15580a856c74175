// Runs on the engine's thread: folders to choose from, for faces without a folder picker of the system.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Failure, type FolderListing } from '../contract/index.ts';

/** @throws Failure FOLDER_NOT_FOUND, FOLDER_NOT_A_FOLDER, FOLDER_NOT_READABLE */
export async function listFolders(asked?: string): Promise<FolderListing> {
  const path = resolve(asked ?? homedir());
  const parent = dirname(path);
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw folderFailure(path, error);
  });
  return {
    path,
    parent: parent === path ? null : parent,
    folders: entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => ({ name: entry.name, path: join(path, entry.name) }))
      .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })),
    places: places(),
  };
}

function places(): FolderListing['places'] {
  const home = homedir();
  const named = ['Pictures', 'Photos', 'Videos', 'Movies', 'Desktop', 'Downloads'].map((name) => ({
    name,
    path: join(home, name),
  }));
  const mounts = ['/Volumes', '/media', '/mnt'].map((path) => ({ name: path, path }));
  return [{ name: home, path: home }, ...[...named, ...mounts].filter((place) => existsSync(place.path))];
}

function folderFailure(path: string, error: unknown): Failure {
  const code = (error as { code?: unknown }).code;
  if (code === 'ENOENT')
    return new Failure('FOLDER_NOT_FOUND', `There is no folder ${path}.`, 'Choose another folder.');
  if (code === 'ENOTDIR')
    return new Failure('FOLDER_NOT_A_FOLDER', `${path} is not a folder.`, 'Choose the folder that holds it.');
  return new Failure(
    'FOLDER_NOT_READABLE',
    `${path} cannot be read.`,
    'Give yourself the right to read it, or choose another folder.',
    { cause: error },
  );
}
