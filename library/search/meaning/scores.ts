// Runs on the engine's thread: the relevance of every moment to one part of a question. Serves search.
import { CUT_OFF, type Why } from '../../../contract/index.ts';
import type { ConceptClause, SpaceInfo } from '../../ports.ts';
import type { Catalogue } from '../catalogue.ts';
import type { QueryPicture } from '../query-pictures.ts';
import {
  BELOW,
  defaultCurves,
  either,
  levelOf,
  lowerHalf,
  onCurve,
  onLevel,
  ordered,
  presumed,
  roughly,
  SAME_PICTURE_COSINE,
} from './relevance.ts';
import type { Turn } from '../turns.ts';
import type { SpaceIndex } from '../vectors/space-index.ts';
import { SAID, SEEN, type VectorClass } from '../vectors/vector-store.ts';
import type { Term } from '../words/word-evidence.ts';

/** How one part of a question is answered by every moment. */
export interface Scores {
  /** By moment id. */
  readonly relevance: Float32Array;
  /** What of its content made it so; words are told apart. */
  why(momentId: number): Why[];
  /** Concepts that were asked for. */
  readonly concepts: readonly number[];
}

export const percent = (relevance: number): string => `${Math.round(relevance * 100)} %`;

/**
 * A text as concepts understand it: all clauses must hold, any concept of a clause will do, and a word that
 * stands in the moment's own words holds as well. An unknown word holds by words or not at all.
 */
export async function conceptScores(
  index: SpaceIndex,
  catalogue: Catalogue,
  clauses: readonly ConceptClause[],
  words: { readonly unknown: readonly Term[]; readonly termOf: (word: string) => Term },
  turn: Turn,
): Promise<Scores> {
  const size = catalogue.rankOfMoment.length;
  const { unknown } = words;
  const binding = clauses.filter((clause) => !clause.orderingOnly);
  const seen = new Map<ConceptClause, Float32Array>();
  const held = new Float64Array(size).fill(1);
  for (const clause of clauses) {
    const here = seenIn(index, clause, size);
    seen.set(clause, here);
    const term = words.termOf(clause.word);
    if (isThing(index.space, clause)) believe(here, term, catalogue);
    if (clause.weakAs !== null) for (let id = 0; id < size; id++) here[id] = roughly(here[id] as number);
    if (!clause.orderingOnly) holdBy(held, here, term.strength);
    await turn();
  }
  const named = unknown.length === 0 ? null : namedBy(unknown, size);
  const relevance = new Float32Array(size);
  const parts = binding.length + unknown.length;
  if (parts === 0) {
    if (clauses.length > 0)
      for (let id = 0; id < size; id++)
        if ((catalogue.rankOfMoment[id] as number) >= 0) relevance[id] = BELOW;
  } else
    for (let id = 0; id < size; id++) {
      const [all, every] = [held[id] as number, named === null ? 1 : (named[id] as number)];
      if (every > 0) relevance[id] = root(all * every, parts);
      else if (binding.length > 0) relevance[id] = root(all, binding.length) * BELOW;
    }
  for (const clause of clauses) {
    if (!clause.orderingOnly) continue;
    const by = seen.get(clause) as Float32Array;
    for (let id = 0; id < size; id++) {
      const value = relevance[id] as number;
      if (value > 0) relevance[id] = ordered(value, by[id] as number);
    }
  }
  return {
    relevance,
    why: (id) => clauses.flatMap((clause) => whyOf(index, clause, seen.get(clause)?.[id] ?? 0, id)),
    concepts: clauses.flatMap((clause) => clause.anyOf),
  };
}

/** One more thing that must hold: by what is seen, by the words, or by both. */
function holdBy(held: Float64Array, seen: Float32Array, strength: Float32Array): void {
  for (let id = 0; id < held.length; id++) {
    const [shown, said] = [seen[id] as number, strength[id] as number];
    // Most moments say nothing: then what is seen is all there is.
    held[id] = (held[id] as number) * (said === 0 && shown < 0.999 ? shown : either(shown, said));
  }
}

