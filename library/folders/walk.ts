// Runs on the engine's thread: goes through a folder of theirs and tells every file that counts. Reads names
// and attributes only; opens nothing, so that a FIFO or a sleeping device cannot hold it up.
import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../ports.ts';
import { type IgnoreRules, NO_MEDIA } from './ignore.ts';
import { codeOf, type Found, foundOf, identityOf, isGone, lookAt, lookThrough } from './seen.ts';

/** Folders read at once, and looks at once within each: enough to keep a disk busy, few enough for a NAS. */
const FOLDERS_AT_ONCE = 8;
const LOOKS_AT_ONCE = 64;

export interface WalkOptions {
  readonly rootPath: string;
  /** Where to begin, relative to the root; '' for all of it. The folder exists and is not ignored. */
  readonly from: string;
  readonly rules: IgnoreRules;
  /** Folders not to go into: other roots, our own. By absolute path. */
  readonly isBarred: (absolutePath: string) => boolean;
  /** Whether what a link leads to is found without the link, or leads around a root. By real path. */
  readonly isReachedOtherwise: (realPath: string, isFolder: boolean) => boolean;
  readonly onFile: (found: Found) => void;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

export interface Walked {
  /** Folders (and files) that could not be looked at: of what is below nothing is known now. */
  readonly unreadable: string[];
  /** Folders without any entry, with their devices: one may be the mount point of a disk that is away. */
  readonly empty: { readonly path: string; readonly device: string }[];
  /** Folders outside of all roots that links lead to, by real path. */
  readonly linked: string[];
}

interface Folder {
  /** Relative to the root. */
  readonly path: string;
  readonly absolute: string;
  /** Its path without links, where a link led to it or above it. */
  readonly real: string;
}

export async function walk(options: WalkOptions): Promise<Walked> {
  const { rootPath, from, rules, isBarred, isReachedOtherwise, onFile, log, signal } = options;
  const walked = {
    unreadable: [] as string[],
    empty: [] as Walked['empty'][number][],
    linked: [] as string[],
  };
  const visited = new Set<string>();
  const links: Folder[] = [];
  const start = from === '' ? rootPath : join(rootPath, from);
  const waiting: Folder[] = [{ path: from, absolute: start, real: start }];

  const cannotRead = (path: string, error: unknown): void => {
    walked.unreadable.push(path);
    log.warn('folder.unreadable', { path: join(rootPath, path), code: codeOf(error) });
  };

  const visit = async (folder: Folder): Promise<void> => {
    signal?.throwIfAborted();
    let entries: Dirent[];
    let identity: string;
    try {
      identity = identityOf(await lookThrough(folder.absolute));
      // A folder is gone through once, even if mounts or links show it in several places.
      if (visited.has(identity)) return;
      visited.add(identity);
      entries = await readdir(folder.absolute, { withFileTypes: true });
    } catch (error) {
      if (!isGone(error)) cannotRead(folder.path, error);
      return;
    }
    // Who names a folder as root wants it, whatever lies in it.
    if (folder.path !== '' && entries.some((entry) => entry.name === NO_MEDIA)) return;
    if (entries.length === 0)
      walked.empty.push({ path: folder.path, device: identity.slice(0, identity.indexOf(':')) });
    const candidates: Dirent[] = [];
    for (const entry of entries) {
      const path = pathOf(folder, entry.name);
      if (entry.isDirectory()) {
        const real = join(folder.real, entry.name);
        if (!rules.ignoresFolder(path) && !isBarred(real))
          waiting.push({ path, absolute: join(folder.absolute, entry.name), real });
      } else if (!rules.ignoresFile(path) || (entry.isSymbolicLink() && !rules.ignoresFolder(path))) {
        candidates.push(entry);
      }
    }
    for (let at = 0; at < candidates.length; at += LOOKS_AT_ONCE) {
      signal?.throwIfAborted();
      await Promise.all(candidates.slice(at, at + LOOKS_AT_ONCE).map((entry) => look(folder, entry)));
    }
  };

  const look = async (folder: Folder, entry: Dirent): Promise<void> => {
    const path = pathOf(folder, entry.name);
    const absolute = join(folder.absolute, entry.name);
    if (entry.isSymbolicLink()) return lookAtLink(path, absolute);
    try {
      const stats = await lookAt(absolute);
      if (path.isWellFormed()) onFile(foundOf(path, stats));
      else onFile(unusableName(path));
    } catch (error) {
      // Bytes that are no UTF-8 read as U+FFFD, and then nothing is found under the name.
      if (isGone(error) && !entry.name.includes('\uFFFD')) return;
      if (isGone(error) || codeOf(error) === 'ENAMETOOLONG') onFile(unusableName(path));
      else cannotRead(path, error);
    }
  };

  const lookAtLink = async (path: string, absolute: string): Promise<void> => {
    try {
      const stats = await lookThrough(absolute);
      const isFolder = stats.isDirectory();
      if (isFolder ? rules.ignoresFolder(path) : rules.ignoresFile(path)) return;
      const real = await realpath(absolute);
      if (isReachedOtherwise(real, isFolder)) return;
      if (isFolder) links.push({ path, absolute, real });
      else onFile(foundOf(path, stats));
    } catch (error) {
      if (rules.ignoresFile(path)) return;
      if (!isGone(error) && codeOf(error) !== 'ELOOP') {
        cannotRead(path, error);
        return;
      }
      const link = await lookAt(absolute).catch(() => null);
      if (link !== null) onFile({ ...foundOf(path, link), trouble: 'link-to-nothing' });
    }
  };

  await drain(waiting, visit);
  // Links to folders come last and in order, so that the same walk always finds the same paths.
  while (links.length > 0) {
    links.sort((a, b) => (a.path < b.path ? 1 : -1));
    const link = links.pop();
    if (link === undefined) break;
    walked.linked.push(link.real);
    waiting.push(link);
    await drain(waiting, visit);
  }
  return walked;
}

const pathOf = (folder: Folder, name: string): string =>
  folder.path === '' ? name : `${folder.path}/${name}`;

const unusableName = (path: string): Found => ({
  ...{ path: path.toWellFormed(), bytes: 0, modifiedMs: 0, identity: '', trouble: 'name-unusable' },
});

/** Works through a list that grows while it is worked through, some at once. */
function drain<T>(waiting: T[], work: (one: T) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let active = 0;
    let failed = false;
    const next = (): void => {
      while (!failed && active < FOLDERS_AT_ONCE) {
        const one = waiting.pop();
        if (one === undefined) break;
        active += 1;
        work(one).then(
          () => {
            active -= 1;
            next();
          },
          (error: unknown) => {
            failed = true;
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
      }
      if (active === 0 && !failed) resolve();
    };
    next();
  });
}
