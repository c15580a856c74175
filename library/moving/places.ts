// Runs on the engine's thread: where a library lies now, by the small files that a move leaves at its old and its new place.
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../contract/index.ts';

/** At the old place, from the moment on at which the new one counts. Its rename is that moment. */
export const POINTER = 'moved-to.json';
/** At the new place, from before the first byte is copied until nothing is left to do at the old one. */
export const MARKER = 'moving.json';

const Pointer = z.object({ to: z.string(), id: z.string() });
/** `id` names one move: a pointer and a marker belong together when theirs are the same. */
export type Pointer = z.infer<typeof Pointer>;

const Marker = z.object({
  id: z.string(),
  from: z.string(),
  /** `whole`: everything is there and lasts; whether it counts, the pointer says. */
  state: z.enum(['copying', 'whole']),
  keep: z.boolean(),
  /** The folder was made for the move and goes with a copy that is given up. */
  made: z.boolean(),
  /** The pointer that lay there: a place of before, to which the library comes back. */
  before: Pointer.nullable(),
  bytes: z.number(),
  seconds: z.number(),
});
export type Marker = z.infer<typeof Marker>;

export const readPointer = (folder: string): Pointer | null => read(join(folder, POINTER), Pointer);
export const readMarker = (folder: string): Marker | null => read(join(folder, MARKER), Marker);

export function writePointer(folder: string, pointer: Pointer): void {
  const what = 'The Afterimage library that lay in this folder is there now; this file leads to it.';
  write(join(folder, POINTER), { what, ...pointer });
}

export function writeMarker(folder: string, marker: Marker): void {
  const what = 'An Afterimage library is being moved here. Remove this folder only while none is.';
  write(join(folder, MARKER), { what, ...marker });
}

export const removePointer = (folder: string): void => rmSync(join(folder, POINTER), { force: true });
export const removeMarker = (folder: string): void => rmSync(join(folder, MARKER), { force: true });

export const holdsLibrary = (folder: string): boolean => existsSync(join(folder, 'library.db'));

/** Whether the move that a marker tells of was carried out: the old place leads here. */
export const isCarriedOut = (marker: Marker): boolean => readPointer(marker.from)?.id === marker.id;

/** Where the library of a folder lies instead; null: there, or it is to be made there. */
export function leadsTo(folder: string): string | null {
  const pointer = readPointer(folder);
  if (pointer !== null) return pointer.to;
  const marker = readMarker(folder);
  if (marker === null || isCarriedOut(marker)) return null;
  // The copy is whole and the old place is not to be had: better it than nothing.
  if (marker.state === 'whole' && !holdsLibrary(marker.from)) return null;
  return marker.from;
}

/**
 * Follows a library through its moves.
 *
 * @returns where it lies now, and the folders that led there
 * @throws Failure LIBRARY_AWAY where the way ends at a folder without a library, or turns back to where it came from
 */
export function locateLibrary(asked: string): { readonly folder: string; readonly hops: readonly string[] } {
  const hops: string[] = [];
  let folder = resolve(asked);
  for (let next = leadsTo(folder); next !== null; next = leadsTo(folder)) {
    hops.push(folder);
    folder = next;
    if (hops.includes(folder))
      throw new Failure(
        'LIBRARY_AWAY',
        `${hops.join(' and ')} each say that the library lies in the other.`,
        `Remove ${POINTER} from the one that holds library.db.`,
      );
  }
  if (hops.length > 0 && !holdsLibrary(folder))
    throw new Failure(
      'LIBRARY_AWAY',
      `The library was moved to ${folder}, which is not there now.`,
      'Connect the disk it lies on and try again, or name the folder in which it lies with --library.',
    );
  return { folder, hops };
}

/** Lets every folder of a way lead straight to its end: a disk in between may go away. */
export function shortenWay(hops: readonly string[], folder: string): void {
  for (const hop of hops) {
    const pointer = readPointer(hop);
    if (pointer !== null && pointer.to !== folder && holdsLibrary(folder))
      writePointer(hop, { ...pointer, to: folder });
  }
}

function read<T>(path: string, form: z.ZodType<T>): T | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw unreadable(path, error);
  }
  try {
    return form.parse(JSON.parse(text));
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Never taken for no file: an empty library would be made where one has moved away. */
function unreadable(path: string, cause: unknown): Failure {
  return new Failure(
    'LIBRARY_AWAY',
    `${path} says where the library lies now, and cannot be read.`,
    'Name the folder in which it lies with --library.',
    { cause },
  );
}

/** Whole or not there, also after a power cut. */
function write(path: string, value: object): void {
  const part = `${path}.part`;
  const file = openSync(part, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, path);
  syncFolder(dirname(path));
}

/** Makes names in a folder last. Windows opens no folders, and some file systems know no such order. */
export function syncFolder(folder: string): void {
  try {
    const file = openSync(folder, 'r');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch {
    // What it can do is done.
  }
}
