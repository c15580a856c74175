// Runs in the page: the one thing that the preload script puts into it, absent in a browser.

/** What `window.afterimage` holds in the desktop app. */
export interface Bridge {
  /** Asks main for a port to the engine; it comes by `postMessage` as `{ type: 'afterimage:port' }`. */
  requestPort(): Promise<void>;
  /** The platform's own folder dialog; null when it was closed without a choice. */
  pickFolder(): Promise<string | null>;
  /** Shows an item's file in the platform's file manager; false when there is no such item. */
  reveal(itemId: number): Promise<boolean>;
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
