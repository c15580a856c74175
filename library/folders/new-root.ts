// Runs on the engine's thread: whether a folder can become a root.
import { opendirSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../../contract/index.ts';
import type { RootRow } from '../database/roots.ts';
import type { IgnoreRules } from './ignore.ts';
import { isWithin, wayFrom } from './places.ts';
import { isGone } from './seen.ts';

/**
 * A folder inside a root is refused, unless that root passes it over (a hidden folder, say): its pictures are
 * in the library already. A folder around a root is welcome: each keeps its own files, and the outer one has
 * all the others.
 *
 * @returns the folder's absolute path without links
 * @throws Failure FOLDER_NOT_FOUND, FOLDER_NOT_A_FOLDER, FOLDER_NOT_READABLE, FOLDER_IN_LIBRARY,
 *   ROOT_ALREADY_WATCHED
 */
export function checkNewRoot(
  path: string,
  roots: readonly RootRow[],
  ownFolder: string,
  rules: IgnoreRules,
): string {
  const real = existingFolder(resolve(path));
  if (isWithin(ownFolder, real))
    throw new Failure(
      'FOLDER_IN_LIBRARY',
      `${real} belongs to the library itself.`,
      'Choose the folder that holds your own pictures.',
    );
  for (const root of roots) {
    if (real === root.path)
      throw new Failure('ROOT_ALREADY_WATCHED', `${real} is watched already.`, 'Nothing is to be done.');
    if (isWithin(root.path, real) && !rules.hidesFolder(wayFrom(root.path, real)))
      throw new Failure(
        'ROOT_ALREADY_WATCHED',
        `${real} lies in ${root.path}, which is watched already.`,
        'Nothing is to be done: what it holds is found.',
      );
  }
  return real;
}

function existingFolder(path: string): string {
  let real: string;
  try {
    real = realpathSync.native(path);
    if (!statSync(real).isDirectory())
      throw new Failure('FOLDER_NOT_A_FOLDER', `${path} is not a folder.`, 'Choose the folder it lies in.');
    opendirSync(real).closeSync();
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (isGone(error))
      throw new Failure('FOLDER_NOT_FOUND', `There is no folder ${path}.`, 'Check how its name is written.', {
        cause: error,
      });
    throw new Failure(
      'FOLDER_NOT_READABLE',
      `${path} cannot be read.`,
      'Check its permissions, and that the disk it lies on is connected.',
      { cause: error },
    );
  }
  return real;
}
