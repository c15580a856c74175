// Runs in the page: what to offer while a person types, matched against what the library holds and what was asked before.
import type { Suggestion } from '../../contract/suggestions.ts';

export interface Offer {
  readonly kind: Suggestion['kind'] | 'history';
  /** What is shown. */
  readonly label: string;
  /** The whole query when it is chosen. */
  readonly text: string;
  /** How many items there are; null for what was asked before. */
  readonly items: number | null;
}

/** More would cover the pictures that are already found. */
const MOST = 7;
const MOST_OF_HISTORY = 3;
/** An empty field offers more of what was asked before: there is nothing else to show. */
const MOST_WHEN_EMPTY = 8;

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The word at the end that is being typed, and what stands before it. */
function lastWord(text: string): { before: string; word: string } {
  const at = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\u3000')) + 1;
  return { before: text.slice(0, at), word: text.slice(at) };
}

/** 3 where the label begins so, 2 where one of its words does, 0 where neither. */
function match(label: string, word: string): number {
  const [hay, needle] = [fold(label), fold(word)];
  if (hay.startsWith(needle)) return 3;
  return hay.split(/[\s/_.-]+/u).some((part) => part.startsWith(needle)) ? 2 : 0;
}

/**
 * @param labelOf - a suggestion in the person's language: "July 2019" for the month 2019-07
 * @returns nothing where the word is whole already and nothing goes on from it
 */
export function offersFor(
  text: string,
  vocabulary: readonly Suggestion[],
  history: readonly string[],
  labelOf: (suggestion: Suggestion) => string,
): Offer[] {
  const asked = (some: readonly string[]): Offer[] =>
    some.map((query) => ({ kind: 'history', label: query, text: query, items: null }));
  if (text.trim() === '') return asked(history.slice(0, MOST_WHEN_EMPTY));
  const typed = fold(text.trimStart());
  const before = asked(
    history
      .filter((query) => fold(query).startsWith(typed) && fold(query) !== typed.trimEnd())
      .slice(0, MOST_OF_HISTORY),
  );
  const { before: kept, word } = lastWord(text);
  // A filter that is being written out is known by its key: "camera:ca".
  const key = word.slice(0, word.indexOf(':') + 1);
  const value = word.slice(key.length).replace(/^"/, '');
  const keyed = key === '' ? vocabulary : vocabulary.filter(({ query }) => query.startsWith(key));
  const found =
    value === ''
      ? []
      : keyed
          .flatMap((suggestion) => {
            const label = labelOf(suggestion);
            const rank = Math.max(
              match(label, value),
              key !== '' && suggestion.query.startsWith(word) ? 3 : 0,
            );
            return rank > 0 && fold(suggestion.query) !== fold(word) ? [{ suggestion, label, rank }] : [];
          })
          .sort((a, b) => b.rank - a.rank || b.suggestion.items - a.suggestion.items);
  return [
    ...before,
    ...found.slice(0, MOST - before.length).map(({ suggestion, label }): Offer => ({
      kind: suggestion.kind,
      label,
      text: `${kept}${suggestion.query} `,
      items: suggestion.items,
    })),
  ];
}
