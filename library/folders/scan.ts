// Runs on the engine's thread: brings the table of files up to date with the disk, whole roots or single paths.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { ChangeCounts, RootId } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { FileRow } from '../database/files.ts';
import type { RootRow } from '../database/roots.ts';
import type { Log } from '../ports.ts';
import { createComparison, type Difference, planOf } from './difference.ts';
import { foldersAbove, type IgnoreRules, NO_MEDIA } from './ignore.ts';
import { leftBehind } from './left-behind.ts';
import { isWithin, wayFrom } from './places.ts';
import { codeOf, deviceOf, type Found, foundOf, isGone, lookAt, moveKey, signOf } from './seen.ts';
import { walk, type Walked } from './walk.ts';
import { createSubtitleLook } from './subtitle-changes.ts';
import { writePlan } from './write.ts';

const ROWS_AT_ONCE = 5000;

export type RootState = 'present' | 'away';

/** Something below a root that may have changed. */
export interface Target {
  readonly rootId: RootId;
  /** Relative to the root, '/' between parts. */
  readonly path: string;
}

/** What a look at single paths leaves to do. */
export interface Looked {
  readonly counts: ChangeCounts;
  /** Roots that have to be gone through as a whole to know more. */
  readonly rescan: ReadonlySet<RootId>;
  /** Files that may still be written: to be looked at again when they rest. */
  readonly deferred: readonly Target[];
}

export interface ScannerOptions {
  readonly database: Database;
  readonly log: Log;
  readonly rules: () => IgnoreRules;
  readonly ownFolder: string;
  readonly onStateChange: () => void;
}

export type Scanner = ReturnType<typeof createScanner>;

