// Runs on the engine's thread: how well each moment's own words answer the words of a query. Serves search.
import type { Database } from '../../database/database.ts';
import { tokensOf, wordsOf } from '../../database/word-tokens.ts';
import type { Catalogue } from '../catalogue.ts';
import type { LeftOut } from '../query/leave-out.ts';
import { phraseExpression, type WordField } from './word-expression.ts';
import { type Form, formsOf, guessesOf } from './word-forms.ts';

/**
 * How much it says that a word stands there, as a relevance; strongest first. A folder's name is about many
 * items at once, a file's about one. All are above the cut-off: a word that a person wrote is no guess.
 */
const strengths: readonly { readonly fields: readonly WordField[]; readonly value: number }[] = [
  { fields: ['name', 'title', 'keywords'], value: 0.9 },
  { fields: ['description', 'said'], value: 0.8 },
  { fields: ['folder'], value: 0.6 },
];
/** A word of which only the beginning was typed says a little less. */
const PREFIX_FACTOR = 0.95;
/** What was not written but may have been meant counts less: found in a name it is still a result. */
const GUESS_FACTOR = 0.65;

/** Words that hold a sentence together and name nothing. */
const fillers = new Set(
  (
    'a an the of in on at by to for from with and or is are was were be my our your his her their its ' +
    'it this that these those some any as into over under near'
  ).split(' '),
);

/** One word (or fixed phrase) of a query in all moments. */
export interface Term {
  readonly word: string;
  /** By moment id: 0, or the strength of the best field it stands in. */
  readonly strength: Float32Array;
  /** Moments that hold it. */
  readonly found: readonly number[];
  /** The ways of writing it that were found. */
  readonly forms: readonly Form[];
  /** Whether it stands in a text that the table of words was given. */
  standsIn(text: string): boolean;
}

export interface FindOptions {
  /** The word may not be finished. */
  readonly typing: boolean;
  /** Where it stands nowhere, what may have been meant by it is looked for. */
  readonly forgiving: boolean;
  /** Ways of finding a word that are not to be used. */
  readonly leftOut: LeftOut;
}

export const exactly: FindOptions = { typing: false, forgiving: false, leftOut: new Set() };

/** Where a word stands in all moments: two or three looks at the inverted index for each of its forms. */
export function findTerm(
  database: Database,
  catalogue: Catalogue,
  word: string,
  { typing, forgiving, leftOut }: FindOptions,
): Term {
  const strength = new Float32Array(catalogue.rankOfMoment.length);
  const found: number[] = [];
  const note = (id: number, value: number): void => {
    const before = strength[id] ?? 0;
    if (value <= before || (catalogue.rankOfMoment[id] ?? -1) < 0) return;
    if (before === 0) found.push(id);
    strength[id] = value;
  };
  const forms: Form[] = [];
  const look = (form: Form): void => {
    const { text, prefix } = form;
    if (leftOut.has('words') || (form.part !== null && leftOut.has(form.part))) return;
    const anywhere = phraseExpression(text, { prefix });
    const ids = anywhere === '' ? [] : database.words.matching(anywhere);
    if (ids.length === 0) return;
    forms.push(form);
    let left = ids.length;
    for (const [i, { fields, value }] of strengths.entries()) {
      if (left <= 0) break;
      // What was found and is not in the stronger fields is in the weakest.
      const last = i === strengths.length - 1;
      const here = last ? ids : database.words.matching(phraseExpression(text, { fields, prefix }));
      left -= here.length;
      const factor = (prefix ? PREFIX_FACTOR : 1) * (form.guessed ? GUESS_FACTOR : 1);
      for (const id of here) note(id, Math.fround(value * factor));
    }
  };
  for (const form of formsOf(word, typing)) if (!form.onlyElse || found.length === 0) look(form);
  if (forgiving && found.length === 0) guessesOf(word, database.words.vocabulary()).forEach(look);
  return { word, strength, found, forms, standsIn: (text) => standsIn(forms, text) };
}

/** Another word for what was asked, in a name, says nearly as much as the word itself. */
const SAME_FACTOR = 0.95;

/** A word that stands for itself and for others that mean the same ('기차' for "train"). */
export function withSame(term: Term, others: readonly Term[]): Term {
  const strength = term.strength.slice();
  for (const other of others)
    for (const id of other.found)
      strength[id] = Math.max(strength[id] ?? 0, Math.fround((other.strength[id] ?? 0) * SAME_FACTOR));
  return {
    ...{ word: term.word, strength },
    found: [...new Set([...term.found, ...others.flatMap(({ found }) => found)])],
    forms: [term, ...others].flatMap(({ forms }) => forms),
    standsIn: (text) => term.standsIn(text) || others.some((other) => other.standsIn(text)),
  };
}

/** As the table of words compares: without accents. */
const plainTokens = (text: string): string[] =>
  tokensOf(text.normalize('NFD').replace(/(?<=\p{Script=Latin})\p{M}+/gu, ''));

function standsIn(forms: readonly Form[], text: string): boolean {
  const tokens = plainTokens(text);
  return forms.some((form) => {
    const row = plainTokens(form.text);
    const ends = row.length - 1;
    return tokens.some((_, at) =>
      row.every((token, i) =>
        form.prefix && i === ends ? tokens[at + i]?.startsWith(token) : tokens[at + i] === token,
      ),
    );
  });
}

/** The words of a free text that may name something; all of them when none does. */
export function termsOf(text: string): string[] {
  const words = text.split(/\s+/u).filter((word) => wordsOf(word).length > 0);
  const naming = words.filter((word) => !fillers.has(word.toLowerCase()));
  return [...new Set(naming.length > 0 ? naming : words)];
}

/**
 * Relevance by words alone, by moment id. Each word weighs as much as it is rare (the idf of BM25, Robertson
 * and Zaragoza 2009); relevance is the mean strength of what was found times coverage to the 1.5th, coverage
 * being the share of the weight that was found. A word that every folder has weighs nothing.
 */
export function wordRelevance(terms: readonly Term[], catalogue: Catalogue): Float32Array {
  const relevance = new Float32Array(catalogue.rankOfMoment.length);
  const total = catalogue.moments;
  const weights = terms.map((term) => {
    const n = term.found.length;
    return Math.log(1 + (total - n + 0.5) / (n + 0.5));
  });
  const sum = weights.reduce((all, one) => all + one, 0);
  const ids = terms.length === 1 ? (terms[0]?.found ?? []) : new Set(terms.flatMap((term) => term.found));
  for (const id of ids) {
    let covered = 0;
    let strength = 0;
    for (const [i, term] of terms.entries()) {
      const here = term.strength[id] ?? 0;
      const weight = weights[i] ?? 0;
      if (here === 0) continue;
      covered += weight;
      strength += weight * here;
    }
    if (covered > 0) relevance[id] = (strength / covered) * (covered / sum) ** 1.5;
  }
  return relevance;
}
