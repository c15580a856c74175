// Runs on the answering thread: what the words of a query mean as concepts.
import type { ConceptClause, TextMeaning } from '../../library/ports.ts';
import { COLOURS, CONCEPTS, conceptIndex } from './concept-names.ts';
import { singulars } from './english.ts';
import { isStopwordKo, lookUpKo, splitKo, stems } from './korean.ts';
import {
  type Entry,
  entryOf,
  isQuality,
  isStopword,
  type Language,
  normalForm,
  wordsOfConcept,
} from './lexicon.ts';
import { countedKo, isPeople, numberOf, peopleEntry } from './people-count.ts';

export type Understood = Extract<TextMeaning, { kind: 'concepts' }>;

/** Longest phrase of the lexicon, in words. */
const LONGEST = 4;
const NIGHT = conceptIndex('scene:night');
const HANGUL = /\p{Script=Hangul}/u;

/** By a colour's concept: that of a thing that has it. */
const THING_COLOURS: ReadonlyMap<number, number> = new Map(
  COLOURS.filter((colour) => colour !== 'teal').map((colour) => [
    conceptIndex(`colour:${colour}`),
    conceptIndex(`thing:${colour}`),
  ]),
);

/** What was read at one place of the query. */
interface Reading {
  /** Words used up. */
  readonly words: number;
  /** What they stand for; none for words that say nothing. */
  readonly entries: readonly Entry[];
  /** It says how a thing is. */
  readonly isQuality?: boolean;
}

/**
 * Reads a query as concepts: the longest known phrase first, then the next. All clauses must hold.
 *
 * @example understand('dog on a bicycle').clauses.map((c) => c.word) // ['dog', 'bicycle']
 * @example understand('purple submarine').unknown // ['submarine']
 */
export function understand(text: string): Understood {
  const words = text.match(/[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}'’&/-]*[\p{L}\p{M}\p{N}])?/gu) ?? [];
  const clauses: ConceptClause[] = [];
  const unknown: string[] = [];
  const qualities: string[] = [];
  for (let at = 0; at < words.length;) {
    const reading = read(words, at);
    const written = words.slice(at, at + (reading?.words ?? 1)).join(' ');
    if (reading === null) {
      if (!unknown.includes(written)) unknown.push(written);
    } else for (const entry of reading.entries) addClause(clauses, clauseOf(written, entry));
    if (reading?.isQuality === true) qualities.push(written);
    at += reading?.words ?? 1;
  }
  // How a thing is says something only where nothing else is asked: "fluffy" alone is a word that is not known.
  if (clauses.length + unknown.length === 0) unknown.push(...new Set(qualities));
  return { kind: 'concepts', clauses: colouredThings(clauses, unknown), unknown };
}

/** Beside a thing a colour is the thing's and not the picture's: "red train" wants something red. */
function colouredThings(clauses: readonly ConceptClause[], unknown: readonly string[]): ConceptClause[] {
  const isColour = ({ anyOf }: ConceptClause) => anyOf.some((concept) => THING_COLOURS.has(concept));
  if (unknown.length === 0 && clauses.every(isColour)) return [...clauses];
  return clauses.map((clause) =>
    isColour(clause)
      ? { ...clause, anyOf: clause.anyOf.map((concept) => THING_COLOURS.get(concept) ?? concept) }
      : clause,
  );
}

function clauseOf(word: string, { anyOf, weakAs }: Entry): ConceptClause {
  return {
    word,
    anyOf,
    sameAs: sameAs(word, anyOf, weakAs),
    weakAs,
    orderingOnly: anyOf.every((concept) => concept === NIGHT),
  };
}

/**
 * Other words for one thing in both languages, where the word means just that one. Short words are left out: in a
 * name they mean something else as often ('차' is a car and a tea).
 */
function sameAs(word: string, anyOf: readonly number[], weakAs: string | null): string[] {
  const [concept, ...others] = anyOf;
  if (concept === undefined || others.length > 0 || weakAs !== null) return [];
  const longEnough = (other: string) => other.length >= (HANGUL.test(other) ? 2 : 3);
  return wordsOfConcept(CONCEPTS[concept] ?? '').filter(
    (other) => longEnough(other) && other !== normalForm(word, 'en'),
  );
}

/** The same demand twice is one demand. */
function addClause(clauses: ConceptClause[], clause: ConceptClause): void {
  const same = (other: ConceptClause) => other.anyOf.join() === clause.anyOf.join();
  if (!clauses.some(same)) clauses.push(clause);
}

function read(words: readonly string[], at: number): Reading | null {
  const first = words[at] ?? '';
  const language: Language = HANGUL.test(first) ? 'ko' : 'en';
  return readPhrase(words, at, language) ?? readPeople(words, at, language) ?? readOne(first, language);
}

/** The longest phrase, not of one word alone where that word is a number of people. */
function readPhrase(words: readonly string[], at: number, language: Language): Reading | null {
  for (let count = Math.min(LONGEST, words.length - at); count >= 1; count--) {
    const part = words.slice(at, at + count);
    // Words of two scripts are no phrase of one language: "TV화면" is one word and is left to the lexicon.
    if (count > 1 && part.some((word) => HANGUL.test(word) !== (language === 'ko'))) continue;
    const entry = lookUp(part.join(' '), language);
    if (entry !== undefined) return { words: count, entries: [entry] };
  }
  return null;
}

function lookUp(phrase: string, language: Language): Entry | undefined {
  const form = normalForm(phrase, language).replaceAll('’', "'");
  if (language === 'ko') return lookUpKo(form);
  for (const singular of singulars(form)) {
    const entry = entryOf(singular, 'en');
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** A number before people counts them; before anything else it says nothing. */
function readPeople(words: readonly string[], at: number, language: Language): Reading | null {
  const word = normalForm(words[at] ?? '', language);
  const together = language === 'ko' ? countedKo(word) : null;
  if (together !== null) return { words: 1, entries: [peopleEntry(together)] };
  const count = numberOf(word);
  const next = words[at + 1];
  if (count === null) return null;
  if (next === undefined) return { words: 1, entries: [] };
  const counter = normalForm(next, HANGUL.test(next) ? 'ko' : 'en');
  if (/^(?:명|분)(?:이|의|은|을)?$/u.test(counter)) return { words: 2, entries: [peopleEntry(count)] };
  const entry = lookUp(next, HANGUL.test(next) ? 'ko' : 'en');
  return entry !== undefined && isPeople(entry)
    ? { words: 2, entries: [entry, peopleEntry(count)] }
    : { words: 1, entries: [] };
}

/** A word that is no phrase's start: one that says nothing, or a compound. */
function readOne(word: string, language: Language): Reading | null {
  const form = normalForm(word, language);
  if (language === 'en') {
    if (isStopword(form, 'en')) return { words: 1, entries: [] };
    if (isQuality(form, 'en')) return { words: 1, entries: [], isQuality: true };
    // "cat-dog" and the like: each part by itself, all of them known or none.
    const parts = form.split(/[ /&]+/);
    if (parts.length < 2) return null;
    const entries = parts.map((part) => lookUp(part, 'en'));
    const known = entries.filter((entry) => entry !== undefined);
    return known.length === parts.length ? { words: 1, entries: known } : null;
  }
  if (isStopwordKo(form)) return { words: 1, entries: [] };
  if (stems(form).some((stem) => isQuality(stem, 'ko'))) return { words: 1, entries: [], isQuality: true };
  const split = splitKo(form);
  return split === null ? null : { words: 1, entries: split.filter((entry) => entry !== null) };
}
