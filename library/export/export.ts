// Runs on the engine's thread: copies of items, one ZIP of them, or what is known of them, into a folder of theirs.
import { constants } from 'node:fs';
import { access, copyFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import {
  type ExportProgress,
  type ExportRequest,
  Failure,
  failureOf,
  type ItemDetails,
  type ItemId,
} from '../../contract/index.ts';
import { createFreeNames } from './free-name.ts';
import { csvOf, knownOf } from './tables.ts';
import { writeZip, type ZipEntry } from './zip.ts';

/** Told this often at most. */
const PACE_MS = 200;

export interface ExportOptions {
  readonly details: (itemId: ItemId) => ItemDetails;
  /** Our own folder: nothing is exported into it. */
  readonly ownFolder: string;
  readonly nowMs: () => number;
}

type Missed = ExportProgress['missed'];

/**
 * The files themselves are copied unchanged, with their times; nothing that is there is overwritten.
 *
 * @throws Failure FOLDER_NOT_FOUND, FOLDER_NOT_WRITABLE, FOLDER_IN_LIBRARY, DISK_FULL; AbortError
 */
export async function* exportItems(
  options: ExportOptions,
  request: ExportRequest,
  signal?: AbortSignal,
): AsyncGenerator<ExportProgress> {
  const folder = resolve(request.folder);
  await checkFolder(folder, options.ownFolder);
  const missed: Missed = [];
  const items = request.itemIds.flatMap((itemId) => {
    try {
      return [options.details(itemId)];
    } catch (error) {
      missed.push({ name: '', reason: failureOf(error).reason });
      return [];
    }
  });
  const work =
    request.form === 'copies'
      ? copies(items, folder, missed, signal)
      : request.form === 'zip'
        ? zip(items, folder, missed, options.nowMs(), signal)
        : table(items, folder, request.form, missed, options.nowMs());
  let toldMs = 0;
  try {
    for await (const progress of work) {
      signal?.throwIfAborted();
      if (progress.path === null && performance.now() - toldMs < PACE_MS) continue;
      toldMs = performance.now();
      yield progress;
    }
  } catch (error) {
    throw asFailure(error, folder);
  }
}

async function* copies(
  items: readonly ItemDetails[],
  folder: string,
  missed: Missed,
  signal?: AbortSignal,
): AsyncGenerator<ExportProgress> {
  const free = createFreeNames(folder);
  const progress = { done: 0, total: items.length, bytes: 0, missed, path: null };
  let made = '';
  for (const item of items) {
    signal?.throwIfAborted();
    const source = await presentFile(item);
    if (source === null) missed.push(notThere(item));
    else {
      made = join(folder, free(item.name));
      await copyFile(source.path, made, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      await utimes(made, new Date(), new Date(source.modifiedMs));
      progress.bytes += source.bytes;
    }
    progress.done += 1;
    yield progress;
  }
  yield { ...progress, path: items.length - missed.length === 1 ? made : folder };
}

async function* zip(
  items: readonly ItemDetails[],
  folder: string,
  missed: Missed,
  nowMs: number,
  signal?: AbortSignal,
): AsyncGenerator<ExportProgress> {
  const free = createFreeNames(null);
  const entries: (ZipEntry & { bytes: number })[] = [];
  for (const item of items) {
    const source = await presentFile(item);
    if (source === null) missed.push(notThere(item));
    else entries.push({ path: source.path, name: free(item.name), bytes: source.bytes });
  }
  const path = join(folder, createFreeNames(folder)(`${nameOf(nowMs)}.zip`));
  let bytes = 0;
  let tell: () => void = () => undefined;
  const writing = writeZip(
    entries,
    path,
    (more) => {
      bytes += more;
      tell();
    },
    signal,
  );
  let state: 'writing' | 'done' | 'failed' = 'writing';
  const ended = writing.then(
    () => (state = 'done'),
    () => (state = 'failed'),
  );
  const said = (done: number): ExportProgress => ({ done, total: items.length, bytes, missed, path: null });
  const isWriting = (): boolean => state === 'writing';
  try {
    while (isWriting()) {
      await Promise.race([ended, new Promise<void>((wake) => (tell = wake))]);
      let left = bytes;
      yield said(entries.filter((entry) => (left -= entry.bytes) >= 0).length + missed.length);
    }
    await writing;
  } catch (error) {
    // Half an archive is none.
    await rm(path, { force: true });
    throw error;
  }
  yield { ...said(items.length), path };
}

async function* table(
  items: readonly ItemDetails[],
  folder: string,
  form: 'json' | 'csv',
  missed: Missed,
  nowMs: number,
): AsyncGenerator<ExportProgress> {
  const rows = items.map(knownOf);
  const text = form === 'csv' ? csvOf(rows) : `${JSON.stringify(rows, null, 2)}\n`;
  const path = join(folder, createFreeNames(folder)(`${nameOf(nowMs)}.${form}`));
  await writeFile(path, text, { flag: 'wx' });
  yield { done: items.length, total: items.length, bytes: Buffer.byteLength(text), missed, path };
}

/** The first of its files that is there now. */
async function presentFile(item: ItemDetails): Promise<ItemDetails['files'][number] | null> {
  for (const file of item.files)
    if (file.role === 'primary' && (await stat(file.path).catch(() => null)) !== null) return file;
  return null;
}

const notThere = (item: ItemDetails) => ({ name: item.name, reason: 'Its file is not there now.' });

const nameOf = (nowMs: number): string => `Afterimage ${new Date(nowMs).toISOString().slice(0, 10)}`;

async function checkFolder(folder: string, ownFolder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (found === null || !found.isDirectory())
    throw new Failure('FOLDER_NOT_FOUND', `There is no folder ${folder}.`, 'Choose another folder.');
  if (`${folder}/`.startsWith(`${ownFolder}/`))
    throw new Failure(
      'FOLDER_IN_LIBRARY',
      `${basename(folder)} belongs to the library itself.`,
      'Choose a folder of your own.',
    );
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw notWritable(folder, error);
  });
}

function notWritable(folder: string, cause: unknown): Failure {
  return new Failure(
    'FOLDER_NOT_WRITABLE',
    `Nothing can be written into ${folder}.`,
    'Choose another folder, or give yourself the right to write into it.',
    { cause },
  );
}

function asFailure(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC')
    return new Failure(
      'DISK_FULL',
      `The disk that holds ${folder} is full.`,
      'Free some space and try again.',
      {
        cause: error,
      },
    );
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return notWritable(folder, error);
  return error;
}
