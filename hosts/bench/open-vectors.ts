// Runs as a process of its own, so that its memory is that of search alone: opens vectors and searches. Serves `bench vectors`.
import { crowdedVectors } from './crowded-vectors.ts';
import { nearest, openIndex } from './nearest-hundred.ts';

export interface OpenedVectors {
  readonly openMs: number;
  /** Resident after opening and some searches, less what was before. */
  readonly memoryBytes: number;
}

const [, , folder = '', name = ''] = process.argv;
const queries = Array.from({ length: 10 }, crowdedVectors(5).query);
const before = process.memoryUsage.rss();
const startMs = performance.now();
const index = openIndex(folder, name);
const openMs = performance.now() - startMs;
for (const query of queries) nearest(index, query, null);
process.send?.({ openMs, memoryBytes: process.memoryUsage.rss() - before } satisfies OpenedVectors);
index.close();
process.disconnect();
