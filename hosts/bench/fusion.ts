// Runs in the command line: `bench fusion`, the ranking over all kinds beside plain ones, in a space with a gap.
import { type MomentId, type SearchInput, SearchRequest } from '../../contract/index.ts';
import type { RelevanceCurves } from '../../library/ports.ts';
import { fitCurves } from '../../library/search/meaning/calibration.ts';
import { neutralTexts } from '../../library/search/meaning/neutral-texts.ts';
import { ALIKE, conceptOf, type GapOptions, type Held, kinds, withLibrary } from './gap-library.ts';
import { gapEncoder, hubness, pictureVector, textVector } from './gap-space.ts';
import { randomFrom } from './pictures.ts';

interface FusionRow {
  readonly ranking: string;
  readonly recallAt10: Record<(typeof kinds)[number], number>;
  /** Share of the first ten places that hold a moment of another kind than the answer's. */
  readonly intrusions: number;
}

type Order = readonly Held[];

type Ways = readonly (readonly [name: string, asked: SearchInput])[];

const ways: Ways = [
  ['relevance, as shown', {}],
  ['relevance, without the cut-off', { all: true }],
  ['… as shown, without likeness', { without: ['likeness'] }],
  ['… neither', { all: true, without: ['likeness'] }],
];
const calibrated: Ways = [
  ['calibrated, as shown', {}],
  ['… without likeness', { without: ['likeness'] }],
];

const CONCEPTS = 25;
const PER_KIND = 2000;

/**
 * Each question's ten answers are of one kind; the library holds all three. Calibration is by other texts,
 * pictures and sentences than those that are asked and found.
 */
export async function benchFusion(options: GapOptions): Promise<FusionRow[]> {
  const plain = await ask(options, ways, true);
  return [...plain, ...(await ask({ ...options, curves: await fitted() }, calibrated, false))];
}

async function fitted(): Promise<RelevanceCurves> {
  const random = randomFrom(404);
  const make = (of: typeof textVector, kind: string) =>
    Array.from({ length: 300 }, (_, n) => of(`fit ${kind} ${n}`, `fit ${kind} ${n}`, hubness(random)));
  const meanings = await gapEncoder.encodeTexts(neutralTexts(gapEncoder.space.languages));
  return fitCurves({
    texts: meanings.flatMap((one) => (one.kind === 'vector' ? [one.vector] : [])),
    pictures: make(pictureVector, 'picture'),
    sentences: make(textVector, 'sentence'),
  });
}

function ask(options: GapOptions, asked: Ways, beside: boolean): Promise<FusionRow[]> {
  return withLibrary(options, PER_KIND, CONCEPTS, async ({ held, find }) => {
    const byId = new Map(held.map((one) => [one.momentId, one]));
    const orders = new Map<string, { kind: Held['kind']; concept: string; order: Order }[]>();
    const note = (name: string, kind: Held['kind'], concept: string, order: Order) => {
      orders.set(name, [...(orders.get(name) ?? []), { kind, concept, order: order.slice(0, 10) }]);
    };
    for (const kind of kinds)
      for (let n = 0; n < CONCEPTS; n++) {
        options.signal.throwIfAborted();
        const concept = conceptOf(kind, n);
        for (const [name, how] of asked) {
          const answer = await find(SearchRequest.parse({ text: concept, limit: 10, ...how }));
          const order = answer.results.flatMap(
            (result) => byId.get(result.moments[0]?.momentId as MomentId) ?? [],
          );
          note(name, kind, concept, order);
        }
        const [meaning] = await gapEncoder.encodeTexts([concept]);
        if (meaning?.kind === 'vector' && beside)
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
