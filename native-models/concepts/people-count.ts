// Runs on the answering thread: "two people", "사람 세 명": how many people a query asks for.
import { conceptIndex } from './concept-names.ts';
import type { Entry } from './lexicon.ts';

const NUMBERS: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ 한: 1, 두: 2, 세: 3, 네: 4, 다섯: 5, 여섯: 6, 일곱: 7, 여덟: 8, 아홉: 9, 열: 10 },
};
const PERSON = conceptIndex('person');

/** The number a word says, or null. */
export function numberOf(word: string): number | null {
  return NUMBERS[word] ?? (/^[1-9]\d?$/.test(word) ? Number(word) : null);
}

/** Exactly so many people; 3 stands for three and more. Null for a number nobody asks people in. */
export function peopleEntry(count: number): Entry {
  return { anyOf: [conceptIndex(`people:${String(Math.min(3, count))}`)], weakAs: null };
}

/** Whether an entry speaks of people, so that a number before it counts them. */
export function isPeople(entry: Entry): boolean {
  return entry.anyOf.includes(PERSON) && entry.anyOf.length <= 8;
}

/** Korean counts people with 명, 사람 or 분, written together or apart. @returns the number or null */
export function countedKo(word: string): number | null {
  const match = /^(\d{1,2}|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)(?:명|사람|분|인)(?:이|의|은|을)?$/u.exec(
    word,
  );
  return match?.[1] === undefined ? null : numberOf(match[1]);
}
