// Runs on the engine's thread: every part of a plan scored and brought together, moment by moment.
import { CUT_OFF, type Plan } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { TextMeaning } from '../ports.ts';
import { kindNamed } from './query/kind-words.ts';
import type { LeftOut } from './query/leave-out.ts';
import type { QueryPicture } from './query-pictures.ts';
import { BELOW, either, without } from './meaning/relevance.ts';
import { combined, conceptScores, pictureDirection, pictureScores, type Scores } from './meaning/scores.ts';
import { type Judge, judgeNearest, type Judging, slotsOf } from './judge-nearest.ts';
import { ofKind } from './of-kind.ts';
import type { Active } from './search.ts';
import { type Sum, sumOf } from './meaning/sums.ts';
import { textDirection, textJudge } from './meaning/text-judge.ts';
import { exactly, findTerm, type Term, termsOf, withSame, wordRelevance } from './words/word-evidence.ts';

/** Moments that several parts of a question are brought together over, at the most. */
const TOGETHER = 16_384;

export interface Question extends Judging {
  readonly database: Database;
  readonly plan: Plan;
  /** What each wanted text means. */
  readonly understood: ReadonlyMap<string, TextMeaning>;
  readonly pictures: readonly QueryPicture[];
  /** The last word may not be finished. */
  readonly typing: boolean;
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

/** @throws AbortError when superseded */
export async function scoreQuestion(question: Question): Promise<ScoredQuestion> {
  const { database, catalogue, plan } = question;
  const phrases = plan.phrases.map((phrase) => findTerm(database, catalogue, phrase, exactly));
  const excluded = plan.excluded.map((said) => findTerm(database, catalogue, said, exactly));
  const mask = narrowed(question, phrases, excluded);
  const texts = plan.wants.flatMap((want) => (want.kind === 'text' ? [want] : []));
  const sum = sumOf(question.active?.index, plan, question.understood, question.pictures);
  const apart = (negative: boolean) => texts.filter((want) => want.negative === negative);
  const pictures = (negative: boolean) => question.pictures.filter((one) => one.negative === negative);

  const within = { ...question, mask };
  const parts: Part[] = [];
  if (sum !== null) parts.push(await scoreSum(within, sum));
  else {
    for (const { text, weight } of apart(false))
      if (asks(question, text)) parts.push(await scoreText(within, text, weight));
    for (const picture of pictures(false)) parts.push(await scorePicture(within, picture));
  }
  if (parts.length > 1) await rescoreTogether(question, parts);
  const against: Part[] = [];
  for (const { text, weight } of apart(true))
    if (sum === null || plan.excluded.includes(text))
      against.push(await scoreText({ ...within, typing: false }, text, weight));
  if (sum === null) for (const picture of pictures(true)) against.push(await scorePicture(within, picture));

  let relevance: Float32Array | null = null;
  if (parts.length > 0) relevance = combined(parts, catalogue);
  else if (phrases.length > 0) relevance = wordRelevance(phrases, catalogue);
  else if (against.length > 0) relevance = new Float32Array(catalogue.rankOfMoment.length).fill(1);
  if (relevance !== null && against.length > 0) {
    // With nothing wanted, what has little of the unwanted is as good as what has none: newest first.
    const onlyMinus = parts.length + phrases.length === 0;
    // A copy: the arrays of single parts are still needed for why.
    relevance = relevance.slice();
    for (const part of against) {
      const unwanted = part.meaning?.relevance;
      for (let id = 0; unwanted !== undefined && id < relevance.length; id++) {
        const unwantedHere = Math.min(1, part.weight * (unwanted[id] as number));
        if (!onlyMinus || unwantedHere >= CUT_OFF)
          relevance[id] = without(relevance[id] as number, unwantedHere);
      }
    }
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
  if (kindNamed(text) !== null) return true;
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
  /** Moments that were judged, and how to judge others; null: every moment was scored. */
  readonly judged: { readonly ids: Int32Array; readonly again: Judge } | null;
}

async function scoreText(question: Question, text: string, weight: number): Promise<Part> {
  const part = await scoreWords(question, text, weight);
  const kind = kindNamed(text);
  if (kind === null) return inARow(question, text, part);
  const meaning = ofKind(question.catalogue, part, { text, kind });
  return { ...part, scores: meaning.relevance, meaning, unknown: [], weak: [], judged: null };
}

/**
 * A text's words in a row are more than the same words anywhere: of two sentences that hold them all, the one
 * that was asked for comes first.
 */
function inARow({ database, catalogue, typing, leftOut }: Question, text: string, part: Part): Part {
  if (termsOf(text).length < 3) return part;
  for (const id of findTerm(database, catalogue, text, { typing, forgiving: false, leftOut }).found) {
    const value = part.scores[id] ?? 0;
    part.scores[id] = value < CUT_OFF ? value : Math.max(value, Math.min(0.999, 1 - (1 - value) / 2));
  }
  return part;
}

async function scoreWords(question: Question, text: string, weight: number): Promise<Part> {
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
  await question.turn();
  const part = { weight, words: byWords, terms, unknown: [] as readonly string[], weak: [] as Plan['weak'] };
  if (active === null || meaning === undefined)
    return { ...part, scores: byWords, meaning: null, judged: null };
  if (meaning.kind === 'vector') {
    const judged = await judgeText(question, active, text, meaning.vector);
    return { ...part, ...judged, scores: fuse(judged.meaning.relevance, byWords) };
  }
  const unknownTerms = meaning.unknown.map(termOf);
  const named = { unknown: unknownTerms, termOf };
  const seen = await conceptScores(active.index, catalogue, meaning.clauses, named, question.turn);
  const scores = seen.relevance.slice();
  for (const term of terms)
    for (const id of term.found) {
      // A word that the pack does not know must stand in the words: some of the others are no answer.
      const whole = unknownTerms.every(({ strength }) => (strength[id] ?? 0) > 0);
      const value = whole ? (byWords[id] ?? 0) : Math.min(byWords[id] ?? 0, BELOW);
      // Words have counted in each clause already.
      scores[id] = Math.max(scores[id] ?? 0, value);
    }
  return {
    ...part,
    meaning: seen,
    scores,
    judged: null,
    unknown: meaning.unknown,
    weak: meaning.clauses.flatMap(({ word, weakAs }) => (weakAs === null ? [] : [{ word, as: weakAs }])),
  };
}

async function scorePicture(question: Question, picture: QueryPicture): Promise<Part> {
  const { active, catalogue } = question;
  const again: Judge = (slots, into) => pictureScores(active?.index ?? null, catalogue, picture, slots, into);
  const part = { weight: picture.weight, words: null, terms: [], unknown: [], weak: [] };
  if (active === null || picture.vector === null) {
    const scores = again(new Int32Array(0));
    return { ...part, scores: scores.relevance, meaning: scores, judged: null };
  }
  const direction = pictureDirection(active.index, picture.vector);
  const { scores, ids } = await judgeNearest(question, direction, again);
  return { ...part, scores: scores.relevance, meaning: scores, judged: { ids, again } };
}

/** A sum is one part: what it adds and takes away is in its vector already. */
async function scoreSum(question: Question, { name, vector, like }: Sum): Promise<Part> {
  const { active } = question;
  if (like === 'picture')
    return scorePicture(question, { name, vector, itemId: null, weight: 1, negative: false });
  const part = { weight: 1, words: null, terms: [], unknown: [], weak: [] };
  if (active === null) throw new Error('a sum needs a space');
  const judged = await judgeText(question, active, name, vector);
  return { ...part, ...judged, scores: judged.meaning.relevance };
}

/** A text by meaning alone: the nearest moments judged, and those in doubt by their likeness to the sure ones. */
async function judgeText(
  question: Question,
  { index }: Active,
  text: string,
  vector: Float32Array,
): Promise<{ readonly meaning: Scores; readonly judged: Part['judged'] }> {
  const { judge, raise } = textJudge(index, question.catalogue, { text, vector });
  const alike = !question.leftOut.has('likeness');
  const again: Judge = (some, into) => {
    const scores = judge(some, into);
    if (alike) raise(some, scores);
    return scores;
  };
  const { scores, ids } = await judgeNearest(question, textDirection(index, vector), judge);
  if (alike) raise(slotsOf(index, ids), scores);
  return { meaning: scores, judged: { ids, again } };
}

/**
 * With several parts every moment that one of them considered is scored by all: the nearest to each picture
 * and text, and what words or concepts bring above a quarter.
 */
async function rescoreTogether({ active, turn }: Question, parts: Part[]): Promise<void> {
  if (active === null) return;
  const considered = new Set<number>();
  for (const { judged } of parts)
    for (const id of judged?.ids.subarray(0, TOGETHER) ?? []) considered.add(id);
  for (const part of parts)
    if (part.judged === null || part.words !== null) {
      const from = part.judged === null ? part.scores : (part.words as Float32Array);
      for (let id = 0; id < from.length && considered.size < TOGETHER; id++)
        if ((from[id] as number) >= 0.25) considered.add(id);
    }
  const ids = Int32Array.from(considered);
  for (const part of parts)
    if (part.judged !== null) {
      await turn();
      part.meaning = part.judged.again(slotsOf(active.index, ids));
      part.scores = fuse(part.meaning.relevance, part.words);
    }
}

/** Meaning and words of one part: the greater, and a little more where both agree. */
function fuse(meaning: Float32Array, words: Float32Array | null): Float32Array {
  if (words === null) return meaning;
  const both = new Float32Array(meaning.length);
  for (let id = 0; id < both.length; id++) both[id] = either(meaning[id] as number, words[id] as number);
  return both;
}
