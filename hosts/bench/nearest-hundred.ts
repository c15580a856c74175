// Runs in the command line: the nearest of a query as a question finds them, over an index alone. Serves `bench vectors`.
import type { MomentId, PackId } from '../../contract/index.ts';
import type { SpaceInfo } from '../../library/ports.ts';
import { createSpaceIndex, type SpaceIndex } from '../../library/search/vectors/space-index.ts';
import { createSnapshots } from '../../library/search/vectors/vector-snapshot.ts';
import { byValue } from '../../library/search/vectors/vector-store.ts';
import { DIMENSIONS } from './crowded-vectors.ts';

export const NEAREST = 100;
/** Compared exactly of those that codes put first: as many as a question compares where rows are in a file. */
const COMPARED = 2_048;

export const benchSpace: SpaceInfo = {
  ...{ key: 'bench-vectors', packId: 'bench-vectors' as PackId, family: 'dual-encoder', curves: null },
  ...{ dimensions: DIMENSIONS, concepts: [], languages: ['en'], logitScale: 100 },
};

/** Codes choose, rows tell the exact order of the first. Nearest first. */
export function nearest(index: SpaceIndex, query: Float32Array, allowed: Uint8Array | null): MomentId[] {
  const { vectors, momentIds } = index;
  const { slots, exact } = vectors.nearestFirst(query, allowed);
  const some = exact ? slots : slots.subarray(0, COMPARED);
  const best = byValue(some, vectors.cosines(vectors.prepare(query), some)).subarray(0, NEAREST);
  return Array.from(best, (slot) => momentIds[slot] as MomentId);
}

/** From the snapshot of a name. */
export function openIndex(folder: string, name: string): SpaceIndex {
  const index = createSpaceIndex(benchSpace, folder);
  if (!index.restore(createSnapshots(folder, benchSpace.key), name))
    throw new Error('the snapshot that was just written is not sound');
  return index;
}
