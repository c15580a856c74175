// Runs on the engine's thread: every part of a plan scored and brought together, moment by moment.
import { CUT_OFF, type MomentId, type Plan } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { TextMeaning } from '../ports.ts';
import type { Catalogue } from './catalogue.ts';
import type { LeftOut } from './query/leave-out.ts';
import type { QueryPicture } from './query-pictures.ts';
import { BELOW, either, without } from './meaning/relevance.ts';
import { combined, conceptScores, pictureDirection, pictureScores, type Scores } from './meaning/scores.ts';
import type { Active } from './search.ts';
import { type Sum, sumOf } from './meaning/sums.ts';
import type { SpaceIndex } from './vectors/space-index.ts';
import { textDirection, textJudge } from './meaning/text-judge.ts';
import { byValue, SAID, SEEN, type VectorClass } from './vectors/vector-store.ts';
import { exactly, findTerm, type Term, termsOf, withSame, wordRelevance } from './words/word-evidence.ts';

/** Vectors that are judged before it is asked whether there may be more. */
const JUDGED = 8192;
/** While moments' standings are still being computed, and where rows are read from a file, each costs more. */
const JUDGED_WHILE_SETTLING = 2048;
/** Share of the last judged ones above the cut-off from which more may lie beyond them. */
const CROWDED = 1 / 64;

export interface Question {
  readonly database: Database;
  readonly catalogue: Catalogue;
  readonly active: Active | null;
  readonly plan: Plan;
  /** What each wanted text means. */
  readonly understood: ReadonlyMap<string, TextMeaning>;
  readonly pictures: readonly QueryPicture[];
  /** By rank; null: no filter. */
  readonly mask: Uint8Array | null;
  /** The last word may not be finished. */
  readonly typing: boolean;
  /** Every result is to be counted, not only those among the nearest. */
  readonly exhaustive: boolean;
  /** Parts of the ranking that are not to be used. */
  readonly leftOut: LeftOut;
}

export interface ScoredQuestion {
  /** By moment id; null: nothing was asked for but filters. */
  readonly relevance: Float32Array | null;
  /** By rank: filters, phrases and minuses. */
  readonly mask: Uint8Array | null;
  readonly scores: readonly Scores[];
  /** Words of the question that are looked up in names, titles and the like. */
  readonly terms: readonly Term[];
  readonly unknown: readonly string[];
  readonly weak: Plan['weak'];
}

export function scoreQuestion(question: Question): ScoredQuestion {
  const { database, catalogue, plan } = question;
  const phrases = plan.phrases.map((phrase) => findTerm(database, catalogue, phrase, exactly));
  const excluded = plan.excluded.map((said) => findTerm(database, catalogue, said, exactly));
  const mask = narrowed(question, phrases, excluded);
  const texts = plan.wants.flatMap((want) => (want.kind === 'text' ? [want] : []));
  const sum = sumOf(question.active?.index, plan, question.understood, question.pictures);
  const apart = (negative: boolean) => texts.filter((want) => want.negative === negative);
  const pictures = (negative: boolean) => question.pictures.filter((one) => one.negative === negative);

  const parts =
    sum === null
      ? [
          ...apart(false)
            .filter(({ text }) => asks(question, text))
            .map(({ text, weight }) => scoreText({ ...question, mask }, text, weight)),
          ...pictures(false).map((picture) => scorePicture({ ...question, mask }, picture)),
        ]
      : [scoreSum({ ...question, mask }, sum)];
  if (parts.length > 1) rescoreTogether(question, parts);
  const against = [
    ...apart(true)
      .filter(({ text }) => sum === null || plan.excluded.includes(text))
      .map(({ text, weight }) => scoreText({ ...question, mask, typing: false }, text, weight)),
    ...(sum === null ? pictures(true) : []).map((picture) => scorePicture({ ...question, mask }, picture)),
  ];

  let relevance: Float32Array | null = null;
  if (parts.length > 0) relevance = combined(parts, catalogue);
  else if (phrases.length > 0) relevance = wordRelevance(phrases, catalogue);
  else if (against.length > 0) relevance = new Float32Array(catalogue.rankOfMoment.length).fill(1);
  if (relevance !== null && against.length > 0) {
    // With nothing wanted, what has little of the unwanted is as good as what has none: newest first.
    const onlyMinus = parts.length + phrases.length === 0;
    // A copy: the arrays of single parts are still needed for why.
    relevance = relevance.map((value, id) =>
      against.reduce((left, part) => {
        const unwantedHere = Math.min(1, part.weight * (part.meaning?.relevance[id] ?? 0));
        return onlyMinus && unwantedHere < CUT_OFF ? left : without(left, unwantedHere);
      }, value),
    );
  }
  const all = [...parts, ...against];
  return {
    relevance,
    mask,
    scores: parts.flatMap((part) => (part.meaning === null ? [] : [part.meaning])),
    terms: [...parts.flatMap((part) => part.terms), ...phrases],
    unknown: [...new Set(all.flatMap((part) => part.unknown))],
    weak: all.flatMap((part) => part.weak),
  };
}

