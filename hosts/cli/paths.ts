// Runs in the command line: what a person typed as a path, and the paths that the library keeps.
import { realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';

/** A path with its links followed as far as it exists; itself where it does not. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return resolve(path);
  }
}

const forms = (path: string): readonly string[] => [resolve(path), realPath(path)];

/** Whether two paths mean the same folder, links and all. */
export const isSamePath = (one: string, other: string): boolean =>
  forms(one).some((form) => forms(other).includes(form));

/** Whether a path is the folder or lies in it. */
export const isWithin = (path: string, folder: string): boolean =>
  forms(path).some((form) =>
    forms(folder).some(
      (outer) => form === outer || form.startsWith(outer.endsWith(sep) ? outer : outer + sep),
    ),
  );
