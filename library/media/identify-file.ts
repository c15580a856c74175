// Runs in a decode worker thread: what a file is and the hash of its bytes, in one reading.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { changedWhileRead, emptyFile, fileFailure, notRegular, notSupported } from './media-failures.ts';
import type { Identity } from './job.ts';
import { HEAD_BYTES, kindOf, sniff } from './identify.ts';

/** What is read at once. A thread has one such buffer: it does one job at a time. */
const chunk = Buffer.allocUnsafeSlow(1024 * 1024);
/** 0 where the platform (Windows) does not know the flag: the look before opening then stands alone. */
const FLAGS =
  fs.constants.O_RDONLY |
  ((fs.constants.O_NONBLOCK as number | undefined) ?? 0) |
  ((fs.constants.O_NOFOLLOW as number | undefined) ?? 0);

/** Tells the caller that reading goes on; may throw to stop it. */
export type Progress = () => void;

function describe(stat: fs.BigIntStats): string {
  if (stat.isSymbolicLink()) return 'a link to another file';
  if (stat.isDirectory()) return 'a folder';
  if (stat.isFIFO()) return 'a pipe';
  if (stat.isSocket()) return 'a socket';
  return 'a device';
}

function sameContent(before: fs.BigIntStats, after: fs.BigIntStats): boolean {
  return (
    before.size === after.size &&
    before.mtimeNs === after.mtimeNs &&
    before.ino === after.ino &&
    before.dev === after.dev
  );
}

/** Opens a regular file for reading; a pipe, socket or device is refused without being opened. */
export function openRegular(path: string): { fd: number; stat: fs.BigIntStats } {
  const seen = fs.lstatSync(path, { bigint: true });
  if (!seen.isFile()) throw notRegular(describe(seen));
  const fd = fs.openSync(path, FLAGS);
  const stat = fs.fstatSync(fd, { bigint: true });
  if (stat.isFile()) return { fd, stat };
  fs.closeSync(fd);
  throw notRegular(describe(stat));
}

/**
 * Reads the whole file once.
 *
 * @param progress - called after each megabyte
 * @throws Failure FILE_* or MEDIA_NOT_SUPPORTED; what `progress` throws
 */
export async function identifyFile(path: string, progress: Progress): Promise<Identity> {
  try {
    const { fd, stat } = openRegular(path);
    try {
      return await identifyOpen(fd, path, stat, progress);
    } finally {
      fs.closeSync(fd);
    }
  } catch (error) {
    throw fileFailure(error);
  }
}

async function identifyOpen(
  fd: number,
  path: string,
  stat: fs.BigIntStats,
  progress: Progress,
): Promise<Identity> {
  if (stat.size === 0n) throw emptyFile();
  const head = Buffer.alloc(Math.min(HEAD_BYTES, Number(stat.size)));
  const headBytes = fs.readSync(fd, head, 0, head.length, 0);
  const mediaType = await sniff(head.subarray(0, headBytes));
  if (mediaType === null) throw notSupported('The content of the file is of no kind that is known here.');
  const kind = kindOf(mediaType);
  if (kind === null) throw notSupported(`Files of the type ${mediaType} cannot be shown or searched here.`);

  const hash = createHash('sha256');
  let bytes = 0;
  for (;;) {
    const got = fs.readSync(fd, chunk, 0, chunk.length, bytes);
    if (got === 0) break;
    hash.update(chunk.subarray(0, got));
    bytes += got;
    // A file that grows as fast as it is read would never end.
    if (bytes > Number(stat.size)) throw changedWhileRead();
    progress();
  }
  const now = fs.fstatSync(fd, { bigint: true });
  const atPath = fs.lstatSync(path, { bigint: true });
  if (bytes !== Number(stat.size) || !sameContent(stat, now) || !sameContent(stat, atPath))
    throw changedWhileRead();
  return { hash: hash.digest('hex'), kind, mediaType, bytes, modifiedMs: Number(stat.mtimeMs) };
}

/** Reads a regular file into memory. @throws Failure FILE_* or what `tooLarge` gives */
export function readRegular(path: string, maxBytes: number, tooLarge: (bytes: number) => Error): Buffer {
  try {
    const { fd, stat } = openRegular(path);
    try {
      if (stat.size === 0n) throw emptyFile();
      if (stat.size > BigInt(maxBytes)) throw tooLarge(Number(stat.size));
      const bytes = Buffer.allocUnsafeSlow(Number(stat.size));
      let filled = 0;
      while (filled < bytes.length) {
        const got = fs.readSync(fd, bytes, filled, bytes.length - filled, filled);
        if (got === 0) throw changedWhileRead();
        filled += got;
      }
      return bytes;
    } finally {
      fs.closeSync(fd);
    }
  } catch (error) {
    throw fileFailure(error);
  }
}
