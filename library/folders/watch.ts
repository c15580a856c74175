// Runs on the engine's thread: the one module that knows chokidar. Says which paths of a folder may have changed.
import type { Stats } from 'node:fs';
import { type FSWatcher, watch } from 'chokidar';

export interface FolderWatch {
  /** Watches another folder as well, one that a link leads to. */
  add(folder: string): void;
  close(): Promise<void>;
}

export interface FolderWatchOptions {
  readonly folder: string;
  /** Asked twice: by the path alone, then with what lies there. */
  readonly ignores: (path: string, what: 'folder' | 'link' | 'file' | 'unknown') => boolean;
  /** Something is new, changed or gone at an absolute path. */
  readonly onPath: (path: string) => void;
  /** From now on every change is seen. */
  readonly onReady: () => void;
  /** The system allows no more watches; some changes will not be seen. */
  readonly onLimit: () => void;
  readonly onError: (error: unknown) => void;
}

export type WatchFolder = (options: FolderWatchOptions) => FolderWatch;

/** Watches with the means of the system: recursively on macOS and Windows, folder by folder elsewhere. */
export const watchFolder: WatchFolder = (options) => {
  const watcher: FSWatcher = watch(options.folder, {
    ignored: (path, stats) => options.ignores(path, whatIs(stats)),
    ignoreInitial: true,
    // Links are followed by our own rules (walk.ts), which see loops and other roots.
    followSymlinks: false,
    ignorePermissionErrors: true,
    // When a file rests is judged by rest.ts, for files and moved folders together.
    atomic: false,
    awaitWriteFinish: false,
  });
  watcher
    .on('all', (_event, path) => options.onPath(path))
    .on('ready', options.onReady)
    .on('error', (error) => {
      const code = (error as { code?: unknown } | null)?.code;
      if (code === 'ENOSPC' || code === 'EMFILE') options.onLimit();
      else options.onError(error);
    });
  return {
    add: (folder) => void watcher.add(folder),
    close: () => watcher.close(),
  };
};

function whatIs(stats: Stats | undefined): 'folder' | 'link' | 'file' | 'unknown' {
  if (stats === undefined) return 'unknown';
  if (stats.isDirectory()) return 'folder';
  return stats.isSymbolicLink() ? 'link' : 'file';
}
