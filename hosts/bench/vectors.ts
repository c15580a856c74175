// Runs in the command line: how fast and how rightly the nearest of many vectors are found. Serves `bench vectors`.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ItemId, MomentId } from '../../contract/index.ts';
import { openDatabase } from '../../library/database/database.ts';
import { createSpaceIndex, type SpaceIndex } from '../../library/search/vectors/space-index.ts';
import { createSnapshots } from '../../library/search/vectors/vector-snapshot.ts';
import { crowdedVectors, DIMENSIONS, NEAR_DUPLICATES } from './crowded-vectors.ts';
import { type Exact, exactNearest, recallOf } from './exact-nearest.ts';
import { benchSpace, NEAREST, nearest, openIndex } from './nearest-hundred.ts';
import type { OpenedVectors } from './open-vectors.ts';
import { type Latencies, latenciesOf } from './percentiles.ts';
import { plainVec0 } from './plain-forms.ts';

const TIMED = 200;
/** Of the timed ones; to find every exact answer takes as long as putting all vectors. */
const JUDGED = 20;
const SHARES = [1, 0.5, 0.05, 0.005, 0.0001];
const CHANGED = { searches: 1_000, each: 10 };
/** Filling its table takes long; its time grows with the number. */
const VEC0_AT_MOST = 1_000_000;

export interface VectorsRow {
  readonly moments: number;
  readonly search: string;
  readonly times: Latencies;
  /** Share of the exact hundred nearest that were found, on average and at the least; null: not judged. */
  readonly recall: number | null;
  readonly worst: number | null;
  /** Answers that lacked what had been put or held what had been removed. */
  readonly stale: number | null;
}

export interface VectorsResult extends OpenedVectors {
  readonly rows: readonly VectorsRow[];
  readonly moments: number;
  readonly putSeconds: number;
}

