// Runs in the command line: `bench fusion` and `bench cutoff`, the ranking over all kinds in a space with a gap.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  ContentHash,
  type MomentId,
  type MomentKind,
  type SearchInput,
  SearchRequest,
} from '../../contract/index.ts';
import { openDatabase } from '../../library/database/database.ts';
import type { Log } from '../../library/ports.ts';
import { createSearch } from '../../library/search/search.ts';
import { createSpaceIndex } from '../../library/search/space-index.ts';
import { embedded, gapEncoder, gapSpace, hubness, pictureVector, textVector } from './gap-space.ts';
import { randomFrom } from './pictures.ts';

const kinds = ['picture', 'keyframe', 'sentence'] as const satisfies readonly MomentKind[];
/** Moments that are about one concept: ten, and in small libraries an eighth of a kind. */
const ALIKE = 10;
const alikeIn = (perKind: number): number => Math.max(1, Math.min(ALIKE, Math.floor(perKind / 8)));

interface FusionOptions {
  readonly work: string;
  readonly log: Log;
  readonly note: (sentence: string) => void;
  readonly signal: AbortSignal;
}

interface Held {
  readonly momentId: MomentId;
  readonly kind: (typeof kinds)[number];
  readonly concept: string;
  readonly vector: Float32Array;
}

/** One word that the query language reads as nothing else. */
function conceptOf(kind: Held['kind'], n: number): string {
  const letters = [...String(n)].map((digit) => 'bdfgklmnpr'[Number(digit)] ?? '').join('a');
  return `${{ picture: 'zu', keyframe: 'wo', sentence: 'xe' }[kind]}${letters}`;
}

/** A library of so many moments of each kind, an item each; the first concepts of a kind have ten moments each. */
async function withLibrary<T>(
  options: FusionOptions,
  perKind: number,
  conceptsPerKind: number,
  use: (library: { held: Held[]; find: ReturnType<typeof createSearch>['find'] }) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(options.work, 'gap-'));
  const database = openDatabase(folder);
  try {
    const index = createSpaceIndex(gapSpace);
    const vectors = database.vectors.open(gapSpace);
    const random = randomFrom(perKind);
    const held: Held[] = [];
    const { rootId } = database.roots.add(join(folder, 'unplugged'), 0);
    database.transaction(() => {
      for (const kind of kinds)
        for (let n = 0; n < perKind; n++) {
          const of = Math.floor(n / alikeIn(perKind));
          const concept = of < conceptsPerKind ? conceptOf(kind, of) : `other ${kind} ${n}`;
          const make = kind === 'sentence' ? textVector : pictureVector;
          const vector = make(concept, `${kind} ${perKind} ${n}`, hubness(random));
          const itemId = database.items.add({
            hash: ContentHash.parse(createHash('sha256').update(`${kind} ${n}`).digest('hex')),
            kind: kind === 'picture' ? 'picture' : kind === 'keyframe' ? 'video' : 'audio',
            ...{ mediaType: 'image/jpeg', bytes: 1, sortMs: n * 1000 },
          });
          const path = `${kind}-${n}`;
          const fileId = database.files.add(rootId, { path, bytes: 1, modifiedMs: 0, identity: path });
          database.files.link(fileId, itemId, 'primary');
          const momentId = database.moments.add({ itemId, kind, startMs: null, endMs: null, text: null });
          vectors.put(momentId, embedded(vector));
          index.put(momentId, itemId, kind, embedded(vector));
          held.push({ momentId, kind, concept, vector });
        }
    });
    const search = createSearch({
      ...{ database, log: options.log, clock: { nowMs: () => Date.UTC(2026, 0) } },
      pool: {
        decode: () => Promise.reject(new Error('nothing is decoded here')),
        decodeBytes: () => Promise.reject(new Error('nothing is decoded here')),
      },
      active: () => ({ encoder: gapEncoder, vectors, index }),
    });
    await search.prepare();
    while (!index.settled()) await new Promise((resolve) => setTimeout(resolve, 20));
    return await use({ held, find: (request, signal) => search.find(request, signal) });
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface FusionRow {
  readonly ranking: string;
  readonly recallAt10: Record<(typeof kinds)[number], number>;
  /** Share of the first ten places that hold a moment of another kind than the answer's. */
  readonly intrusions: number;
}

type Order = readonly Held[];

const ways: readonly (readonly [name: string, asked: SearchInput])[] = [
  ['relevance, as shown', {}],
  ['relevance, without the cut-off', { all: true }],
  ['… as shown, without likeness', { without: ['likeness'] }],
  ['… neither', { all: true, without: ['likeness'] }],
];

/** Each question's ten answers are of one kind; the library holds all three. */
export async function benchFusion(options: FusionOptions): Promise<FusionRow[]> {
  const concepts = 25;
  return withLibrary(options, 2000, concepts, async ({ held, find }) => {
    const byId = new Map(held.map((one) => [one.momentId, one]));
    const orders = new Map<string, { kind: Held['kind']; concept: string; order: Order }[]>();
    const note = (name: string, kind: Held['kind'], concept: string, order: Order) => {
      orders.set(name, [...(orders.get(name) ?? []), { kind, concept, order: order.slice(0, 10) }]);
    };
    for (const kind of kinds)
      for (let n = 0; n < concepts; n++) {
        options.signal.throwIfAborted();
        const concept = conceptOf(kind, n);
        const request = { text: concept, limit: 10 };
        for (const [name, asked] of ways) {
          const answer = await find(SearchRequest.parse({ ...request, ...asked }));
          const order = answer.results.flatMap(
            (result) => byId.get(result.moments[0]?.momentId as MomentId) ?? [],
          );
          note(name, kind, concept, order);
        }
        const [meaning] = await gapEncoder.encodeTexts([concept]);
        if (meaning?.kind !== 'vector') continue;
        for (const [name, order] of baselines(held, meaning.vector)) note(name, kind, concept, order);
      }
    return [...orders].map(([ranking, answers]) => rowOf(ranking, answers));
  });
}

function baselines(held: readonly Held[], query: Float32Array): [string, Order][] {
  const cosines = held.map((one) => one.vector.reduce((sum, value, i) => sum + value * (query[i] ?? 0), 0));
  const best = (values: readonly number[]): Order =>
    [...held.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0)).flatMap((i) => held[i] ?? []);
  const z = new Array<number>(held.length).fill(0);
  const rrf = new Array<number>(held.length).fill(0);
  for (const kind of kinds) {
    const own = [...held.keys()].filter((i) => held[i]?.kind === kind);
    const mean = own.reduce((sum, i) => sum + (cosines[i] ?? 0), 0) / own.length;
    const variance = own.reduce((sum, i) => sum + ((cosines[i] ?? 0) - mean) ** 2, 0) / own.length;
    for (const i of own) z[i] = ((cosines[i] ?? 0) - mean) / Math.sqrt(variance);
    const sorted = own.toSorted((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0));
    // Cormack, Clarke and Buettcher, 2009: k = 60.
    for (const [place, i] of sorted.entries()) rrf[i] = 1 / (60 + place + 1);
  }
  return [
    ['raw cosine', best(cosines)],
    ['z-score per kind', best(z)],
    ['reciprocal rank fusion', best(rrf)],
  ];
}

