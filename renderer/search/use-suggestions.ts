// Runs in the page: what the search field offers, whether it shows, and which offer the keys have come to.
import { useEffect, useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Suggestion } from '../../contract/suggestions.ts';
import { useForget, useHistory, useRemember, useVocabulary } from '../engine/queries.ts';
import { useFormat } from '../i18n/i18n.ts';
import type { Offer } from './suggest.ts';
import { offersFor } from './suggest.ts';
import type { Search } from './use-search.ts';

/** An answer that was looked at for so long was meant. */
const MEANT_MS = 3_000;

/** @param onDown - from the last offer on */
export function useSuggestions(search: Search, onDown: () => void) {
  const format = useFormat();
  const vocabulary = useVocabulary().data;
  const history = useHistory().data;
  const { mutate: remember } = useRemember();
  const { mutate: forget } = useForget();
  /** Only after a person did something in the field: it has the focus from the start. */
  const [shown, setShown] = useState(false);
  const [active, setActive] = useState(-1);
  const { text, setText, examples, answer, stale } = search;

  const offers = useMemo(() => {
    const labelOf = ({ kind, text: named }: Suggestion) =>
      kind === 'month'
        ? format.month(Date.UTC(Number(named.slice(0, 4)), Number(named.slice(5)) - 1))
        : named;
    // Beside a picture, what was asked before is no help.
    const idle = text.trim() === '' && examples.length > 0;
    return shown && !idle ? offersFor(text, vocabulary ?? [], history ?? [], labelOf) : [];
  }, [shown, text, examples, vocabulary, history, format]);

  const asked = answer !== null && !stale && answer.total > 0 ? text.trim() : '';
  useEffect(() => {
    if (asked === '') return undefined;
    const timer = setTimeout(() => remember(asked), MEANT_MS);
    return () => clearTimeout(timer);
  }, [asked, remember]);

  const close = () => {
    setShown(false);
    setActive(-1);
  };
  const open = () => setShown(true);
  const choose = (offer: Offer) => {
    setText(offer.text);
    setActive(-1);
    setShown(offer.kind !== 'history');
  };
  /** @returns whether the key meant the offers */
  const onKey = (event: KeyboardEvent): boolean => {
    const offer = offers[active];
    if (event.key === 'Enter') {
      if (offer) choose(offer);
      else {
        close();
        if (text.trim() !== '') remember(text.trim());
      }
      return true;
    }
    if (event.key === 'ArrowDown' && offers.length === 0 && text === '' && !shown && history?.length) {
      open();
      return true;
    }
    if (offers.length === 0) return false;
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown' && active === offers.length - 1) {
      close();
      onDown();
    } else if (event.key === 'ArrowDown') setActive(active + 1);
    else if (event.key === 'ArrowUp' && active >= 0) setActive(active - 1);
    else if (event.key === 'Delete' && offer?.kind === 'history') forget(offer.text);
    else return false;
    return true;
  };
  return { offers, active: offers[active] ? active : -1, open, close, choose, onKey, forget };
}
