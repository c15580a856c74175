// Runs on the engine's thread: where the bytes of a file are to be read. Serves the steps.
import { realpath } from 'node:fs/promises';
import { Failure } from '../contract/index.ts';
import type { Database } from './database/database.ts';
import type { FileRow } from './database/files.ts';
import { absolutePath } from './item-cards.ts';

/**
 * The file's absolute path with links followed: folders/ has decided which links lead to a file of its own,
 * and decoders open no links.
 *
 * @throws Failure FILE_NOT_FOUND
 */
export async function sourcePath(database: Database, file: FileRow): Promise<string> {
  const rootPaths = new Map(database.roots.all().map((root) => [root.rootId, root.path]));
  const path = absolutePath(file, rootPaths);
  try {
    return await realpath(path);
  } catch (error) {
    throw new Failure(
      'FILE_NOT_FOUND',
      'The file, or what it links to, is not there any more.',
      'Bring it back, or let Afterimage look at the folder again.',
      { cause: error },
    );
  }
}
