// Runs in unit tests: a library and folders of pictures in a temporary folder, with the real database and disk.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ChangeCounts, ItemId, RootId } from '../../contract/index.ts';
import { openDatabase } from '../../library/database/database.ts';
import { createFolders, type FoldersOptions } from '../../library/folders/folders.ts';

/** What is done when a test ends. Tests that run at once must give their own. */
type Finished = (work: () => void | Promise<void>) => void;

/** A folder that is gone after the test; without links in its path. */
export function temporaryFolder(finished: Finished = onTestFinished): string {
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'afterimage-')));
  finished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Logged {
  readonly level: string;
  readonly event: string;
  readonly fields: Record<string, unknown>;
}

/** A library that watches nothing yet, in a temporary folder, with its parts for folders. */
export function temporaryLibrary(options: Partial<FoldersOptions> = {}, finished: Finished = onTestFinished) {
  const base = temporaryFolder(finished);
  const ownFolder = join(base, 'library');
  mkdirSync(ownFolder);
  const database = openDatabase(ownFolder);
  const logged: Logged[] = [];
  const note =
    (level: string) =>
    (event: string, fields: Record<string, unknown> = {}): void =>
      void logged.push({ level, event, fields });
  const changes: ChangeCounts[] = [];
  const patterns: string[] = [];
  const folders = createFolders({
    database,
    log: { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') },
    clock: { nowMs: () => Date.now() },
    ignorePatterns: () => patterns,
    ownFolder,
    onChange: (counts) => changes.push(counts),
    ...options,
  });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await folders.close();
    database.close();
  };
  finished(close);

  const at = (path: string): string => join(base, path);
  return {
    ...{ base, ownFolder, database, folders, logged, changes, patterns, close, at },
    /** Writes a file below the base with some content; its folders are made. Its age is a minute. */
    put(path: string, content = path, ageMs = 60_000): void {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), content);
      const time = (Date.now() - ageMs) / 1000;
      utimesSync(at(path), time, time);
    },
    /** Makes a folder below the base a root. */
    addRoot(path: string): RootId {
      mkdirSync(at(path), { recursive: true });
      return database.roots.add(folders.validateNewRoot(at(path)), 0).rootId;
    },
    /** Paths of a root in the table, sorted. */
    paths: (rootId: RootId): string[] =>
      database.files
        .ofRoot(rootId)
        .map((row) => row.path)
        .sort(),
    /** Gives every file that waits to be identified an item of its own, as if it had been. */
    identifyAll(): void {
      for (const step of database.steps.next('identify', '', [], 100_000)) {
        const file = step.fileId === null ? undefined : database.files.get(step.fileId);
        if (file === undefined) continue;
        const hash = `${String(file.fileId)}.${String(step.stepId)}.${String(Math.random())}`;
        const itemId: ItemId = database.items.add({
          ...{ hash, kind: 'picture', mediaType: 'image/jpeg', bytes: file.bytes, sortMs: file.modifiedMs },
        });
        database.files.link(file.fileId, itemId, 'primary');
        database.steps.finish(step.stepId);
      }
    },
    /** Paths that wait to be identified, of all roots, sorted. */
    waiting: (): string[] =>
      database.steps
        .next('identify', '', [], 100_000)
        .map((step) => (step.fileId === null ? '' : (database.files.get(step.fileId)?.path ?? '')))
        .sort(),
  };
}

export const counts = (some: Partial<ChangeCounts>): ChangeCounts => ({
  ...{ added: 0, changed: 0, removed: 0, moved: 0, unchanged: 0 },
  ...some,
});
