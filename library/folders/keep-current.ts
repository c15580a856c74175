// Runs on the engine's thread: keeps the table of files current while things change on disk.
import { basename, join } from 'node:path';
import type { RootId } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { RootRow } from '../database/roots.ts';
import type { Clock, Log } from '../ports.ts';
import { type IgnoreRules, NO_MEDIA } from './ignore.ts';
import { isWithin, wayFrom } from './places.ts';
import { createRest } from './rest.ts';
import type { Target } from './scan.ts';
import { type Found, signOf } from './seen.ts';
import type { FolderWatch, FolderWatchOptions, WatchFolder } from './watch.ts';

/** Disks that are plugged in or out are noticed by looking: mounting tells no watcher. */
const ROOT_LOOK_MS = 1000;
/** How often a root is gone through that cannot be watched. */
const RESCAN_MS = 30_000;
/** A file below a folder that moved in may still be written when it is this young. */
const FRESH_MS = 2000;

export interface KeepCurrentOptions {
  readonly database: Database;
  readonly log: Log;
  readonly clock: Clock;
  readonly rules: () => IgnoreRules;
  readonly ownFolder: string;
  readonly watchFolder: WatchFolder;
  readonly linkedFolders: (rootId: RootId) => readonly string[];
  /** Goes through whole roots and says what it found. */
  readonly scan: (rootIds: ReadonlySet<RootId>) => Promise<void>;
  /** Looks at single paths and says what it found; gives back what else is to be looked at. */
  readonly look: (
    targets: readonly Target[],
    isTooFresh: (found: Found) => boolean,
  ) => Promise<{ rescan: ReadonlySet<RootId>; deferred: readonly Target[] }>;
  readonly rescanMs?: number;
}

interface Watched {
  readonly root: RootRow;
  sign: string | null;
  watch: FolderWatch | null;
  linked: readonly string[];
  lastScanMs: number;
}

export type KeepCurrent = ReturnType<typeof createKeepCurrent>;

