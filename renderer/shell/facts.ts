// Runs in the page: what decides which commands can act now, said by whoever knows it and told to the native menu.
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { canAct, noShellFacts, type ShellFact, type ShellFacts } from '../../contract/command-facts.ts';
import type { ShellCommand } from '../../contract/desktop.ts';
import { Live } from '../engine/live.ts';

interface Said {
  readonly fact: ShellFact;
  holds: boolean;
}

/** In the order of mounting: what lies over the rest has the last word. */
const said: Said[] = [];
export const shellFacts = new Live<ShellFacts>(noShellFacts);

function tell(fact: ShellFact): void {
  const holds = said.findLast((one) => one.fact === fact)?.holds ?? false;
  if (shellFacts.get()[fact] !== holds) shellFacts.set({ ...shellFacts.get(), [fact]: holds });
}

/** While the component is there, it says whether the fact holds; after that, whoever said it before. */
export function useFact(fact: ShellFact, holds = true): void {
  const own = useRef<Said | null>(null);
  useEffect(() => {
    const one: Said = { fact, holds: false };
    own.current = one;
    said.push(one);
    return () => {
      said.splice(said.indexOf(one), 1);
      tell(fact);
    };
  }, [fact]);
  useEffect(() => {
    if (own.current) own.current.holds = holds;
    tell(fact);
  }, [fact, holds]);
}

/** Whether a button may stand for a command now. What a dialog covers is out of reach by itself and stays as it was. */
export function useCanAct(command: ShellCommand): boolean {
  return useSyncExternalStore(shellFacts.subscribe, () =>
    canAct(command, { ...shellFacts.get(), dialog: false, text: false }),
  );
}

const isWritable = (element: Element | null): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && ['text', 'search'].includes(element.type));
/** In an empty field there is nothing to undo or to select: the pictures are meant. */
export const hasText = (element: Element | null): boolean => isWritable(element) && element.value !== '';
const isItem = (element: Element | null): boolean => element?.closest('.grid [data-item]') != null;

/** Says what has the focus, for as long as the component is there. */
export function useFocusFacts(): void {
  useEffect(() => {
    const focus: Said[] = [
      { fact: 'text', holds: false },
      { fact: 'focused', holds: false },
    ];
    said.push(...focus);
    let due = 0;
    // While the focus goes from one to the next, nothing has it.
    const look = () => {
      cancelAnimationFrame(due);
      due = requestAnimationFrame(() => {
        const { activeElement } = document;
        for (const one of focus) {
          one.holds = one.fact === 'text' ? hasText(activeElement) : isItem(activeElement);
          tell(one.fact);
        }
      });
    };
    const events = ['focusin', 'focusout', 'input', 'keyup'] as const;
    for (const event of events) document.addEventListener(event, look);
    look();
    return () => {
      cancelAnimationFrame(due);
      for (const event of events) document.removeEventListener(event, look);
      for (const one of focus) said.splice(said.indexOf(one), 1);
    };
  }, []);
}
