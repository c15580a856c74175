// Runs on the engine's thread: where a person's export goes: a folder they chose, a name that is free. Serves exports.
import { constants, closeSync, openSync, rmSync } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { basename, extname, join, relative, isAbsolute } from 'node:path';
import { Failure } from '../../contract/index.ts';

export interface Chosen {
  readonly folder: string;
  readonly evenIfWatched: boolean;
}

export interface Places {
  /** Of the library itself. */
  readonly ownFolder: string;
  readonly rootPaths: readonly string[];
}

/**
 * The folder with links followed, once it is known to be fit.
 *
 * @throws Failure FOLDER_NOT_FOUND, FOLDER_NOT_A_FOLDER, FOLDER_NOT_WRITABLE, FOLDER_IN_LIBRARY, FOLDER_WATCHED
 */
export async function checkDestination(chosen: Chosen, places: Places): Promise<string> {
  if (!isAbsolute(chosen.folder))
    throw new Failure('FOLDER_NOT_FOUND', 'The folder is not named whole.', 'Choose another folder.');
  const folder = await realpath(chosen.folder).catch((error: unknown) => {
    throw new Failure('FOLDER_NOT_FOUND', `There is no folder ${chosen.folder}.`, 'Choose another folder.', {
      cause: error,
    });
  });
  if (!(await stat(folder)).isDirectory())
    throw new Failure('FOLDER_NOT_A_FOLDER', `${folder} is not a folder.`, 'Choose a folder.');
  if (isWithin(folder, await real(places.ownFolder)))
    throw new Failure(
      'FOLDER_IN_LIBRARY',
      'This folder belongs to the library itself.',
      'Choose another folder.',
    );
  for (const root of places.rootPaths)
    if (!chosen.evenIfWatched && isWithin(folder, await real(root)))
      throw new Failure(
        'FOLDER_WATCHED',
        `${folder} is watched: what is written there becomes part of the library.`,
        'Choose another folder, or say that it is meant.',
      );
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw notWritable(folder, error);
  });
  return folder;
}

/**
 * Takes a free name in a folder by making an empty file of it: `name.mp4`, else `name 2.mp4` and on.
 *
 * @throws Failure FOLDER_NOT_WRITABLE, DISK_FULL
 */
export function takeName(folder: string, name: string): string {
  const ending = extname(name);
  const stem = basename(name, ending);
  for (let n = 1; ; n++) {
    const path = join(folder, n === 1 ? name : `${stem} ${String(n)}${ending}`);
    try {
      closeSync(openSync(path, 'wx'));
      return path;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      if (code === 'ENOSPC') throw new Failure('DISK_FULL', 'The disk is full.', 'Free some space.');
      throw notWritable(folder, error);
    }
  }
}

export const giveUpName = (path: string): void => rmSync(path, { force: true });

const real = (path: string): Promise<string> => realpath(path).catch(() => path);

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

const notWritable = (folder: string, cause: unknown): Failure =>
  new Failure(
    'FOLDER_NOT_WRITABLE',
    `Nothing can be written into ${folder}.`,
    'Choose another folder, or allow your user account to write there.',
    { cause },
  );