/**
 * Whether a text asks for anything: not where all its words only hold a sentence together ("photos of", "사진")
 * and none of them stands in any moment's own words.
 */
function asks({ database, catalogue, understood, typing, leftOut }: Question, text: string): boolean {
  const meaning = understood.get(text);
  if (meaning?.kind !== 'concepts' || meaning.clauses.length + meaning.unknown.length > 0) return true;
  return termsOf(text).some(
    (word) => findTerm(database, catalogue, word, { typing, forgiving: false, leftOut }).found.length > 0,
  );
}

/** The filters' mask without items that lack a phrase or hold what was excluded. */
function narrowed(
  { catalogue, mask }: Question,
  phrases: readonly Term[],
  excluded: readonly Term[],
): Uint8Array | null {
  if (phrases.length + excluded.length === 0) return mask;
  const narrow = mask?.slice() ?? new Uint8Array(catalogue.items.length).fill(1);
  for (const phrase of phrases) {
    const holds = new Uint8Array(narrow.length);
    for (const id of phrase.found) holds[catalogue.rankOfMoment[id] ?? -1] = 1;
    for (let at = 0; at < narrow.length; at++) narrow[at] = (narrow[at] ?? 0) & (holds[at] ?? 0);
  }
  for (const term of excluded) for (const id of term.found) narrow[catalogue.rankOfMoment[id] ?? -1] = 0;
  return narrow;
}

/** One wanted part, scored. */
interface Part {
  /** By moment id: meaning and words together. */
  scores: Float32Array;
  readonly weight: number;
  meaning: Scores | null;
  readonly words: Float32Array | null;
  readonly terms: readonly Term[];
  readonly unknown: readonly string[];
  readonly weak: Plan['weak'];
  /** Slots that were judged, and how to judge others; null: every moment was scored. */
  readonly judged: { readonly slots: Int32Array; readonly again: Judge } | null;
}

/**
 * A text's words in a row are more than the same words anywhere: of two sentences that hold them all, the one
 * that was asked for comes first.
 */
function scoreText(question: Question, text: string, weight: number): Part {
  const part = scoreWords(question, text, weight);
  const { database, catalogue, typing, leftOut } = question;
  if (termsOf(text).length < 3) return part;
  for (const id of findTerm(database, catalogue, text, { typing, forgiving: false, leftOut }).found) {
    const value = part.scores[id] ?? 0;
    part.scores[id] = value < CUT_OFF ? value : Math.max(value, Math.min(0.999, 1 - (1 - value) / 2));
  }
  return part;
}

