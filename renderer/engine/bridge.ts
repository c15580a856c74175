// Runs in the page: the one thing that the preload script puts into it, absent in a browser.
import type { ShellFacts } from '../../contract/command-facts.ts';
import type { DesktopOptions, OpenedPath, ShellEvent } from '../../contract/desktop.ts';

/** What `window.afterimage` holds in the desktop app. */
export interface Bridge {
  /** Asks main for a port to the engine; it comes by `postMessage` as `{ type: 'afterimage:port' }`. */
  requestPort(): Promise<void>;
  /** The platform's own folder dialog; null when it was closed without a choice. */
  pickFolder(): Promise<string | null>;
  /** Shows an item's file in the platform's file manager; false when there is no such item. */
  reveal(itemId: number): Promise<boolean>;
  /** Opens an item's file in the program that the platform has for it. */
  openWith(itemId: number): Promise<boolean>;
  /** Lets the platform drag the items' files, from a drag that has begun. */
  dragOut(itemIds: readonly number[]): Promise<number>;
  /** Where a dropped file or folder lies; empty when it is none of the disk's. */
  pathOf(file: File): string;
  /** Tells the menus of the system which language the page speaks. */
  speak(language: string): Promise<void>;
  /** Tells the menus of the system what decides which of their entries can act now. */
  setFacts(facts: ShellFacts): Promise<void>;
  options(): Promise<DesktopOptions>;
  setOptions(change: Partial<DesktopOptions>): Promise<DesktopOptions>;
  takeOpened(): Promise<readonly OpenedPath[]>;
  onEvent(listener: (event: ShellEvent) => void): void;
}

declare global {
  interface Window {
    readonly afterimage?: Bridge;
  }
}

/** The bridge of the desktop app, or undefined in a browser. */
export function bridge(): Bridge | undefined {
  return typeof window === 'undefined' ? undefined : window.afterimage;
}
