// Shared by the desktop's main process, its preload script and the engine's utility process: what they say to each other.
// Plain types and names: all three are our own processes, and the page never sees any of it.

/** Names of the calls that the preload script makes to main. */
export const shellChannels = {
  requestPort: 'afterimage:request-port',
  /** From main to the page, with one port. */
  port: 'afterimage:port',
  pickFolder: 'afterimage:pick-folder',
  reveal: 'afterimage:reveal',
  openWith: 'afterimage:open-with',
  dragOut: 'afterimage:drag-out',
  /** The language that the page speaks, for the menus of the system. */
  language: 'afterimage:language',
  /** What decides which entries of the menu can act now. */
  facts: 'afterimage:facts',
  options: 'afterimage:options',
  setOptions: 'afterimage:set-options',
  takeOpened: 'afterimage:take-opened',
  /** From main to the page: a ShellEvent. */
  event: 'afterimage:event',
} as const;

/**
 * What main posts to the utility process's `parentPort`, each with exactly one port: `port` is for a
 * face and speaks the contract; `media` is main's own and speaks {@link MediaAsk} and {@link MediaAnswer}.
 */
export interface PortMessage {
  readonly type: 'port' | 'media';
}

/** Exit code of an engine whose library another process has open; it is not started again. */
export const EXIT_LIBRARY_IN_USE = 3;

/** Exit code of an engine that has moved its library: another is started at once, which opens it where it lies now. */
export const EXIT_LIBRARY_MOVED = 4;

/** Exit code of an engine whose library lies on a disk that is away; an {@link AwayNote} comes before it. */
export const EXIT_LIBRARY_AWAY = 5;

/** From the engine to main. */
export interface AwayNote {
  readonly type: 'away';
  /** Where the library lies when its disk is there; empty where that cannot be told. */
  readonly place: string;
}

/** Main's side of a media port. `id` is chosen by main and names one exchange. */
export type MediaAsk =
  /** `path` is what follows `media://` or `/media/`: a form and an item's id, such as `preview/12`. */
  | {
      readonly type: 'open';
      readonly id: number;
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** One more piece of the body, when the one before was taken. */
  | { readonly type: 'more'; readonly id: number }
  | { readonly type: 'close'; readonly id: number }
  /** Where an item's file lies, for showing it in the platform's file manager. */
  | { readonly type: 'locate'; readonly id: number; readonly itemId: number };

/** The engine's side of a media port. */
export type MediaAnswer =
  | {
      readonly type: 'head';
      readonly id: number;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly type: 'bytes'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly type: 'end'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly reason: string }
  | { readonly type: 'located'; readonly id: number; readonly path: string | null };

/** From the engine to main: one file is to go to the system's trash. */
export interface TrashAsk {
  readonly type: 'trash';
  readonly id: number;
  /** Absolute. */
  readonly path: string;
}

/** Main's answer; `reason` where it could not be moved. */
export interface TrashAnswer {
  readonly type: 'trashed';
  readonly id: number;
  readonly reason: string | null;
}

/** From the engine to main: an index that took long is done. */
export interface IndexedNote {
  readonly type: 'indexed';
  readonly items: number;
}
