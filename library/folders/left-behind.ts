// Runs on the engine's thread: finds the row that a moved file left behind, outside of what is compared.
import { join } from 'node:path';
import type { RootId } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { FileRow } from '../database/files.ts';
import { type Found, identityOf, isGone, lookThrough, sameBytes, signOf } from './seen.ts';

/**
 * For planOf: when one root, or a few paths, are looked at, a file may have come from a place that is not.
 * A row is left behind when its root is there and something else, or nothing, lies at its path now.
 */
export function leftBehind({ files, roots }: Database) {
  const present = new Map<RootId, Promise<boolean>>();
  const byId = new Map(roots.all().map((root) => [root.rootId, root]));

  const isPresent = (rootId: RootId, path: string): Promise<boolean> => {
    const known = present.get(rootId) ?? signOf(path).then((sign) => sign !== null);
    present.set(rootId, known);
    return known;
  };

  return async (found: Found, taken: ReadonlySet<FileRow['fileId']>): Promise<FileRow | undefined> => {
    for (const row of files.withIdentity(found.identity)) {
      const root = byId.get(row.rootId);
      if (root === undefined || row.away === 1 || taken.has(row.fileId) || !sameBytes(row, found)) continue;
      if (!(await isPresent(root.rootId, root.path))) continue;
      // A hard link is still there; what cannot be looked at may be.
      const there = await lookThrough(join(root.path, row.path)).then(identityOf, (error: unknown) =>
        isGone(error) ? null : row.identity,
      );
      if (there !== row.identity) return row;
    }
    return undefined;
  };
}
