// Runs in the page: what is being searched for, and the answer to it.
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { Scope } from '../../contract/decisions.ts';
import type { ItemId } from '../../contract/ids.ts';
import type { ItemCard } from '../../contract/media.ts';
import type { Plan, Result } from '../../contract/search.ts';
import { useFind } from '../engine/queries.ts';
import type { Example } from '../engine/queries.ts';
import { MOST_EXAMPLES, exampleFromFile, exampleFromItem } from './examples.ts';

/** Strokes that follow each other faster than a hand types, as of a key held down, are one question. */
const BURST_MS = 60;
/** After a burst the engine is asked when it has paused for so long. */
const DEBOUNCE_MS = 40;

/** The engine is asked at each stroke: a newer question ends the one before. Only bursts are waited for. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  const changedMs = useRef(-Infinity);
  useEffect(() => {
    const nowMs = performance.now();
    const isBurst = nowMs - changedMs.current < BURST_MS;
    changedMs.current = nowMs;
    // An emptied field shows everything at once.
    const timer = setTimeout(
      () => {
        setSettled(text);
      },
      text === '' || !isBurst ? 0 : DEBOUNCE_MS,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [text]);
  return settled;
}

/** The query of the page's address (`?q=`), so that a link or a reload shows the same results. */
function queryOfAddress(): string {
  return new URL(window.location.href).searchParams.get('q') ?? '';
}

function keepInAddress(text: string): void {
  const url = new URL(window.location.href);
  if (text === '') url.searchParams.delete('q');
  else url.searchParams.set('q', text);
  window.history.replaceState(null, '', url);
}

const NOTHING_OPEN: { question: string; itemIds: readonly ItemId[] } = { question: '', itemIds: [] };

export interface Answer {
  /** The text that it answers. */
  readonly query: string;
  readonly plan: Plan;
  readonly tookMs: number;
  readonly total: number;
  readonly results: readonly Result[];
  readonly nearest: readonly Result[];
}

/**
 * @param enabled - false while there is no root: there is nothing to ask for yet
 * @param scope - the collection that is searched in; null: everything
 */
export function useSearch(enabled: boolean, scope: Scope | null) {
  const [text, setText] = useState(queryOfAddress);
  const [examples, setExamples] = useState<readonly Example[]>([]);
  const settled = useSettled(text.trim());
  useEffect(() => {
    keepInAddress(settled);
  }, [settled]);

  /** Changes when another question is asked, not when the same is asked again. */
  const question = JSON.stringify([settled, examples.map((example) => example.id), scope]);
  /** Open for this question only. */
  const [open, setOpen] = useState<{ question: string; itemIds: readonly ItemId[] }>(NOTHING_OPEN);
  const unfolded = open.question === question ? open.itemIds : NOTHING_OPEN.itemIds;
  const toggleFold = useCallback(
    (itemId: ItemId) => {
      setOpen((before) => {
        const known = before.question === question ? before.itemIds : [];
        const itemIds = known.includes(itemId) ? known.filter((one) => one !== itemId) : [...known, itemId];
        return { question, itemIds };
      });
    },
    [question],
  );

  const find = useFind({ text: settled, examples, scope, unfolded }, enabled);
  const pages = useDeferredValue(find.data?.pages);
  const answer = useMemo<Answer | null>(() => {
    const first = pages?.[0];
    if (!first) return null;
    const seen = new Set<number>();
    // Pages are cut while the library grows: an item may slip from one into the next.
    const results = pages
      .flatMap((page) => page.results)
      .filter((result) => !seen.has(result.itemId) && seen.add(result.itemId));
    return {
      query: first.query,
      plan: first.plan,
      tookMs: first.tookMs,
      total: first.total,
      results,
      nearest: first.nearest,
    };
  }, [pages]);

  const addFiles = useCallback((files: readonly File[]) => {
    setExamples((before) => [...before, ...files.map(exampleFromFile)].slice(-MOST_EXAMPLES));
  }, []);
  const removeExample = useCallback((id: string) => {
    setExamples((before) => before.filter((example) => example.id !== id));
  }, []);
  /** Adds an item to what is searched for; `alone` drops everything else. */
  const addItem = useCallback((item: ItemCard, alone: boolean) => {
    const example = exampleFromItem(item);
    if (alone) setText('');
    setExamples((before) =>
      alone ? [example] : [...before.filter(({ id }) => id !== example.id), example].slice(-MOST_EXAMPLES),
    );
  }, []);
  const clear = useCallback(() => {
    setText('');
    setExamples([]);
  }, []);

  const { fetchNextPage, hasNextPage, isFetching } = find;
  const more = useCallback(() => {
    // Also while the first page is still coming: it would be given up for the next one.
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetching]);

  return {
    text,
    setText,
    examples,
    addFiles,
    addItem,
    removeExample,
    clear,
    more,
    answer,
    error: find.error,
    retry: find.refetch,
    /** The query that the shown answer belongs to is not yet the one in the field. */
    stale: find.isPlaceholderData || settled !== text.trim(),
    isBlank: settled === '' && examples.length === 0,
    question,
    scope,
    unfolded,
    toggleFold,
  };
}

export type Search = ReturnType<typeof useSearch>;
