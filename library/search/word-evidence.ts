// Runs on the engine's thread: how well each moment's own words answer the words of a query. Serves search.
import type { Database } from '../database/database.ts';
import { isUnspaced, wordsOf } from '../database/word-tokens.ts';
import type { Catalogue } from './catalogue.ts';
import { phraseExpression, type WordField } from './word-expression.ts';

/**
 * How much it says that a word stands there, as a relevance; weakest first. A folder's name is about many
 * items at once, a file's about one. All are above the cut-off: a word that a person wrote is no guess.
 */
const strengths: readonly (readonly [WordField, number])[] = [
  ['folder', 0.6],
  ['description', 0.75],
  ['said', 0.8],
  ['keywords', 0.85],
  ['title', 0.9],
  ['name', 0.9],
];
const fieldsByCode: readonly WordField[] = strengths.map(([field]) => field);
/** A word of which only the beginning was typed says a little less. */
const PREFIX_FACTOR = 0.95;

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
  /** Where it stands best in a moment; null: nowhere. */
  fieldIn(momentId: number): WordField | null;
}

/** Where a word stands, moment by moment: one look at the inverted index per field. */
export function findTerm(database: Database, catalogue: Catalogue, word: string, typing: boolean): Term {
  const strength = new Float32Array(catalogue.rankOfMoment.length);
  const field = new Uint8Array(catalogue.rankOfMoment.length);
  const found: number[] = [];
  for (const { text, prefix } of formsOf(word, typing)) {
    const anywhere = phraseExpression(text, { prefix });
    if (anywhere === '' || database.words.matching(anywhere).length === 0) continue;
    for (const [code, [name, value]] of strengths.entries()) {
      const expression = phraseExpression(text, { fields: [name], prefix });
      for (const id of database.words.matching(expression)) {
        if ((catalogue.rankOfMoment[id] ?? -1) < 0) continue;
        const now = Math.fround(prefix ? value * PREFIX_FACTOR : value);
        const before = strength[id] ?? 0;
        if (before === 0) found.push(id);
        if (now <= before) continue;
        strength[id] = now;
        field[id] = code;
      }
    }
  }
  const fieldIn = (id: number) => ((strength[id] ?? 0) > 0 ? (fieldsByCode[field[id] ?? 0] ?? null) : null);
  return { word, strength, found, fieldIn };
}

/** The ways in which a word may stand there: itself, singular and plural, longer while it is being typed. */
function formsOf(word: string, typing: boolean): { text: string; prefix: boolean }[] {
  // A consonant waiting for its vowel ends a Korean word only while it is typed.
  const text = typing ? word.normalize('NFKC').replace(/(?<=[가-힣])[\u1100-\u11FF]+$/u, '') : word;
  const forms = [{ text, prefix: false }];
  const last = wordsOf(text).at(-1) ?? '';
  if (isUnspaced(last)) return forms;
  if (/^\p{Script=Latin}{4,}$/u.test(last))
    forms.push({ text: last.endsWith('s') ? text.replace(/s$/iu, '') : `${text}s`, prefix: false });
  if (typing && last.length >= 2) forms.push({ text, prefix: true });
  return forms;
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
