// Runs in a decode worker thread: writes a file of the library so that it is whole or not there.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { dirname } from 'node:path';
import { fileFailure } from './media-failures.ts';

/** Writes beside the target and renames; makes the folder. @throws Failure DISK_FULL, FILE_NOT_READABLE */
export function writeAtomically(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    fs.mkdirSync(dirname(path), { recursive: true });
    fs.writeFileSync(temporary, bytes);
    fs.renameSync(temporary, path);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw fileFailure(error);
  }
}
