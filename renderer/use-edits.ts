// Runs in the page: orders on items, said in a sentence with the way back; undo and redo by key.
import { useCallback, useEffect, useRef } from 'react';
import type { Order } from './engine/decisions.ts';
import { useDecide, useNextEdits, useUndo } from './engine/decisions.ts';
import { failureIn } from './engine/failure.ts';
import { useT } from './i18n/i18n.ts';
import { useEditWords } from './selection/edit-words.ts';
import { useFact } from './shell/facts.ts';
import { useFailureWords } from './ui/failure-text.tsx';

/** Where a key belongs to what is typed or to a dialog. */
function isBusyElsewhere(target: EventTarget | null): boolean {
  const typing = target instanceof HTMLInputElement && target.type === 'text';
  return typing || document.querySelector('dialog[open]') !== null;
}

export function useEdits(say: (text: string, onUndo?: () => void) => void): (order: Order) => void {
  const t = useT();
  const words = useEditWords();
  const failed = useFailureWords();
  const complain = (error: Error) => {
    const { reason, remedy } = failed(failureIn(error));
    say(`${reason} ${remedy}`);
  };
  const undo = useUndo((edit, again) => {
    if (edit === null) say(t(again ? 'edit.nothingAgain' : 'edit.nothing'));
    else say(t(again ? 'edit.redone' : 'edit.undone', { what: words(edit) }));
  });
  const edits = useNextEdits().data;
  useFact('undo', edits != null && edits.undo !== null);
  useFact('redo', edits != null && edits.redo !== null);
  const { mutate: replay } = undo;
  const takeBack = useCallback(() => replay(false), [replay]);
  const decide = useDecide((edit) => {
    if (edit !== null) say(words(edit), takeBack);
  });
  const { mutate } = decide;
  const complaining = useRef(complain);
  useEffect(() => {
    complaining.current = complain;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isBusyElsewhere(event.target)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      replay(key === 'y' || event.shiftKey);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [replay]);
  return useCallback((order) => mutate(order, { onError: (error) => complaining.current(error) }), [mutate]);
}
