// Runs in the engine: rules by which dates said in words are found, whatever the language. Pure.
import { months, type Relation, related, type SaidDate, type Span, type Today } from './calendar.ts';

export type Groups = Readonly<Record<string, string | undefined>>;

export interface Rule {
  /** What bounds the date is in the group `relation`. */
  readonly form: RegExp;
  /** Null: what was matched is no date after all. */
  readonly span: (groups: Groups, today: Today) => Span | null;
}

/**
 * The first rule that finds a date.
 *
 * @param relations - words that bound it, in lower case; any other: within it
 */
export function byRules(
  rules: readonly Rule[],
  relations: Readonly<Record<string, Relation>>,
  text: string,
  today: Today,
): SaidDate | null {
  for (const { form, span } of rules) {
    const match = form.exec(text);
    const groups = match?.groups ?? {};
    const found = match === null ? null : span(groups, today);
    if (match === null || found === null) continue;
    const relation = relations[groups['relation']?.toLowerCase() ?? ''] ?? 'within';
    return { span: related(found, relation), at: match.index, length: match[0].length };
  }
  return null;
}

/** Decades by two digits: the 30s and later are of the last century. */
export const decadeOf = (short: number): Span => months((short >= 30 ? 1900 : 2000) + short, 0, 120);