function rowOf(
  ranking: string,
  answers: readonly { kind: Held['kind']; concept: string; order: Order }[],
): FusionRow {
  const recall = (kind: Held['kind']): number => {
    const own = answers.filter((answer) => answer.kind === kind);
    const right = own.map(
      ({ concept, order }) => order.filter((one) => one.concept === concept).length / ALIKE,
    );
    return right.reduce((sum, value) => sum + value, 0) / own.length;
  };
  const wrong = answers.flatMap(({ kind, order }) => order.filter((one) => one.kind !== kind)).length;
  return {
    ranking,
    recallAt10: { picture: recall('picture'), keyframe: recall('keyframe'), sentence: recall('sentence') },
    intrusions: wrong / (answers.length * 10),
  };
}

interface CutoffRow {
  readonly library: number;
  /** Of 300 questions without an answer, the share that said "nothing matches". */
  readonly nothing: number;
  /** Of 300 questions with an answer, the share that said so too. */
  readonly cutOff: number;
}

const QUESTIONS = 300;

/** Questions that the library cannot answer and such that it can, in small and large libraries. */
export async function benchCutoff(options: FusionOptions, sizes: readonly number[]): Promise<CutoffRow[]> {
  const rows: CutoffRow[] = [];
  for (const size of sizes) {
    options.note(`A library of ${size} …`);
    const perKind = Math.ceil(size / kinds.length);
    const concepts = Math.max(1, Math.floor(Math.min(perKind, 1000) / 2 / alikeIn(perKind)));
    rows.push(
      await withLibrary(options, perKind, concepts, async ({ find }) => {
        let [nothing, cutOff] = [0, 0];
        const random = randomFrom(size);
        for (let n = 0; n < QUESTIONS; n++) {
          options.signal.throwIfAborted();
          const missing =
            [
              `qu${letters(random)} yk${letters(random)}`,
              `${hangul(random)} ${hangul(random)}`,
              letters(random),
            ][n % 3] ?? '';
          if ((await find(SearchRequest.parse({ text: missing, limit: 1 }))).total === 0) nothing++;
          const kind = kinds[n % kinds.length] ?? 'picture';
          const there = conceptOf(kind, Math.floor(n / kinds.length) % concepts);
          if ((await find(SearchRequest.parse({ text: there, limit: 1 }))).total === 0) cutOff++;
        }
        return { library: perKind * kinds.length, nothing: nothing / QUESTIONS, cutOff: cutOff / QUESTIONS };
      }),
    );
  }
  return rows;
}

function letters(random: () => number): string {
  return Array.from({ length: 8 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
}

function hangul(random: () => number): string {
  return Array.from({ length: 3 }, () => String.fromCodePoint(0xac00 + Math.floor(random() * 11_172))).join(
    '',
  );
}
