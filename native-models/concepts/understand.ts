// Runs on the answering thread: what the words of a query mean as concepts.
import type { TextMeaning } from '../../library/ports.ts';
import { CONCEPTS } from './concept-names.ts';

export type Understood = Extract<TextMeaning, { kind: 'concepts' }>;

export function understand(text: string): Understood {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const known = words.filter((word) => CONCEPTS.includes(word));
  return {
    kind: 'concepts',
    clauses: known.map((word) => ({
      word,
      anyOf: [CONCEPTS.indexOf(word)],
      weakAs: null,
      orderingOnly: false,
    })),
    unknown: words.filter((word) => !known.includes(word)),
  };
}