function scoreWords(question: Question, text: string, weight: number): Part {
  const { database, catalogue, active, understood, typing, leftOut } = question;
  const words = termsOf(text);
  const last = text.split(/\s+/u).at(-1);
  const known = new Map<string, Term>();
  const meaning = understood.get(text);
  const clauses = meaning?.kind === 'concepts' ? meaning.clauses : [];
  const alike = leftOut.has('same') ? [] : clauses;
  const termOf = (word: string): Term => {
    let term = known.get(word);
    if (term === undefined) {
      const typed = typing && word === last;
      term = findTerm(database, catalogue, word, { typing: typed, forgiving: guessable(word), leftOut });
      const same = alike.flatMap((clause) => (clause.word === word ? clause.sameAs : []));
      const others = same.map((other) => findTerm(database, catalogue, other, { ...exactly, leftOut }));
      if (others.length > 0) term = withSame(term, others);
    }
    known.set(word, term);
    return term;
  };
  // A word that the pack knows was hardly mistyped: "horse" shall not find house.jpg.
  const guessable = (word: string): boolean => meaning?.kind !== 'concepts' || meaning.unknown.includes(word);
  const terms = words.map(termOf);
  const byWords = wordRelevance(terms, catalogue);
  const part = { weight, words: byWords, terms, unknown: [] as readonly string[], weak: [] as Plan['weak'] };
  if (active === null || meaning === undefined)
    return { ...part, scores: byWords, meaning: null, judged: null };
  if (meaning.kind === 'vector') {
    const judged = judgeText(question, active, text, meaning.vector);
    return { ...part, ...judged, scores: fuse(judged.meaning.relevance, byWords) };
  }
  const unknownTerms = meaning.unknown.map(termOf);
  const scores = conceptScores(active.index, catalogue, meaning.clauses, unknownTerms, termOf);
  // A word that the pack does not know must stand in the words: some of the others are no answer.
  const bound = byWords.map((value, id) =>
    unknownTerms.every((term) => (term.strength[id] ?? 0) > 0) ? value : Math.min(value, BELOW),
  );
  return {
    ...part,
    meaning: scores,
    // Words have counted in each clause already.
    scores: scores.relevance.map((value, id) => Math.max(value, bound[id] ?? 0)),
    judged: null,
    unknown: meaning.unknown,
    weak: meaning.clauses.flatMap(({ word, weakAs }) => (weakAs === null ? [] : [{ word, as: weakAs }])),
  };
}

function scorePicture(question: Question, picture: QueryPicture): Part {
  const { active, catalogue } = question;
  const again: Judge = (slots, into) => pictureScores(active?.index ?? null, catalogue, picture, slots, into);
  const part = { weight: picture.weight, words: null, terms: [], unknown: [], weak: [] };
  if (active === null || picture.vector === null) {
    const scores = again(new Int32Array(0));
    return { ...part, scores: scores.relevance, meaning: scores, judged: null };
  }
  const { scores, slots } = judgeNearest(question, pictureDirection(active.index, picture.vector), again);
  return { ...part, scores: scores.relevance, meaning: scores, judged: { slots, again } };
}

/** A sum is one part: what it adds and takes away is in its vector already. */
function scoreSum(question: Question, { name, vector, like }: Sum): Part {
  const { active } = question;
  if (like === 'picture')
    return scorePicture(question, { name, vector, itemId: null, weight: 1, negative: false });
  const part = { weight: 1, words: null, terms: [], unknown: [], weak: [] };
  if (active === null) throw new Error('a sum needs a space');
  const judged = judgeText(question, active, name, vector);
  return { ...part, ...judged, scores: judged.meaning.relevance };
}

