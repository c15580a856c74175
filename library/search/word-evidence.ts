// Runs on the engine's thread: how well each moment's own words answer the words of a query. Serves search.
import type { Database } from '../database/database.ts';
import { isUnspaced, tokensOf, wordsOf } from '../database/word-tokens.ts';
import type { Catalogue } from './catalogue.ts';
import { phraseExpression, type WordField } from './word-expression.ts';

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
  /** Whether it stands in a text that the table of words was given. */
  standsIn(text: string): boolean;
}

/** Where a word stands in all moments: two or three looks at the inverted index for each of its forms. */
export function findTerm(database: Database, catalogue: Catalogue, word: string, typing: boolean): Term {
  const strength = new Float32Array(catalogue.rankOfMoment.length);
  const found: number[] = [];
  const note = (id: number, value: number): void => {
    const before = strength[id] ?? 0;
    if (value <= before || (catalogue.rankOfMoment[id] ?? -1) < 0) return;
    if (before === 0) found.push(id);
    strength[id] = value;
  };
  const forms: Form[] = [];
  for (const form of formsOf(word, typing)) {
    const { text, prefix } = form;
    if (form.onlyElse && found.length > 0) continue;
    const anywhere = phraseExpression(text, { prefix });
    const ids = anywhere === '' ? [] : database.words.matching(anywhere);
    if (ids.length === 0) continue;
    forms.push(form);
    let left = ids.length;
    for (const [i, { fields, value }] of strengths.entries()) {
      if (left <= 0) break;
      // What was found and is not in the stronger fields is in the weakest.
      const last = i === strengths.length - 1;
      const here = last ? ids : database.words.matching(phraseExpression(text, { fields, prefix }));
      left -= here.length;
      const says = Math.fround(prefix ? value * PREFIX_FACTOR : value);
      for (const id of here) note(id, says);
    }
  }
  return { word, strength, found, standsIn: (text) => standsIn(forms, text) };
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

/** A way in which a word may stand there. */
interface Form {
  readonly text: string;
  readonly prefix: boolean;
  /** Looked for only where the ways before it found nothing. */
  readonly onlyElse: boolean;
}

/** Endings that tie a Korean noun to its sentence; longer ones first. */
const particles =
  /(?<=[가-힣]{2})(?:에서는|에서|에게|으로|까지|부터|이랑|하고|처럼|들이|들은|들을|들|은|는|이|가|을|를|에|의|와|과|도|로|만|랑)$/u;

/** The word itself, singular and plural, longer while it is being typed, without a Korean particle. */
function formsOf(word: string, typing: boolean): Form[] {
  // A consonant waiting for its vowel ends a Korean word only while it is typed.
  const text = typing ? word.normalize('NFKC').replace(/(?<=[가-힣])[\u1100-\u11FF]+$/u, '') : word;
  const forms: Form[] = [{ text, prefix: false, onlyElse: false }];
  const last = wordsOf(text).at(-1) ?? '';
  if (isUnspaced(last)) {
    const bare = text.normalize('NFKC').replace(particles, '');
    if (bare !== text) forms.push({ text: bare, prefix: false, onlyElse: true });
    return forms;
  }
  if (/^\p{Script=Latin}{3,}$/u.test(last)) {
    const other = last.endsWith('s') ? text.replace(/s$/iu, '') : `${text}s`;
    forms.push({ text: other, prefix: false, onlyElse: false });
  }
  if (typing && last.length >= 2) forms.push({ text, prefix: true, onlyElse: false });
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