/** By moment id: the product of the strengths with which words stand there. */
function namedBy(terms: readonly Term[], size: number): Float64Array {
  const named = new Float64Array(size).fill(1);
  for (const { strength } of terms)
    for (let id = 0; id < size; id++) named[id] = (named[id] as number) * (strength[id] as number);
  return named;
}

/** Names with a colon are of scenes, colours, tones and numbers; objects have plain ones. */
function isThing(space: SpaceInfo, { anyOf }: ConceptClause): boolean {
  return anyOf.length > 0 && anyOf.every((concept) => !(space.concepts[concept] ?? ':').includes(':'));
}

function root(product: number, n: number): number {
  return n === 1 ? product : n === 2 ? Math.sqrt(product) : product ** (1 / n);
}

/** By moment id: the best of a clause's concepts. */
function seenIn(index: SpaceIndex, clause: ConceptClause, size: number): Float32Array {
  const seen = new Float32Array(size);
  const { momentIds } = index;
  const count = index.count();
  for (const concept of clause.anyOf) {
    const column = index.concepts.column(concept);
    for (let slot = 0; slot < count; slot++) {
      const id = momentIds[slot] as number;
      const value = (column[slot] as number) / 255;
      if (value > (seen[id] as number)) seen[id] = value;
    }
  }
  return seen;
}

/**
 * Where nothing reaches the cut, neither seen nor named, what comes nearest to it is believed more: what a person
 * asks for is likelier to be there than what nobody asks for.
 */
function believe(seen: Float32Array, term: Term, catalogue: Catalogue): void {
  let moments = 0;
  for (let id = 0; id < seen.length; id++) {
    if ((catalogue.rankOfMoment[id] ?? -1) < 0) continue;
    if (either(seen[id] ?? 0, term.strength[id] ?? 0) >= CUT_OFF) return;
    moments++;
  }
  for (let id = 0; id < seen.length; id++) seen[id] = presumed(seen[id] ?? 0, moments);
}

/** A concept is told from a tenth on: below, it is no reason. */
function whyOf(index: SpaceIndex, clause: ConceptClause, seen: number, momentId: number): Why[] {
  const slot = index.slotOf(momentId as never);
  if (slot < 0 || seen < 0.1) return [];
  let best: number | undefined;
  for (const concept of clause.anyOf)
    if (best === undefined || index.concepts.at(concept, slot) > index.concepts.at(best, slot))
      best = concept;
  return best === undefined
    ? []
    : [
        {
          kind: 'concept',
          text: `${conceptName(index.space, best)} ${percent(index.concepts.at(best, slot))}`,
        },
      ];
}

/** A concept's name for a person: without what only groups it ("scene:water", but "people 2"). */
export function conceptName(space: SpaceInfo, concept: number): string {
  return (space.concepts[concept] ?? '')
    .replace(/^(?:scene|colour|thing|tone|object):/u, '')
    .replace(':', ' ');
}

/** The library's mean picture, drawn towards nothing while there are few pictures to tell it. */
export function commonPart(index: SpaceIndex): Float32Array {
  const trust = index.count() / (index.count() + 8);
  return index.vectors.mean().map((value) => value * trust);
}

/** The direction in which to look for moments near a picture. */
export function pictureDirection(index: SpaceIndex, vector: Float32Array): Float32Array {
  const common = commonPart(index);
  return vector.map((value, i) => value - (common[i] ?? 0));
}

/** A picture at the given slots; other moments get 0. The item that it is gets 1 in any case. */
export function pictureScores(
  index: SpaceIndex | null,
  catalogue: Catalogue,
  picture: QueryPicture,
  slots: Int32Array,
  into?: Scores,
): Scores {
  const relevance = into?.relevance ?? new Float32Array(catalogue.rankOfMoment.length);
  const exact = picture.itemId === null ? -1 : (catalogue.rankOfItem[picture.itemId] ?? -1);
  if (index !== null && picture.vector !== null) {
    const of = (kind: VectorClass) => slots.filter((slot) => index.vectors.classOf(slot) === kind);
    scoreAlike(index, picture.vector, of(SEEN), exact < 0, relevance);
    scoreSaid(index, picture.vector, of(SAID), relevance);
  }
  if (exact >= 0)
    for (const [id, rank] of catalogue.rankOfMoment.entries()) if (rank === exact) relevance[id] = 1;
  return {
    relevance,
    why: (id) => [
      {
        kind: 'picture',
        text: relevance[id] === 1 ? `the same picture as ${picture.name}` : `looks like ${picture.name}`,
      },
    ],
    concepts: [],
  };
}

