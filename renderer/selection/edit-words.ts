// Runs in the page: an edit as a sentence: "3 items added to Lisbon".
import type { EditInfo } from '../../contract/decisions.ts';
import { useFormat, useT } from '../i18n/i18n.ts';

/** @returns what makes the sentence of an edit; the same for what was taken back, said by the caller */
export function useEditWords(): (edit: EditInfo) => string {
  const t = useT();
  const format = useFormat();
  return ({ what, items, name }) =>
    t(`edit.${what}`, { count: items, n: format.number(items), name: name ?? '' });
}
