// Runs on the answering thread: room on the disk for packs, and a full disk said in words.
import { mkdir, statfs } from 'node:fs/promises';
import { Failure } from '../../contract/index.ts';

/** Bytes that a person may still write where `folder` lies; made when missing. */
export async function freeBytes(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** An error of a full disk as a failure; any other as it is. */
export function diskFull(error: unknown, what: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new Failure(
    'DISK_FULL',
    `${what}: the disk is full.`,
    'Free some space and try again; what is there already is kept.',
    { cause: error },
  );
}