/** A text by meaning alone: the nearest moments judged, and those in doubt by their likeness to the sure ones. */
function judgeText(
  question: Question,
  { index, vectors }: Active,
  text: string,
  vector: Float32Array,
): { readonly meaning: Scores; readonly judged: { readonly slots: Int32Array; readonly again: Judge } } {
  const vectorOf = (id: MomentId) => vectors.get(id)?.vector;
  const { judge, raise } = textJudge(index, question.catalogue, { text, vector }, vectorOf);
  const alike = !question.leftOut.has('likeness');
  const again: Judge = (some, into) => {
    const scores = judge(some, into);
    if (alike) raise(some, scores);
    return scores;
  };
  const { scores, slots } = judgeNearest(question, textDirection(index, vector), judge);
  if (alike) raise(slots, scores);
  return { meaning: scores, judged: { slots, again } };
}

/** Scores the given slots beside those that `into` has already; without `into` those alone. */
type Judge = (slots: Int32Array, into?: Scores) => Scores;

/** Judges the nearest moments of each class, and further ones while there are still results among them. */
function judgeNearest(
  question: Question,
  direction: Float32Array,
  judge: Judge,
): { scores: Scores; slots: Int32Array } {
  const { active, catalogue, mask } = question;
  let scores: Scores = judge(new Int32Array(0));
  if (active === null) return { scores, slots: new Int32Array(0) };
  const allowed = mask === null ? null : active.index.slotMask(catalogue.rankOfMoment, mask);
  const judged: number[] = [];
  for (const kind of [SEEN, SAID] as const) {
    const found = judgeClass(question, active.index, kind, allowed, direction, judge, scores);
    scores = found.scores;
    for (const slot of found.slots) judged.push(slot);
  }
  return { scores, slots: Int32Array.from(judged) };
}

function judgeClass(
  { exhaustive }: Question,
  index: SpaceIndex,
  kind: VectorClass,
  allowed: Uint8Array | null,
  direction: Float32Array,
  judge: Judge,
  into: Scores,
): { scores: Scores; slots: Int32Array } {
  const { slots: near, exact } = index.vectors.nearestFirst(direction, allowed, kind);
  const settled = index.settled();
  const step = !settled || index.vectors.onDisk() ? JUDGED_WHILE_SETTLING : JUDGED;
  if (exact && (settled || near.length <= step)) return { scores: judge(near, into), slots: near };
  const slots = exact ? byValue(near, index.vectors.cosines(index.vectors.prepare(direction), near)) : near;
  let scores = into;
  for (let from = 0; ; from += step) {
    const some = slots.subarray(from, from + step);
    scores = judge(some, scores);
    let above = 0;
    for (const slot of some) if ((scores.relevance[index.momentIds[slot] ?? 0] ?? 0) >= CUT_OFF) above++;
    const enough = !settled || !exhaustive || index.vectors.onDisk() || above < step * CROWDED;
    if (enough || from + step >= slots.length) return { scores, slots: slots.subarray(0, from + step) };
  }
}

/**
 * With several parts every moment that one of them considered is scored by all: the nearest to each picture
 * and text, and what words or concepts bring above a quarter.
 */
function rescoreTogether({ active }: Question, parts: Part[]): void {
  if (active === null) return;
  const considered = new Set<number>(parts.flatMap((part) => [...(part.judged?.slots ?? [])]));
  for (const part of parts)
    if (part.judged === null || part.words !== null) {
      const from = part.judged === null ? part.scores : part.words;
      for (const [id, value] of from?.entries() ?? []) {
        const slot = value < 0.25 ? -1 : active.index.slotOf(id as never);
        if (slot >= 0 && considered.size < JUDGED * 2) considered.add(slot);
      }
    }
  const slots = Int32Array.from(considered);
  for (const part of parts)
    if (part.judged !== null) {
      part.meaning = part.judged.again(slots);
      part.scores = fuse(part.meaning.relevance, part.words);
    }
}

/** Meaning and words of one part: the greater, and a little more where both agree. */
function fuse(meaning: Float32Array, words: Float32Array | null): Float32Array {
  return words === null ? meaning : meaning.map((value, id) => either(value, words[id] ?? 0));
}
