// Runs on the engine's thread: copies a library's files to its new place, several at a time, each of them on the disk when it is done.
import { link, mkdir, open, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../../contract/index.ts';
import type { OwnFile } from './contents.ts';
import { notWritable } from './destination.ts';
import { syncFolder } from './places.ts';

/** Many small files wait for the disk together: it then writes once for all of them. */
const AT_ONCE = 8;
const CHUNK_BYTES = 1024 * 1024;
/** A file that is written to meanwhile is copied again, so often. */
const TRIES = 3;

export interface CopyOptions {
  readonly from: string;
  readonly to: string;
  readonly files: readonly OwnFile[];
  /** Both places are on one disk: settled files get a second name instead of a copy. */
  readonly sharing: boolean;
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** @throws Failure DISK_FULL, FOLDER_NOT_WRITABLE, FILE_NOT_READABLE; AbortError */
export async function copyFiles(options: CopyOptions): Promise<void> {
  const { to, files, signal } = options;
  const folders = new Set(['.', ...files.map(({ path }) => dirname(path))]);
  for (const folder of folders) await mkdir(join(to, folder), { recursive: true });
  const waiting = files.values();
  const failed = new AbortController();
  const work = async (): Promise<void> => {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (const file of waiting) {
      signal.throwIfAborted();
      if (failed.signal.aborted) return;
      await copyOne(options, file, buffer).catch((error: unknown) => {
        failed.abort();
        throw copyFailure(error, to);
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  for (const folder of folders) syncFolder(join(to, folder));
}

async function copyOne(options: CopyOptions, file: OwnFile, buffer: Buffer): Promise<void> {
  const [source, target] = [join(options.from, file.path), join(options.to, file.path)];
  if (options.sharing && file.settled && (await isLinked(source, target))) {
    options.onBytes(file.bytes);
    return;
  }
  let told = 0;
  const tell = (bytes: number): void => {
    // Never more than was counted before: a log may have grown.
    const more = Math.min(bytes, file.bytes - told);
    told += more;
    options.onBytes(more);
  };
  for (let tries = 1; ; tries++) {
    const copied = await copyBytes(source, target, buffer, tell, options.signal);
    if (copied || tries === TRIES) break;
  }
  tell(file.bytes);
}

async function isLinked(source: string, target: string): Promise<boolean> {
  try {
    await link(source, target);
    return true;
  } catch {
    // The file system knows no second names, or the file is gone: the copy tells.
    return false;
  }
}

/** False: it was written to meanwhile. What is gone by now can be made again, and is passed over. */
async function copyBytes(
  source: string,
  target: string,
  buffer: Buffer,
  tell: (bytes: number) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const input = await open(source, 'r').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  if (input === null) return true;
  let output: FileHandle | null = null;
  try {
    const before = await input.stat();
    output = await open(target, 'w', before.mode & 0o777);
    let copied = 0;
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await input.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) break;
      for (let written = 0; written < bytesRead;)
        written += (await output.write(buffer, written, bytesRead - written, null)).bytesWritten;
      copied += bytesRead;
      tell(bytesRead);
    }
    // By its time the least recently used goes first.
    await output.utimes(before.atime, before.mtime);
    await output.sync();
    const [after, there] = await Promise.all([input.stat(), stat(target)]);
    return after.size === copied && there.size === copied && after.mtimeMs === before.mtimeMs;
  } finally {
    await Promise.all([input.close(), output?.close()]);
  }
}

/** What went wrong while copying, in words. Errors of an open file name no path: what is written is taken for at fault. */
export function copyFailure(error: unknown, to: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  if (error instanceof Failure || code === undefined || code.startsWith('ABORT')) return error;
  if (['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes(code))
    return new Failure(
      'DISK_FULL',
      `The disk of ${to} is full.`,
      'Free some space there, or choose another disk.',
      {
        cause: error,
      },
    );
  if (path === undefined || path.startsWith(to)) return notWritable(to, error);
  return new Failure(
    'FILE_NOT_READABLE',
    `${path} cannot be read (${code}).`,
    'Check the disk of the library.',
    {
      cause: error,
    },
  );
}
