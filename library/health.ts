// Runs on the engine's thread: settings, failed files, the index made anew, and what can be told of a library
// without naming anything in it.
import { readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { extname, join } from 'node:path';
import { z } from 'zod';
import { type ErrorRow, Failure, Settings, type SettingsChange, type Status } from '../contract/index.ts';
import type { Database } from './database/database.ts';
import type { FileRow } from './database/files.ts';
import { examine } from './doctor.ts';
import { absolutePath } from './item-cards.ts';
import type { Parts } from './parts.ts';

export function settingsOf(database: Database): Settings {
  return {
    ignore: z.array(z.string()).catch([]).parse(database.settings.get('ignore')),
    effort: Settings.shape.effort.catch('full').parse(database.settings.get('effort')),
    pauseOnBattery: z.boolean().catch(false).parse(database.settings.get('pauseOnBattery')),
  };
}

/** Changes what is given. @returns all of them as they are now */
export function changeSettings(parts: Parts, changes: SettingsChange): Settings {
  const { database, indexer } = parts;
  for (const [key, value] of Object.entries(changes)) database.settings.set(key as keyof Settings, value);
  if (changes.ignore !== undefined) void parts.rescan().catch(() => undefined);
  if (changes.effort !== undefined) indexer.setEffort(changes.effort);
  if (changes.pauseOnBattery !== undefined) void parts.battery.look();
  return settingsOf(database);
}

/** Failed files, each reason once: one decode serves several steps. */
export function failedFiles({ database }: Pick<Parts, 'database'>): (ErrorRow & { file: FileRow })[] {
  const rootPaths = new Map(database.roots.all().map((root) => [root.rootId, root.path]));
  const seen = new Set<string>();
  return database.steps.failed().flatMap((step) => {
    const file =
      step.fileId === null
        ? step.itemId === null
          ? undefined
          : database.files.ofItem(step.itemId)[0]
        : database.files.get(step.fileId);
    if (file === undefined || step.code === null) return [];
    const path = absolutePath(file, rootPaths);
    const key = `${path}\n${step.code}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [
      { path, step: step.name, code: step.code, reason: step.reason ?? '', remedy: step.remedy ?? '', file },
    ];
  });
}

/** Does failed steps again: all of them, or those of one file. @returns how many files that concerns */
export function retryFailed({ database, indexer, changes }: Parts, path?: string): number {
  const retried = path === undefined ? database.steps.failedCount() : retryFile(database, path);
  if (path === undefined) database.steps.retryFailed();
  indexer.wake();
  changes.note('errors');
  return retried;
}

function retryFile(database: Database, path: string): number {
  const { fileId, itemId } = fileAt(database, path);
  return database.steps.retryFailed({ fileId, itemId }) > 0 ? 1 : 0;
}

function fileAt(database: Database, path: string): FileRow {
  const found = failedFiles({ database }).find((row) => row.path === path);
  if (found === undefined)
    throw new Failure('FILE_NOT_FOUND', `${path} is not among the files with problems.`);
  return found.file;
}

/** Passes a file over from now on: by a pattern of the person's own that says just its path. */
export async function ignoreFile(parts: Parts, path: string): Promise<void> {
  const file = fileAt(parts.database, path);
  const pattern = `/${file.path.replace(/[\\*?[\]!#]/g, (sign) => `\\${sign}`)}`;
  parts.database.settings.set('ignore', [...settingsOf(parts.database).ignore, pattern]);
  await parts.rescan(undefined, [file.rootId]);
  parts.changes.note('errors');
}

/** Forgets everything that can be made again, and makes it again. Decisions are not touched. */
export async function rebuildIndex(parts: Parts): Promise<void> {
  await parts.indexer.stop();
  await parts.spaces.close();
  parts.database.clearIndex();
  parts.previews.clear();
  parts.indexer.start();
  for (const topic of ['items', 'roots', 'errors'] as const) parts.changes.note(topic);
  void parts.spaces.active().catch(() => undefined);
  void parts.rescan().catch(() => undefined);
}

export function statusOf(parts: Parts): Status {
  const { database, folder, previews, spaces } = parts;
  return {
    library: folder,
    items: database.items.count(),
    moments: database.moments.count(),
    files: database.files.count(),
    queue: database.steps.waiting(),
    errors: database.steps.failedCount(),
    pack: spaces.activeId(),
    speechPack: parts.speech.activeId(),
    bytes: {
      ...database.bytes(),
      previews: previews.bytes(),
      packs: bytesBelow(join(folder, 'packs')),
      logs: bytesBelow(join(folder, 'logs')),
    },
  };
}

function bytesBelow(folder: string): number {
  let total = 0;
  try {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile())
        total += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    // A folder that is not there takes nothing.
  }
  return total;
}

/**
 * What helps to find a fault, as JSON for a person to read before they send it to anybody: versions, counts,
 * sizes and codes. No name of a file, folder, album or tag, and no query, is in it.
 */
export async function diagnosticsOf(parts: Parts): Promise<string> {
  const { database } = parts;
  const { library: _, ...status } = statusOf(parts);
  const { ignore, ...settings } = settingsOf(database);
  const errors = new Map<string, number>();
  for (const row of failedFiles(parts)) {
    const key = `${row.code} in ${row.step} of ${extname(row.path).toLowerCase() || 'no ending'}`;
    errors.set(key, (errors.get(key) ?? 0) + 1);
  }
  const examined = await examine(parts);
  const { albums, tags, searches, ...collections } = parts.decisions.collections();
  const places = [homedir(), parts.folder, ...database.roots.all().map(({ path }) => path)];
  const told = {
    status,
    settings: { ...settings, ignorePatterns: ignore.length },
    steps: database.steps.counts(),
    errors: Object.fromEntries(errors),
    collections: { ...collections, albums: albums.length, tags: tags.length, searches: searches.length },
    roots: database.roots.all().map(({ rootId }) => ({
      state: parts.folders.rootState(rootId),
      files: database.files.countOfRoot(rootId),
    })),
    progress: parts.indexer.progress(),
    // Paths are cut out of what programs say of themselves.
    doctor: examined.map(({ what, ok, detail }) => ({ what, ok, detail: withoutPaths(detail, places) })),
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}

/** @param places - folders of theirs, whatever signs their names hold */
function withoutPaths(text: string, places: readonly string[]): string {
  const rest = places
    .filter((place) => place.length > 1)
    .toSorted((a, b) => b.length - a.length)
    .reduce((told, place) => told.replaceAll(place, '/'), text);
  // Names of folders may hold spaces: up to the last separator everything belongs to the path.
  return rest.replace(/(?:[a-z]:\\|\\\\|\/)(?:[^,;:()]*[\\/])?[^\s,;:()]*/giu, '(path)');
}
