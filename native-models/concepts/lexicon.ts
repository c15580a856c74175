// Runs on the answering thread: the words of the built-in pack and the concepts they stand for.
import { z } from 'zod';
import lexiconJson from '../built-in/lexicon.json' with { type: 'json' };
import wordnetJson from '../built-in/wordnet.json' with { type: 'json' };
import { conceptIndex } from './concept-names.ts';

export type Language = 'en' | 'ko';

const Words = z.object({ en: z.array(z.string()), ko: z.array(z.string()) });
const lexicon = z
  .object({
    /** Words that say nothing about what is in a picture. */
    stopwords: Words,
    /** Words for how a thing is, which the pack cannot tell: passed over beside a thing, unknown by themselves. */
    qualities: Words,
    /** Endings of Korean nouns, longest first. */
    particlesKo: z.array(z.string()),
    /** Korean words that only look like a known one with a particle. */
    notWordsKo: z.array(z.string()),
    /** Words known only roughly, by a wider or neighbouring concept; `@group` stands for all of a group. */
    weak: z.array(
      Words.extend({ as: z.object({ en: z.string(), ko: z.string() }), concepts: z.array(z.string()) }),
    ),
    /** Names of groups of concepts. */
    broader: z.record(z.string(), Words),
    concepts: z.record(z.string(), Words.extend({ broader: z.array(z.string()) })),
  })
  .parse(lexiconJson);

/** Kinds of the things that the lexicon names, from WordNet: what it says itself comes before. */
const { kinds } = z
  .object({
    kinds: z.array(
      z.object({
        as: z.object({ en: z.string(), ko: z.string() }),
        concepts: z.array(z.string()),
        en: z.array(z.string()),
      }),
    ),
  })
  .parse(wordnetJson);

/** What one word or phrase stands for. */
export interface Entry {
  /** Any of these; indexes into CONCEPTS. */
  readonly anyOf: readonly number[];
  /** The wider concept's name where the word is known only roughly. */
  readonly weakAs: string | null;
}

/** One form for comparing: compatibility forms folded, lower case; Korean without spaces. */
export function normalForm(text: string, language: Language): string {
  const folded = text.normalize('NFKC').toLowerCase();
  return language === 'ko' ? folded.replaceAll(/\s+/g, '') : folded.replaceAll(/[\s-]+/g, ' ').trim();
}

function groupMembers(group: string): number[] {
  return Object.entries(lexicon.concepts)
    .filter(([, { broader }]) => broader.includes(group))
    .map(([name]) => conceptIndex(name));
}

/** `@group` stands for all of a group. */
function namedConcepts(names: readonly string[]): number[] {
  return names.flatMap((name) => (name.startsWith('@') ? groupMembers(name.slice(1)) : [conceptIndex(name)]));
}

function isPassedOver(word: string): boolean {
  return lexicon.stopwords.en.includes(word) || lexicon.qualities.en.includes(word);
}

function build(language: Language): Map<string, Entry> {
  const exact = new Map<string, Set<number>>();
  const add = (word: string, concepts: readonly number[]) => {
    const form = normalForm(word, language);
    exact.set(form, new Set([...(exact.get(form) ?? []), ...concepts]));
  };
  for (const [name, words] of Object.entries(lexicon.concepts))
    for (const word of words[language]) add(word, [conceptIndex(name)]);
  for (const [group, words] of Object.entries(lexicon.broader))
    for (const word of words[language]) add(word, groupMembers(group));
  const entries = new Map<string, Entry>();
  for (const { as, concepts, ...words } of lexicon.weak) {
    const anyOf = namedConcepts(concepts);
    for (const word of words[language]) {
      const form = normalForm(word, language);
      const already = entries.get(form);
      const both = [...new Set([...(already?.anyOf ?? []), ...anyOf])];
      entries.set(form, { anyOf: both, weakAs: already?.weakAs ?? as[language] });
    }
  }
  if (language === 'en')
    for (const { as, concepts, en } of kinds)
      for (const word of en.filter((one) => !entries.has(one) && !isPassedOver(one)))
        entries.set(word, { anyOf: namedConcepts(concepts), weakAs: as.en });
  // What is known exactly is not also known roughly.
  for (const [form, concepts] of exact) entries.set(form, { anyOf: [...concepts], weakAs: null });
  return entries;
}

const entries = { en: build('en'), ko: build('ko') };
const stopwords = {
  en: new Set(lexicon.stopwords.en),
  ko: new Set(lexicon.stopwords.ko),
};

/** Words of both languages that stand for a concept by itself, not for a group of them. */
export function wordsOfConcept(name: string): string[] {
  const words = lexicon.concepts[name];
  return words === undefined ? [] : [...words.en, ...words.ko];
}

/** Endings of Korean nouns, longest first. */
export const particlesKo: readonly string[] = lexicon.particlesKo;
const notWordsKo: ReadonlySet<string> = new Set(lexicon.notWordsKo);

/** The entry of a word or phrase in its {@link normalForm}. */
export function entryOf(form: string, language: Language): Entry | undefined {
  return language === 'ko' && notWordsKo.has(form) ? undefined : entries[language].get(form);
}

const qualities = { en: new Set(lexicon.qualities.en), ko: new Set(lexicon.qualities.ko) };

/** Whether a word says how a thing is, which the pack cannot tell. */
export function isQuality(form: string, language: Language): boolean {
  return qualities[language].has(form);
}

export function isStopword(form: string, language: Language): boolean {
  return stopwords[language].has(form);
}

/** Whether a Korean word must not be taken apart. */
export function isWholeKo(form: string): boolean {
  return notWordsKo.has(form);
}