/** Its calls must not overlap: folders.ts sees to that. */
export function createScanner({ database, log, rules, ownFolder, onStateChange }: ScannerOptions) {
  const { files, roots } = database;
  const states = new Map<RootId, RootState>();
  const linked = new Map<RootId, readonly string[]>();

  const setState = (rootId: RootId, state: RootState): void => {
    const changes = files.setAway(rootId, state === 'away');
    const before = states.get(rootId);
    states.set(rootId, state);
    if (changes > 0 || (before !== undefined && before !== state)) {
      log.info(state === 'away' ? 'root.away' : 'root.back', { rootId });
      onStateChange();
    }
  };

  const walkOptions = (root: RootRow, from: string, onFile: (found: Found) => void, signal?: AbortSignal) => {
    const all = roots.all();
    const barred = new Set([ownFolder, ...all.map((one) => one.path)]);
    const now = rules();
    return {
      ...{ rootPath: root.path, from, rules: now, onFile, log, signal },
      isBarred: (path: string) => barred.has(path),
      isReachedOtherwise: (real: string, isFolder: boolean): boolean =>
        isWithin(ownFolder, real) ||
        all.some(({ path }) => {
          if (isFolder && isWithin(real, path)) return true;
          if (!isWithin(path, real)) return false;
          const way = wayFrom(path, real);
          return isFolder ? !now.hidesFolder(way) : !now.hides(way);
        }),
    };
  };

  const rowsOf = async (rootId: RootId): Promise<Map<string, FileRow>> => {
    const rows = new Map<string, FileRow>();
    for (let last = ''; ;) {
      const page = files.page(rootId, last, ROWS_AT_ONCE);
      for (const row of page) rows.set(row.path, row);
      const end = page.at(-1);
      if (end === undefined || page.length < ROWS_AT_ONCE) return rows;
      last = end.path;
      await turn();
    }
  };

  /** One root against its rows; null when it is away. */
  const compareRoot = async (root: RootRow, signal?: AbortSignal): Promise<Difference | null> => {
    const before = await signOf(root.path);
    if (before === null) return null;
    const rows = await rowsOf(root.rootId);
    const known = [...rows.values()];
    const comparison = createComparison(
      root.rootId,
      rows,
      known.some((row) => row.away === 1),
    );
    const subtitles = createSubtitleLook(root.rootId, database.subtitleFiles.ofRoot(root.rootId));
    const see = (found: Found): void => {
      if (!subtitles.takes(found)) comparison.see(found);
    };
    const walked = await walk(walkOptions(root, '', see, signal));
    // Unplugged while it was gone through: what was not found says nothing.
    if ((await signOf(root.path)) !== before || walked.unreadable.includes('')) return null;
    linked.set(root.rootId, walked.linked);
    const difference = comparison.finish((row) => isUnknown(walked, row));
    const emptied = walked.empty.find((folder) => folder.path === '');
    // An empty folder on another device than its files were on: the mount point of a disk that is away.
    if (emptied !== undefined && known.length > 0 && !known.some((row) => isOn(row, emptied.device)))
      return null;
    const changed = subtitles.write(database, (path) => isUnknown(walked, { path, identity: '' }));
    if (changed > 0) onStateChange();
    return difference;
  };

  return {
    states,
    /** Folders outside of its root that its links lead to, as of its last scan. */
    linkedFolders: (rootId: RootId): readonly string[] => linked.get(rootId) ?? [],

    /** Goes through whole roots. */
    async scan(rootIds: ReadonlySet<RootId> | null, signal?: AbortSignal): Promise<ChangeCounts> {
      const differences: Difference[] = [];
      for (const root of roots.all()) {
        if (rootIds !== null && !rootIds.has(root.rootId)) continue;
        signal?.throwIfAborted();
        const difference = await compareRoot(root, signal);
        if (difference === null) setState(root.rootId, 'away');
        else differences.push(difference);
      }
      const alive = stillThere(differences);
      const counts = await writePlan(database, await planOf(alive, leftBehind(database)), signal);
      for (const { rootId } of alive) setState(rootId, 'present');
      return counts;
    },

    /**
     * Looks at single paths, and below those that are folders.
     *
     * @param isTooFresh - whether a new or changed file found below a folder may still be written
     */
    async look(targets: readonly Target[], isTooFresh: (found: Found) => boolean): Promise<Looked> {
      const rescan = new Set<RootId>();
      const deferred: Target[] = [];
      const differences: Difference[] = [];
      const byRoot = Map.groupBy(targets, (target) => target.rootId);
      for (const root of roots.all()) {
        const paths = outermost((byRoot.get(root.rootId) ?? []).map((target) => target.path));
        if (paths.length === 0) continue;
        if (states.get(root.rootId) === 'away' || paths.includes('') || (await signOf(root.path)) === null) {
          rescan.add(root.rootId);
          continue;
        }
        const difference = await lookBelow(root, paths, rescan);
        const rests = (found: Found): boolean => {
          const isFresh = !paths.includes(found.path) && isTooFresh(found);
          if (isFresh) deferred.push({ rootId: root.rootId, path: found.path });
          return !isFresh;
        };
        differences.push({
          ...difference,
          fresh: difference.fresh.filter((found) => isKnownElsewhere(found) || rests(found)),
          displaced: difference.displaced.filter(({ found }) => rests(found)),
        });
      }
      const alive = stillThere(differences);
      const counts = await writePlan(database, await planOf(alive, leftBehind(database)));
      return { counts, rescan, deferred };
    },
  };

  /** A root may be removed by the person while it is gone through. */
  function stillThere(differences: readonly Difference[]): Difference[] {
    const ids = new Set(roots.all().map((root) => root.rootId));
    return differences.filter((difference) => ids.has(difference.rootId));
  }

  /** A moved file is complete, however young it is. */
  function isKnownElsewhere(found: Found): boolean {
    return (
      moveKey(found) !== null &&
      files
        .withIdentity(found.identity)
        .some((row) => row.bytes === found.bytes && row.modifiedMs === found.modifiedMs)
    );
  }

  async function lookBelow(
    root: RootRow,
    paths: readonly string[],
    rescan: Set<RootId>,
  ): Promise<Difference> {
    const now = rules();
    const rows = new Map<string, FileRow>();
    for (const path of paths) {
      const row = files.byPath(root.rootId, path);
      for (const one of row === undefined ? [] : [row]) rows.set(one.path, one);
      for (const one of files.below(root.rootId, path)) rows.set(one.path, one);
    }
    const comparison = createComparison(root.rootId, rows, false);
    const subtitles = createSubtitleLook(
      root.rootId,
      paths.flatMap((path) => database.subtitleFiles.below(root.rootId, path)),
    );
    const see = (found: Found): void => {
      if (!subtitles.takes(found)) comparison.see(found);
    };
    const walks: Walked[] = [];
    const unreadable: string[] = [];
    for (const path of paths) {
      // Names that do not read back, and links, are understood by going through the whole root.
      if (path.includes('\uFFFD') || !path.isWellFormed()) {
        rescan.add(root.rootId);
        unreadable.push(path);
        continue;
      }
      if (foldersAbove(path).some((folder) => now.ignoresFolder(folder) || hasNoMedia(root, folder)))
        continue;
      try {
        const stats = await lookAt(join(root.path, path));
        if (stats.isSymbolicLink()) {
          rescan.add(root.rootId);
          unreadable.push(path);
        } else if (stats.isDirectory()) {
          if (now.ignoresFolder(path)) continue;
          const walked = await walk(walkOptions(root, path, see));
          if (walked.linked.length > 0) rescan.add(root.rootId);
          walks.push(walked);
        } else if (!now.ignoresFile(path)) see(foundOf(path, stats));
      } catch (error) {
        if (isGone(error)) continue;
        log.warn('file.unreadable', { path: join(root.path, path), code: codeOf(error) });
        unreadable.push(path);
      }
    }
    const isKept = (row: Pick<FileRow, 'path' | 'identity'>): boolean =>
      isUnknown({ unreadable, empty: [], linked: [] }, row) || walks.some((walked) => isUnknown(walked, row));
    if (subtitles.write(database, (path) => isKept({ path, identity: '' })) > 0) onStateChange();
    return comparison.finish(isKept);
  }
}

/** Whether a row that was not seen may still be there: below a folder that could not be read, or unplugged. */
function isUnknown(walked: Walked, row: Pick<FileRow, 'path' | 'identity'>): boolean {
  const lies = (folder: string): boolean =>
    folder === '' || row.path === folder || row.path.startsWith(`${folder}/`);
  return (
    walked.unreadable.some(lies) ||
    walked.empty.some((folder) => folder.path !== '' && lies(folder.path) && !isOn(row, folder.device))
  );
}

const isOn = (row: Pick<FileRow, 'identity'>, device: string): boolean =>
  row.identity === '' || deviceOf(row.identity) === device;

const hasNoMedia = (root: RootRow, folder: string): boolean => existsSync(join(root.path, folder, NO_MEDIA));

/** Paths without those below others. */
function outermost(paths: readonly string[]): string[] {
  const all = new Set(paths);
  return [...all].filter((path) => path === '' || !foldersAbove(path).some((folder) => all.has(folder)));
}