export async function benchVectors(options: {
  readonly moments: number;
  readonly work: string;
  readonly note: (sentence: string) => void;
  readonly signal: AbortSignal;
}): Promise<VectorsResult> {
  const { moments, note, signal } = options;
  const folder = await mkdtemp(join(options.work, 'vectors-'));
  try {
    note(`Making ${moments} vectors …`);
    const made = crowdedVectors(11);
    const floats = new Float32Array(moments * DIMENSIONS);
    const duplicates = Math.min(NEAR_DUPLICATES, Math.floor(moments / 10));
    const every = Math.floor(moments / duplicates);
    for (let at = 0; at < moments; at++)
      floats.set(
        at % every === 0 && at / every < duplicates ? made.duplicate() : made.stored(),
        at * DIMENSIONS,
      );
    note('Putting them into an index …');
    const [name, putSeconds] = saved(floats, folder, signal);
    const opened = await openedAlone(folder, name);
    const index = openIndex(folder, name);
    const queries = Array.from({ length: TIMED }, made.query);
    try {
      const rows: VectorsRow[] = [];
      const timed = (search: string, asked: readonly Float32Array[], share: number, exact: Exact): void => {
        signal.throwIfAborted();
        const mask = share < 1 ? maskOf(index, share) : null;
        const [found, times] = answers(index, asked, mask);
        const recalls = exact.cosines.map((cosines, q) => {
          const pass = mask === null ? null : (at: number) => mask[index.slotOf((at + 1) as MomentId)] === 1;
          return recallOf(found[q] ?? [], cosines, pass, NEAREST);
        });
        const recall = recalls.reduce((sum, one) => sum + one, 0) / recalls.length;
        rows.push({ moments, search, times, recall, worst: Math.min(...recalls), stale: null });
      };
      note('Comparing every float, for the exact answers …');
      const exact = exactNearest(floats, queries.slice(0, JUDGED), DIMENSIONS);
      for (const share of SHARES) {
        note(share === 1 ? 'Searching …' : `Searching where ${share * 100} % pass …`);
        timed(share === 1 ? 'all' : `${share * 100} % pass`, queries, share, exact);
      }
      const alike = Array.from({ length: TIMED }, made.duplicateQuery);
      const exactAlike = exactNearest(floats, alike.slice(0, JUDGED), DIMENSIONS);
      timed(`the picture with ${duplicates} near-duplicates`, alike, 1, exactAlike);
      note('Searching while others come and go …');
      rows.push(changing(index, queries, made.stored));
      const plain = { moments, recall: null, worst: null, stale: null };
      rows.push({ ...plain, search: 'plain float scan', times: latenciesOf(exact.milliseconds) });
      note('The same by vec0 …');
      const fits = Math.min(moments, VEC0_AT_MOST);
      const times = vec0Times(folder, floats.subarray(0, fits * DIMENSIONS), queries.slice(0, 8));
      rows.push({ ...plain, moments: fits, search: 'plain vec0', times });
      return { rows, moments, putSeconds, ...opened };
    } finally {
      index.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function openedAlone(folder: string, name: string): Promise<OpenedVectors> {
  const program = fileURLToPath(new URL('./open-vectors.ts', import.meta.url));
  const child = fork(program, [folder, name], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [[opened]] = (await Promise.all([once(child, 'message'), once(child, 'exit')])) as [
    [OpenedVectors],
    unknown,
  ];
  return opened;
}

/** Moment ids are places in `floats` plus one. */
function saved(
  floats: Float32Array,
  folder: string,
  signal: AbortSignal,
): [name: string, putSeconds: number] {
  const index = createSpaceIndex(benchSpace, folder);
  const startMs = performance.now();
  for (let at = 0; at * DIMENSIONS < floats.length; at++) {
    if (at % 10_000 === 0) signal.throwIfAborted();
    putOne(index, at + 1, floats.subarray(at * DIMENSIONS, (at + 1) * DIMENSIONS));
  }
  const putSeconds = (performance.now() - startMs) / 1000;
  const name = index.save(createSnapshots(folder, benchSpace.key));
  index.close();
  return [name, putSeconds];
}

const putOne = (index: SpaceIndex, momentId: number, vector: Float32Array): void =>
  index.put(momentId as MomentId, 1 as ItemId, 'picture', { vector, concepts: null, regions: [] });

function answers(
  index: SpaceIndex,
  queries: readonly Float32Array[],
  allowed: Uint8Array | null,
): [found: number[][], times: Latencies] {
  const milliseconds: number[] = [];
  const found = queries.map((query) => {
    const startMs = performance.now();
    const ids = nearest(index, query, allowed);
    milliseconds.push(performance.now() - startMs);
    return ids.map((id) => id - 1);
  });
  return [found, latenciesOf(milliseconds)];
}

/** By slot: an even scatter of the share that passes. */
function maskOf(index: SpaceIndex, share: number): Uint8Array {
  const mask = new Uint8Array(index.count());
  for (let slot = 0; slot < mask.length; slot++)
    if ((Math.imul(index.momentIds[slot] as number, 0x9e3779b1) >>> 0) / 2 ** 32 < share) mask[slot] = 1;
  return mask;
}

function changing(
  index: SpaceIndex,
  queries: readonly Float32Array[],
  stored: () => Float32Array,
): VectorsRow {
  const milliseconds: number[] = [];
  const moments = index.count();
  const gone = new Set<number>();
  let [stale, next, place] = [0, moments + 1, 0];
  for (let n = 0; n < CHANGED.searches; n++) {
    let last = { id: 0, vector: new Float32Array() as Float32Array };
    for (let i = 0; i < CHANGED.each; i++) {
      place = (place + 7_919) % index.count();
      const id = index.momentIds[place] as number;
      index.remove(id as MomentId);
      gone.add(id);
      last = { id: next++, vector: stored() };
      putOne(index, last.id, last.vector);
    }
    const startMs = performance.now();
    const found = nearest(index, queries[n % queries.length] as Float32Array, null);
    milliseconds.push(performance.now() - startMs);
    if (found.some((id) => gone.has(id))) stale++;
    // Asked for as a search asks: without what all vectors have in common.
    const common = index.vectors.mean();
    const own = last.vector.map((value, i) => value - (common[i] ?? 0));
    if (!nearest(index, own, null).includes(last.id as MomentId)) stale++;
  }
  const search = `${CHANGED.searches * CHANGED.each} put and removed meanwhile`;
  return { moments, search, times: latenciesOf(milliseconds), recall: null, worst: null, stale };
}

function vec0Times(
  folder: string,
  floats: Float32Array<ArrayBuffer>,
  queries: readonly Float32Array[],
): Latencies {
  const database = openDatabase(folder);
  try {
    const ask = plainVec0(database, floats, DIMENSIONS);
    return latenciesOf(
      queries.map((query) => {
        const startMs = performance.now();
        ask(query, NEAREST);
        return performance.now() - startMs;
      }),
    );
  } finally {
    database.close();
  }
}
