// Runs in the page: the whole list behind an answer that is sorted by date, so that any year of it can be jumped to.
import { useEffect, useMemo } from 'react';
import type { Scope } from '../../contract/decisions.ts';
import { useLayoutOf } from '../engine/queries.ts';
import { useEngine } from '../engine/engine.ts';
import type { GridList } from '../grid/grid-list.ts';
import { listOfLayout, listOfResults } from '../grid/grid-list.ts';
import type { Answer } from '../search/use-search.ts';
import { CardStore } from './card-store.ts';

/** Whether nothing is wanted but filters: then every item under them is in the list, by date. */
export function isTimeline({ plan, total }: Answer): boolean {
  return total > 0 && plan.wants.length + plan.phrases.length + plan.excluded.length === 0;
}

/** @returns the answer's own first page until the layout of the whole has come */
export function useTimeline(answer: Answer | null, scope: Scope | null): GridList {
  const { client } = useEngine();
  const cards = useMemo(() => new CardStore((itemIds) => client.timeline.cards({ itemIds })), [client]);
  const asked = answer !== null && isTimeline(answer);
  const { data: layout, dataUpdatedAt } = useLayoutOf(answer?.query ?? '', scope, asked);
  useEffect(() => {
    if (dataUpdatedAt > 0) cards.refresh();
  }, [cards, dataUpdatedAt]);
  useEffect(() => {
    if (asked) cards.put(answer.results);
  }, [cards, asked, answer]);
  return useMemo(() => {
    if (answer === null) return listOfResults([], 0);
    if (asked && layout) return listOfLayout(layout, cards);
    return answer.total > 0
      ? listOfResults(answer.results, answer.total)
      : listOfResults(answer.nearest, answer.nearest.length);
  }, [answer, asked, layout, cards]);
}
