// Runs on the answering thread: whether the files of a pack are what its manifest says.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../../contract/index.ts';

export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

const GET_AGAIN = 'Get the pack again.';

/** SHA-256 of a file, lower-case hexadecimal. */
export async function digestOf(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const stream = createReadStream(path, { highWaterMark: 1024 * 1024 });
  await (signal === undefined ? pipeline(stream, hash) : pipeline(stream, hash, { signal }));
  return hash.digest('hex');
}

/**
 * Checks that a listed file is a regular file inside the folder with the right length. Quick: reads no
 * content.
 *
 * @returns its absolute path
 * @throws Failure PACK_FILE_MISSING, PACK_FILE_DAMAGED or PACK_MANIFEST_INVALID
 */
export async function checkSize(folder: string, file: ListedFile): Promise<string> {
  const path = join(folder, file.path);
  const found = await lstat(path).catch(() => null);
  if (found === null)
    throw new Failure('PACK_FILE_MISSING', `${file.path} is missing from the pack.`, GET_AGAIN);
  const inside = `${await realpath(folder)}${sep}`;
  if (!found.isFile() || !(await realpath(path)).startsWith(inside))
    throw new Failure(
      'PACK_MANIFEST_INVALID',
      `${file.path} is not a regular file inside the pack's folder.`,
      'Replace links by the files themselves.',
    );
  if (found.size !== file.bytes)
    throw new Failure(
      'PACK_FILE_DAMAGED',
      `${file.path} has ${String(found.size)} bytes, expected ${String(file.bytes)}.`,
      GET_AGAIN,
    );
  return path;
}

/** As {@link checkSize}, then compares the content's digest. */
export async function checkDigest(folder: string, file: ListedFile, signal?: AbortSignal): Promise<void> {
  const path = await checkSize(folder, file);
  const digest = await digestOf(path, signal);
  if (digest !== file.sha256)
    throw new Failure(
      'PACK_FILE_DAMAGED',
      `${file.path} has another content than the manifest says (SHA-256 ${digest.slice(0, 12)}…, expected ${file.sha256.slice(0, 12)}…).`,
      GET_AGAIN,
    );
}
