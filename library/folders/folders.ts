// Runs on the engine's thread: their folders as the library sees them. Serves library.ts.
import { existsSync } from 'node:fs';
import type { ChangeCounts, RootId } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { Clock, Log } from '../ports.ts';
import { createIgnoreRules, type IgnoreRules } from './ignore.ts';
import { createKeepCurrent, type KeepCurrent } from './keep-current.ts';
import { checkNewRoot } from './new-root.ts';
import { realFolder } from './places.ts';
import { createScanner, type RootState } from './scan.ts';
import { watchFolder as watchWithChokidar, type WatchFolder } from './watch.ts';

export interface FoldersOptions {
  readonly database: Database;
  readonly log: Log;
  readonly clock: Clock;
  /** The person's own patterns, in the form of .gitignore. */
  readonly ignorePatterns: () => readonly string[];
  /** Our library folder: never indexed, wherever it lies. */
  readonly ownFolder: string;
  /** After every batch that watching brought, and when a root went away or came back (then maybe all 0). */
  readonly onChange: (changes: ChangeCounts) => void;
  /** How folders are watched; the system's means where it is left out. */
  readonly watchFolder?: WatchFolder;
  /** How often roots are gone through that cannot be watched, milliseconds. */
  readonly rescanMs?: number;
}

export type Folders = ReturnType<typeof createFolders>;

const nothing: ChangeCounts = { added: 0, changed: 0, removed: 0, moved: 0, unchanged: 0 };

export function createFolders(options: FoldersOptions) {
  const { database, log, clock, ignorePatterns, onChange } = options;
  const ownFolder = realFolder(options.ownFolder);
  let rules: { key: string; now: IgnoreRules } | null = null;
  let keeping: KeepCurrent | null = null;
  let closing = new AbortController();
  let last: Promise<unknown> = Promise.resolve();

  /** The rules as of now; made anew only when the person changed their patterns. */
  const currentRules = (): IgnoreRules => {
    const patterns = ignorePatterns();
    const key = JSON.stringify(patterns);
    if (rules?.key !== key) {
      rules = { key, now: createIgnoreRules(patterns) };
      void keeping?.restart();
    }
    return rules.now;
  };

  const scanner = createScanner({
    ...{ database, log, ownFolder },
    rules: currentRules,
    onStateChange: () => onChange(nothing),
  });

  /** One look at the disk after the other: two at once would write the same files twice. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };

  const tell = (counts: ChangeCounts): void => {
    if (counts.added + counts.changed + counts.removed + counts.moved > 0) onChange(counts);
  };

  return {
    /**
     * Looks at the given roots (all when absent), updates the table of files and queues identify for new and
     * changed ones. A root that is not there is marked away and keeps all it has.
     *
     * @throws AbortError when `signal` fires; what was written until then is whole
     */
    scan: (rootIds?: readonly RootId[], signal?: AbortSignal): Promise<ChangeCounts> =>
      inTurn(async () => {
        const both = AbortSignal.any([closing.signal, ...(signal === undefined ? [] : [signal])]);
        const startedMs = performance.now();
        const counts = await scanner.scan(rootIds === undefined ? null : new Set(rootIds), both);
        log.info('scan.done', { ...counts, tookMs: Math.round(performance.now() - startedMs) });
        return counts;
      }),

    /** Keeps the table current from now on, for all roots; a change is in it within two seconds. */
    watch(): void {
      if (keeping !== null) return;
      keeping = createKeepCurrent({
        ...{ database, log, clock, ownFolder },
        rules: currentRules,
        watchFolder: options.watchFolder ?? watchWithChokidar,
        ...(options.rescanMs === undefined ? {} : { rescanMs: options.rescanMs }),
        linkedFolders: scanner.linkedFolders,
        scan: (rootIds) => inTurn(async () => tell(await scanner.scan(rootIds, closing.signal))),
        look: (targets, isTooFresh) =>
          inTurn(async () => {
            const looked = await scanner.look(targets, isTooFresh);
            tell(looked.counts);
            return looked;
          }),
      });
      for (const root of database.roots.all()) void keeping.add(root);
    },

    /** Watches a root that was added after {@link watch}; without watch() it does nothing. */
    watchRoot(rootId: RootId): void {
      const root = database.roots.all().find((one) => one.rootId === rootId);
      if (root !== undefined) void keeping?.add(root);
    },

    /** To be awaited before a root is removed from the tables: no look at it is under way afterwards. */
    async unwatchRoot(rootId: RootId): Promise<void> {
      await keeping?.remove(rootId);
      await last;
    },

    /**
     * Whether a folder can become a root; see checkNewRoot for what is refused.
     *
     * @returns its absolute path without links: what to store
     */
    validateNewRoot: (path: string): string =>
      checkNewRoot(path, database.roots.all(), ownFolder, currentRules()),

    rootState(rootId: RootId): RootState {
      const known = scanner.states.get(rootId);
      if (known !== undefined) return known;
      const root = database.roots.all().find((one) => one.rootId === rootId);
      return root !== undefined && existsSync(root.path) ? 'present' : 'away';
    },

    /** As {@link close}, for a while: {@link watch} begins again, and {@link scan} is free again. */
    async unwatch(): Promise<void> {
      await this.close();
      closing = new AbortController();
    },

    /** Stops watching and cancels a scan; resolves when nothing touches the tables any more. */
    async close(): Promise<void> {
      closing.abort();
      await keeping?.close();
      keeping = null;
      await last;
    },
  };
}
