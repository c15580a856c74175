// Runs in the HTTP host: the system's trash. The one module that knows the package that moves files there.
import trash from 'trash';
import type { Trash } from '../library/ports.ts';

export const systemTrash: Trash = {
  // The path is a path and no pattern, whatever signs are in it.
  move: (path) => trash(path, { glob: false }),
};
