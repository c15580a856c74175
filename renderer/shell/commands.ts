// Runs in the page: does what a person chose in the native menu: an action that listens for it, else the key that stands for it.
import { useEffect, useRef } from 'react';
import { canAct } from '../../contract/command-facts.ts';
import type { ShellCommand } from '../../contract/desktop.ts';
import { hasText, shellFacts } from './facts.ts';

const listeners = new Map<ShellCommand, Set<() => void>>();

/** While the component is there (and `when` holds), the command is its own. */
export function useCommand(command: ShellCommand, run: () => void, when = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!when) return undefined;
    const listener = () => latest.current();
    const before = listeners.get(command) ?? new Set();
    listeners.set(command, before.add(listener));
    return () => void before.delete(listener);
  }, [command, when]);
}

interface Press {
  readonly key: string;
  readonly ctrlKey?: boolean;
  readonly shiftKey?: boolean;
}

/** Each key does the same where it is pressed: in the grid, in the viewer or in the player. */
const keys: Partial<Record<ShellCommand, Press>> = {
  find: { key: 'f', ctrlKey: true },
  undo: { key: 'z', ctrlKey: true },
  redo: { key: 'z', ctrlKey: true, shiftKey: true },
  'select-all': { key: 'a', ctrlKey: true },
  'select-none': { key: 'Escape' },
  favourite: { key: 'f' },
  'rate-0': { key: '0' },
  'rate-1': { key: '1' },
  'rate-2': { key: '2' },
  'rate-3': { key: '3' },
  'rate-4': { key: '4' },
  'rate-5': { key: '5' },
  'more-like-this': { key: 'm' },
  previous: { key: 'ArrowLeft' },
  next: { key: 'ArrowRight' },
  'side-bar': { key: 'b' },
  details: { key: 'i' },
  outlines: { key: 'r' },
  filmstrip: { key: 't' },
  compare: { key: 'c' },
  slideshow: { key: 's' },
};

const textTools: Partial<Record<ShellCommand, string>> = {
  undo: 'undo',
  redo: 'redo',
  'select-all': 'selectAll',
};

const isTextField = (element: Element | null): element is HTMLInputElement =>
  element instanceof HTMLInputElement && element.type === 'text';

/** Where a key would be pressed: never into a text, which it would be written into. */
function placeOfKeys(): Element {
  const active = document.activeElement;
  const dialog = [...document.querySelectorAll('dialog[open]')].at(-1);
  if (dialog)
    return active && dialog.contains(active) && !isTextField(active)
      ? active
      : (dialog.querySelector('[data-first]') ?? dialog);
  return active && !isTextField(active) ? active : document.body;
}

/** @returns false when nothing here does it now */
export function runCommand(command: ShellCommand): boolean {
  if (!canAct(command, shellFacts.get())) return false;
  const tool = textTools[command];
  if (tool !== undefined && hasText(document.activeElement)) {
    // Of old, and the only way to a field's own history.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing has taken its place
    return document.execCommand(tool);
  }
  const own = [...(listeners.get(command) ?? [])].at(-1);
  if (own) {
    own();
    return true;
  }
  const press = keys[command];
  if (!press) return false;
  const event = new KeyboardEvent('keydown', { ...press, bubbles: true, cancelable: true });
  // Whoever takes a key keeps the platform from it.
  return !placeOfKeys().dispatchEvent(event);
}
