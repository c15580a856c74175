// Shared by the desktop's main process and the page: which commands can act now, from a few facts that only the page knows.
import type { ShellCommand } from './desktop.ts';

/** All that decides it; each is true or false and says nothing of what a person has. */
export const shellFactNames = [
  /** A folder is watched: there is a library to search in. */
  'library',
  /** The list in sight has items. */
  'listed',
  'selected',
  /** An item of the list has the focus. */
  'focused',
  /** One picture fills the window. */
  'picture',
  /** One film or sound fills the window. */
  'player',
  /** What was seen in the open picture can be outlined. */
  'regions',
  /** There is another item beside the open one. */
  'beside',
  /** There is one before, and one after, the item that is open or has the focus. */
  'previous',
  'next',
  /** An edit can be taken back, or done again. */
  'undo',
  'redo',
  /** A text field with a text in it has the focus: the tools of text are its own. */
  'text',
  /** A question or a panel lies over everything else. */
  'dialog',
] as const;
export type ShellFact = (typeof shellFactNames)[number];
export type ShellFacts = Readonly<Record<ShellFact, boolean>>;

/** While there is no page. */
export const noShellFacts = Object.fromEntries(shellFactNames.map((name) => [name, false])) as ShellFacts;

/** What was said by a page, or null where it is anything but all of the facts. */
export function readShellFacts(value: unknown): ShellFacts | null {
  if (typeof value !== 'object' || value === null) return null;
  const said = value as Record<string, unknown>;
  const whole = shellFactNames.every((name) => typeof said[name] === 'boolean');
  if (!whole || Object.keys(said).length !== shellFactNames.length) return null;
  return Object.fromEntries(shellFactNames.map((name) => [name, said[name]])) as ShellFacts;
}

type Needs = (now: ShellFacts) => boolean;
const always: Needs = () => true;
const opened: Needs = (now) => now.picture || now.player;
const inList: Needs = (now) => now.library && !opened(now) && !now.dialog;
const onSelected: Needs = (now) => inList(now) && now.selected;
/** The item that is open, else what is selected or has the focus. */
const onItems: Needs = (now) =>
  !now.dialog && (opened(now) || (inList(now) && (now.selected || now.focused)));
const ofPicture: Needs = (now) => now.picture && !now.dialog;
const ofOpened: Needs = (now) => opened(now) && !now.dialog;
/** From the item that is open or has the focus. */
const fromItem: Needs = (now) => !now.dialog && (opened(now) || now.focused);

const needs: Readonly<Record<ShellCommand, Needs>> = {
  'add-folder': always,
  settings: always,
  errors: always,
  keys: always,
  'look-again': (now) => now.library,
  find: inList,
  undo: (now) => now.text || (inList(now) && now.undo),
  redo: (now) => now.text || (inList(now) && now.redo),
  'select-all': (now) => now.text || (inList(now) && now.listed),
  'select-none': onSelected,
  'open-with': (now) => ofOpened(now) || onSelected(now),
  reveal: (now) => ofOpened(now) || onSelected(now),
  export: onSelected,
  trash: onSelected,
  tags: onSelected,
  'new-album': onSelected,
  'hide-item': onSelected,
  favourite: onItems,
  'rate-0': onItems,
  'rate-1': onItems,
  'rate-2': onItems,
  'rate-3': onItems,
  'rate-4': onItems,
  'rate-5': onItems,
  'more-like-this': fromItem,
  previous: (now) => fromItem(now) && now.previous,
  next: (now) => fromItem(now) && now.next,
  'side-bar': inList,
  details: ofOpened,
  outlines: (now) => ofPicture(now) && now.regions,
  filmstrip: ofPicture,
  compare: (now) => ofPicture(now) && now.beside,
  slideshow: (now) => ofPicture(now) && now.beside,
};

/** Whether a command would do something: the one answer, for the native menu, the page's buttons and the page itself. */
export const canAct = (command: ShellCommand, now: ShellFacts): boolean => needs[command](now);
