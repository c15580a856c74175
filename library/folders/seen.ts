// Runs on the engine's thread: what a look at the disk tells of one file, and what it is compared by.
import { type BigIntStats, lstat, stat } from 'node:fs';
import type { FileRow, SeenFile } from '../database/files.ts';

/** A file as found on disk. */
export interface Found extends SeenFile {
  /** Why it cannot be opened, where that is clear without trying. */
  readonly trouble?: 'link-to-nothing' | 'name-unusable';
}

/** Follows no link. Numbers as bigint: inodes of some file systems do not fit a double. */
export const lookAt = (path: string): Promise<BigIntStats> =>
  new Promise((resolve, reject) =>
    lstat(path, { bigint: true }, (error, stats) => (error === null ? resolve(stats) : reject(error))),
  );

/** Follows links to their end. */
export const lookThrough = (path: string): Promise<BigIntStats> =>
  new Promise((resolve, reject) =>
    stat(path, { bigint: true }, (error, stats) => (error === null ? resolve(stats) : reject(error))),
  );

/** Device and inode: stays with a file when it is renamed. */
export const identityOf = (stats: BigIntStats): string => `${String(stats.dev)}:${String(stats.ino)}`;

export function foundOf(path: string, stats: BigIntStats): Found {
  return {
    path,
    bytes: Number(stats.size),
    modifiedMs: Number(stats.mtimeNs) / 1e6,
    identity: identityOf(stats),
  };
}

/** The code of a system error; '' for anything else. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** Whether a look failed because nothing is there. */
export const isGone = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error));

export const deviceOf = (identity: string): string => identity.slice(0, identity.indexOf(':'));
export const inodeOf = (identity: string): string => identity.slice(identity.indexOf(':') + 1);

/** Same content as far as a look from outside can tell. */
export const sameBytes = (a: SeenFile | FileRow, b: SeenFile | FileRow): boolean =>
  a.bytes === b.bytes && a.modifiedMs === b.modifiedMs;

/**
 * What a file keeps when it moves; null where the file system has no inodes to tell files apart by
 * (some network and FUSE mounts give 0), or the name could not be looked up.
 */
export const moveKey = (file: SeenFile | FileRow): string | null =>
  file.identity === '' || inodeOf(file.identity) === '0'
    ? null
    : `${file.identity}|${String(file.bytes)}|${String(file.modifiedMs)}`;

/** What tells that a root is there and the same; null when it is away. */
export async function signOf(rootPath: string): Promise<string | null> {
  try {
    const stats = await lookThrough(rootPath);
    if (!stats.isDirectory()) return null;
    return identityOf(stats);
  } catch {
    return null;
  }
}
