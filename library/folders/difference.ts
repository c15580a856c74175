// Runs on the engine's thread: what is on disk against what the table of files knows. Pure but for one question.
import type { RootId } from '../../contract/index.ts';
import type { FileRow } from '../database/files.ts';
import { deviceOf, type Found, inodeOf, moveKey, sameBytes } from './seen.ts';

/** Where one root differs from its rows. */
export interface Difference {
  readonly rootId: RootId;
  readonly unchanged: number;
  /** Same file, but the file system numbers it differently now. */
  readonly renumbered: readonly { readonly row: FileRow; readonly found: Found }[];
  readonly fresh: readonly Found[];
  /** Known paths at which something else lies now. */
  readonly displaced: readonly { readonly row: FileRow; readonly found: Found }[];
  readonly vanished: readonly FileRow[];
}

/** What is to be written. Every row is in one of the lists at most. */
export interface Plan {
  readonly moved: { readonly row: FileRow; readonly rootId: RootId; readonly found: Found }[];
  readonly changed: { readonly row: FileRow; readonly found: Found }[];
  readonly added: { readonly rootId: RootId; readonly found: Found }[];
  readonly removed: FileRow[];
  readonly renumbered: { readonly row: FileRow; readonly found: Found }[];
  readonly unchanged: number;
}

/**
 * Compares file by file, so that only differences are kept.
 *
 * @param rows - by path; emptied as files are seen
 * @param cameBack - the root was away: a disk that is plugged in again may number its files anew (FAT and
 *   network file systems do), and that alone is no reason to read them all again
 */
export function createComparison(rootId: RootId, rows: Map<string, FileRow>, cameBack: boolean) {
  let unchanged = 0;
  const renumbered: { row: FileRow; found: Found }[] = [];
  const fresh: Found[] = [];
  const displaced: { row: FileRow; found: Found }[] = [];
  const seenFresh = new Set<string>();
  return {
    see(found: Found): void {
      const row = rows.get(found.path);
      if (row === undefined) {
        // Two names that cannot be used may read alike.
        if (seenFresh.has(found.path)) return;
        seenFresh.add(found.path);
        fresh.push(found);
        return;
      }
      rows.delete(found.path);
      if (!sameBytes(row, found)) displaced.push({ row, found });
      else if (row.identity === found.identity) unchanged += 1;
      else if (cameBack || sameOnAnotherDevice(row, found)) renumbered.push({ row, found });
      else displaced.push({ row, found });
    },
    /** @param isKept - whether nothing is known now of a row that was not seen */
    finish: (isKept: (row: FileRow) => boolean): Difference => ({
      ...{ rootId, unchanged, renumbered, fresh, displaced },
      vanished: [...rows.values()].filter((row) => !isKept(row)),
    }),
  };
}

/** Device numbers are given out as disks are found; after a restart the same disk may have another. */
function sameOnAnotherDevice(row: FileRow, found: Found): boolean {
  return (
    inodeOf(row.identity) === inodeOf(found.identity) && deviceOf(row.identity) !== deviceOf(found.identity)
  );
}

/**
 * Finds the moves: what is gone from one path and lies at another with the same identity, size and time.
 *
 * @param elsewhere - a row outside of the differences whose file has left its path and is `found` now
 */
export async function planOf(
  differences: readonly Difference[],
  elsewhere: (found: Found, taken: ReadonlySet<FileRow['fileId']>) => Promise<FileRow | undefined>,
): Promise<Plan> {
  const gone = new Map<string, FileRow[]>();
  for (const { vanished, displaced } of differences)
    for (const row of [...vanished, ...displaced.map((one) => one.row)]) {
      const key = moveKey(row);
      if (key === null) continue;
      const rows = gone.get(key);
      if (rows === undefined) gone.set(key, [row]);
      else rows.push(row);
    }
  const plan: Plan = {
    ...{ moved: [], changed: [], added: [], removed: [] },
    renumbered: differences.flatMap((difference) => difference.renumbered),
    unchanged: differences.reduce((sum, one) => sum + one.unchanged + one.renumbered.length, 0),
  };
  const taken = new Set<FileRow['fileId']>();
  const takeMove = async (rootId: RootId, found: Found): Promise<boolean> => {
    const key = moveKey(found);
    if (key === null) return false;
    const rows = gone.get(key) ?? [];
    // Hard links share everything: the one that kept its name is the likelier.
    const named = rows.findIndex((row) => nameOf(row.path) === nameOf(found.path));
    const row = rows.splice(Math.max(0, named), 1)[0] ?? (await elsewhere(found, taken));
    if (row === undefined) return false;
    taken.add(row.fileId);
    plan.moved.push({ row, rootId, found });
    return true;
  };
  const changing: { rootId: RootId; row: FileRow; found: Found }[] = [];
  for (const { rootId, fresh, displaced } of differences) {
    for (const found of fresh) if (!(await takeMove(rootId, found))) plan.added.push({ rootId, found });
    for (const one of displaced) if (!(await takeMove(rootId, one.found))) changing.push({ rootId, ...one });
  }
  const rewritten = new Set<FileRow['fileId']>();
  for (const { rootId, row, found } of changing) {
    if (taken.has(row.fileId)) plan.added.push({ rootId, found });
    else plan.changed.push({ row, found });
    rewritten.add(row.fileId);
  }
  for (const { vanished, displaced } of differences)
    for (const row of [...vanished, ...displaced.map((one) => one.row)])
      if (!taken.has(row.fileId) && !rewritten.has(row.fileId)) plan.removed.push(row);
  return plan;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
