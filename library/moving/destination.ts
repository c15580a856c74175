// Runs on the engine's thread: whether a library can be moved to a folder, and what that takes.
import { constants } from 'node:fs';
import { access, readdir, realpath, stat, statfs } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { Failure, type MovePlan, type MovePlanRequest } from '../../contract/index.ts';
import { isWithin, realFolder } from '../folders/places.ts';
import { databaseBytes, ownFiles } from './contents.ts';
import { holdsLibrary, isCarriedOut, MARKER, POINTER, locateLibrary, readMarker } from './places.ts';

/** The name of a library in a folder that holds other things. */
const NAME = 'Afterimage';
/** Left free beside the library: its write-ahead logs grow while it is used. */
const SPARE_BYTES = 64 * 1024 * 1024;

/** What systems put into a folder or a disk by themselves: it is empty all the same. */
const CLUTTER = new Set([
  ...['.DS_Store', '.localized', 'Thumbs.db', 'desktop.ini', 'lost+found', 'System Volume Information'],
  ...['$RECYCLE.BIN', '.Spotlight-V100', '.fseventsd', '.Trashes', '.TemporaryItems', '.Trash-1000'],
]);
/** What lies at a place that a library has left or has not quite come to. */
const OURS = new Set([
  POINTER,
  `${POINTER}.part`,
  `${MARKER}.part`,
  'lock.db',
  'lock.db-journal',
  'in-use-by.txt',
]);

export interface DestinationOptions {
  /** The library's folder now, without links. */
  readonly from: string;
  /** Paths of the roots, present or away. */
  readonly roots: readonly string[];
  /** Free bytes on the disk of an existing folder; the system's own answer where it is left out. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/**
 * Looks at a destination and touches nothing.
 *
 * @throws Failure INPUT_INVALID, FOLDER_NOT_FOUND, FOLDER_NOT_A_FOLDER, FOLDER_NOT_EMPTY, FOLDER_NOT_WRITABLE,
 *   FOLDER_IN_LIBRARY, FOLDER_WATCHED
 */
export async function planMove(options: DestinationOptions, request: MovePlanRequest): Promise<MovePlan> {
  const { from, roots } = options;
  if (!isAbsolute(request.to))
    throw new Failure(
      'INPUT_INVALID',
      `${request.to} is not a whole path.`,
      'Name the folder from the root of its disk on.',
    );
  const { to, existing } = await placeOf(resolve(request.to));
  if (isWithin(from, to))
    throw new Failure(
      'FOLDER_IN_LIBRARY',
      to === from ? `The library lies in ${to} already.` : `${to} lies in the library's own folder.`,
      'Choose another folder.',
    );
  if (to === existing && !(await isFree(to, from))) {
    if (request.inside) return planMove(options, { to: join(to, NAME), inside: false });
    throw new Failure(
      'FOLDER_NOT_EMPTY',
      `${to} holds other things already.`,
      `Choose an empty folder, or one that is still to be made, such as ${join(to, NAME)}.`,
    );
  }
  for (const root of roots.map(realFolder))
    if (isWithin(root, to) || isWithin(to, root))
      throw new Failure(
        'FOLDER_WATCHED',
        isWithin(root, to)
          ? `${to} lies in ${root}, which is watched.`
          : `${root}, which is watched, lies in ${to}.`,
        'Choose a folder outside of those with your pictures.',
      );
  await access(existing, constants.W_OK | constants.X_OK).catch((error: unknown) => {
    throw notWritable(existing, error);
  });
  const free = options.freeBytes ?? freeOnDisk;
  const [files, databases] = await Promise.all([ownFiles(from), databaseBytes(from)]);
  const sharing = await isOneDisk(from, existing);
  const sum = (some: typeof files): number => some.reduce((all, { bytes }) => all + bytes, 0);
  return {
    ...{ from, to, bytes: sum(files) + databases, freeBytes: await free(existing) },
    neededBytes: sum(sharing ? files.filter(({ settled }) => !settled) : files) + databases + SPARE_BYTES,
  };
}

/** @throws Failure DISK_FULL, saying how much is missing */
export function requireRoom({ to, neededBytes, freeBytes }: MovePlan): void {
  if (freeBytes >= neededBytes) return;
  const [needed, free, missing] = [neededBytes, freeBytes, neededBytes - freeBytes].map(sayBytes);
  throw new Failure(
    'DISK_FULL',
    `${to} has room for ${String(free)} more, and the library needs ${String(needed)}: ${String(missing)} are missing.`,
    'Free some space there, or choose another disk.',
  );
}

export function notWritable(folder: string, cause: unknown): Failure {
  return new Failure(
    'FOLDER_NOT_WRITABLE',
    `Nothing can be written into ${folder}.`,
    'Choose another folder, or give yourself the right to write into it.',
    { cause },
  );
}

/** Whether two folders are on one file system, whose files can have two names. */
export async function isOneDisk(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([stat(one), stat(other)]);
  return a.dev === b.dev;
}

/** Without links as far as it exists, and the innermost folder of it that does. */
async function placeOf(path: string): Promise<{ to: string; existing: string }> {
  const missing: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    const found = await stat(at).catch((error: unknown) => {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' && at !== dirname(at)) return null;
      throw code === 'ENOENT' || code === 'ENOTDIR'
        ? new Failure('FOLDER_NOT_FOUND', `There is no folder ${at}.`, 'Check how its name is written.', {
            cause: error,
          })
        : notWritable(at, error);
    });
    if (found === null) missing.unshift(basename(at));
    else if (!found.isDirectory())
      throw new Failure('FOLDER_NOT_A_FOLDER', `${at} is not a folder.`, 'Choose the folder it lies in.');
    else {
      const existing = await realpath(at);
      return { to: join(existing, ...missing), existing };
    }
  }
}

/** Nothing is there but what may be replaced: a copy that was given up, or the way to where the library lies now. */
async function isFree(folder: string, from: string): Promise<boolean> {
  const names = (await readdir(folder)).filter((name) => !CLUTTER.has(name));
  if (names.length === 0) return true;
  if (isHalfCopy(folder)) return true;
  return names.every((name) => OURS.has(name)) && !holdsLibrary(folder) && leadsOnlyTo(folder, from);
}

/** Surely a copy that never counted: of another move it is not known while its other end is away. */
export function isHalfCopy(folder: string): boolean {
  const marker = readMarker(folder);
  if (marker === null || isCarriedOut(marker)) return false;
  return marker.state === 'copying' || holdsLibrary(marker.from);
}

function leadsOnlyTo(folder: string, from: string): boolean {
  try {
    const { hops, folder: end } = locateLibrary(folder);
    return hops.length === 0 || realFolder(end) === from;
  } catch {
    return false;
  }
}

async function freeOnDisk(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function sayBytes(bytes: number): string {
  const [value, unit] = bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`;
}
