// Runs in Electron's main process: files and folders that a person opened with the app, kept until the page takes them.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OpenedPath } from '../contract/desktop.ts';

/** Options of ours that take the next argument. */
const withValue = ['--library'];

/** What an argument list names that is there. Options and their values are none of it. */
export function pathsIn(args: readonly string[], workingFolder: string): OpenedPath[] {
  return args.flatMap((arg, at) => {
    if (arg.startsWith('-') || withValue.includes(args[at - 1] ?? '')) return [];
    return openedPath(resolve(workingFolder, arg));
  });
}

/** A file or folder as the page is told of it; nothing when it is not there. */
export function openedPath(path: string): OpenedPath[] {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true || found?.isDirectory() === true
    ? [{ path, isFolder: found.isDirectory() }]
    : [];
}

/** They may come before there is a page, or a window. */
export class OpenedPaths {
  readonly #onMore: () => void;
  #waiting: OpenedPath[] = [];

  constructor(onMore: () => void) {
    this.#onMore = onMore;
  }

  add(paths: readonly OpenedPath[]): void {
    if (paths.length === 0) return;
    this.#waiting.push(...paths);
    this.#onMore();
  }

  take(): OpenedPath[] {
    return this.#waiting.splice(0);
  }
}