export function createKeepCurrent(options: KeepCurrentOptions) {
  const { database, log, clock, rules, ownFolder } = options;
  const watched = new Map<RootId, Watched>();
  const roots = (): RootRow[] => database.roots.all();
  let limitReached = false;
  let closed = false;
  let looking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;

  const rest = createRest(async (paths) => {
    const targets: Target[] = [];
    const rescan = new Set<RootId>();
    for (const path of paths) {
      const root = rootOf(path);
      if (root !== undefined) {
        const way = wayFrom(root.path, path);
        // Whether a folder is for galleries concerns all of it.
        targets.push({ rootId: root.rootId, path: basename(path) === NO_MEDIA ? parentOf(way) : way });
        if (way === '') distrust(root.rootId);
      } else
        for (const one of watched.values())
          if (one.linked.some((folder) => isWithin(folder, path))) rescan.add(one.root.rootId);
    }
    await guarded(async () => {
      const nowMs = clock.nowMs();
      const looked = await options.look(targets, (found) => found.modifiedMs > nowMs - FRESH_MS);
      for (const target of looked.deferred) {
        const root = watched.get(target.rootId)?.root;
        if (root !== undefined) rest.note(join(root.path, target.path));
      }
      for (const rootId of looked.rescan) rescan.add(rootId);
      if (rescan.size > 0) await rescanNow(rescan);
    });
  });

  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!closed) log.error('watch.failed', { error: String(error) });
    }
  };

  /** The innermost root that a path lies in: roots may lie in one another. */
  const rootOf = (path: string): RootRow | undefined =>
    roots()
      .filter((root) => watched.has(root.rootId) && isWithin(root.path, path))
      .sort((a, b) => b.path.length - a.path.length)[0];

  /** The root itself went or came: the next look at the roots watches it anew, if it is there then. */
  const distrust = (rootId: RootId): void => {
    const one = watched.get(rootId);
    if (one !== undefined) one.sign = null;
  };

  const rescanNow = async (rootIds: ReadonlySet<RootId>): Promise<void> => {
    for (const rootId of rootIds) {
      const root = watched.get(rootId)?.root;
      if (root !== undefined && (await signOf(root.path)) === null) distrust(rootId);
    }
    await options.scan(rootIds);
    for (const rootId of rootIds) {
      const one = watched.get(rootId);
      if (one === undefined) continue;
      one.lastScanMs = performance.now();
      const linked = options.linkedFolders(rootId);
      for (const folder of linked) if (!one.linked.includes(folder)) one.watch?.add(folder);
      one.linked = linked;
    }
  };

  const ignores: (one: Watched, ...asked: Parameters<FolderWatchOptions['ignores']>) => boolean = (
    { root, linked },
    path,
    what,
  ) => {
    if (path === root.path || linked.includes(path)) return false;
    const name = basename(path);
    if (name === NO_MEDIA) return false;
    if (name.startsWith('.') || path === ownFolder) return true;
    if (roots().some((other) => other.path === path)) return true;
    // What lies outside is seen through a link, and scanning judges it by the path of the link.
    if (what === 'unknown' || !isWithin(root.path, path)) return false;
    const way = wayFrom(root.path, path);
    if (what === 'folder') return rules().ignoresFolder(way);
    return rules().ignoresFile(way) && (what === 'file' || rules().ignoresFolder(way));
  };

  const startWatching = (one: Watched): void => {
    if (one.sign === null) return;
    const { root } = one;
    one.watch = options.watchFolder({
      folder: root.path,
      ignores: (path, what) => ignores(one, path, what),
      onPath: (path) => rest.note(path),
      // What changed between the last scan and now.
      onReady: () => void guarded(() => (closed ? Promise.resolve() : rescanNow(new Set([root.rootId])))),
      onLimit: () => {
        if (!limitReached)
          log.warn('watch.limit', {
            reason: 'The system allows no more watched folders; changes are found by going through them.',
            everyMs: options.rescanMs ?? RESCAN_MS,
          });
        limitReached = true;
        void stopWatching(one);
      },
      onError: (error) => log.warn('watch.error', { path: root.path, error: String(error) }),
    });
    for (const folder of one.linked) one.watch.add(folder);
  };

  const stopWatching = async (one: Watched): Promise<void> => {
    const { watch } = one;
    one.watch = null;
    await watch?.close();
  };

  /** Roots that went, came back or cannot be watched. */
  const lookAtRoots = async (): Promise<void> => {
    for (const one of watched.values()) {
      const sign = await signOf(one.root.path);
      if (closed || watched.get(one.root.rootId) !== one) continue;
      const isDue =
        one.watch === null &&
        sign !== null &&
        performance.now() - one.lastScanMs >= (options.rescanMs ?? RESCAN_MS);
      if (sign !== one.sign) {
        one.sign = sign;
        await stopWatching(one);
        await rescanNow(new Set([one.root.rootId]));
        if (!limitReached && watched.get(one.root.rootId) === one) startWatching(one);
      } else if (isDue) await rescanNow(new Set([one.root.rootId]));
    }
  };

  const scheduleLook = (): void => {
    if (closed) return;
    timer = setTimeout(() => {
      looking = guarded(lookAtRoots).finally(scheduleLook);
    }, ROOT_LOOK_MS);
  };
  scheduleLook();

  return {
    async add(root: RootRow): Promise<void> {
      if (closed || watched.has(root.rootId)) return;
      const one: Watched = {
        root,
        sign: null,
        watch: null,
        linked: options.linkedFolders(root.rootId),
        lastScanMs: performance.now(),
      };
      watched.set(root.rootId, one);
      one.sign = await signOf(root.path);
      if (!limitReached && watched.get(root.rootId) === one && !isClosed()) startWatching(one);
    },
    async remove(rootId: RootId): Promise<void> {
      const one = watched.get(rootId);
      watched.delete(rootId);
      if (one !== undefined) await stopWatching(one);
    },
    /** The rules changed: folders may have to be watched that were not, and the other way round. */
    async restart(): Promise<void> {
      for (const one of watched.values()) {
        if (one.watch === null) continue;
        await stopWatching(one);
        startWatching(one);
      }
    },
    async close(): Promise<void> {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await rest.close();
      await looking;
      await Promise.all([...watched.values()].map(stopWatching));
      watched.clear();
    },
  };

  function isClosed(): boolean {
    return closed;
  }
}

const parentOf = (way: string): string => (way.includes('/') ? way.slice(0, way.lastIndexOf('/')) : '');