function scoreAlike(
  index: SpaceIndex,
  vector: Float32Array,
  slots: Int32Array,
  sameIsOne: boolean,
  relevance: Float32Array,
): void {
  const curve = index.space.curves?.pictureToPicture ?? defaultCurves.pictureToPicture;
  const common = commonPart(index);
  const direction = pictureDirection(index, vector);
  const ownLength = Math.hypot(...direction);
  const commonSquare = common.reduce((sum, value) => sum + value * value, 0);
  const allCommon = index.vectors.cosines(index.vectors.prepare(common), slots);
  const allDirection = index.vectors.cosines(index.vectors.prepare(direction), slots);
  let offset = 0;
  for (const [i, value] of direction.entries()) offset += value * (common[i] ?? 0);
  for (const [i, slot] of slots.entries()) {
    const alongCommon = allCommon[i] as number;
    const length = Math.sqrt(Math.max(1e-9, 1 - 2 * alongCommon + commonSquare));
    const alongDirection = allDirection[i] as number;
    const x = (alongDirection - offset) / Math.max(1e-9, length * ownLength);
    // The plain cosine is the sum of both parts.
    const same = sameIsOne && alongDirection + alongCommon >= SAME_PICTURE_COSINE;
    relevance[index.momentIds[slot] ?? 0] = same ? 1 : Math.min(0.999, onCurve(curve, x));
  }
}

/** With fewer sentences nothing tells how near to a picture any of them is. */
const SAID_AT_LEAST = 16;

/**
 * What is said, by a picture: on the level that the library's other sentences have towards this very picture, as a
 * text's is towards pictures. What all pictures and what all sentences have in common is taken away.
 */
function scoreSaid(
  index: SpaceIndex,
  vector: Float32Array,
  slots: Int32Array,
  relevance: Float32Array,
): void {
  const sample = index.sample(SAID);
  if (slots.length === 0 || sample.length < SAID_AT_LEAST) return;
  const { slope, middle } = (index.space.curves ?? defaultCurves).textToPicture;
  const query = index.vectors.prepare(pictureDirection(index, vector));
  const seen = index.vectors.cosines(query, sample);
  const unit = Math.max(1e-6, lowerHalf(seen).deviation);
  const level = levelOf(
    seen.map((cosine) => cosine / unit),
    index.vectors.countOf(SAID),
    { slope, middle },
  );
  for (const [i, cosine] of index.vectors.cosines(query, slots).entries())
    relevance[index.momentIds[slots[i] as number] ?? 0] = onLevel(level, slope, cosine / unit);
}

/** One wanted thing, scored, and how much it counts. */
export interface Weighted {
  /** By moment id. */
  readonly scores: Float32Array;
  readonly weight: number;
}

/** Several wanted things at once: by moment id, the geometric mean by weights (score-level fusion). */
export function combined(parts: readonly Weighted[], catalogue: Catalogue): Float32Array {
  const [first, ...others] = parts;
  const all = new Float32Array(catalogue.rankOfMoment.length);
  if (first === undefined || others.length === 0) return first?.scores ?? all;
  const sum = parts.reduce((whole, { weight }) => whole + weight, 0);
  const equal = parts.every(({ weight }) => weight === first.weight);
  const product = new Float64Array(all.length).fill(1);
  for (const { scores, weight } of parts)
    for (let id = 0; id < all.length; id++) {
      const score = scores[id] as number;
      product[id] = (product[id] as number) * (equal ? score : score ** weight);
    }
  for (let id = 0; id < all.length; id++)
    if ((product[id] as number) > 0)
      all[id] = equal ? root(product[id] as number, parts.length) : (product[id] as number) ** (1 / sum);
  return all;
}
