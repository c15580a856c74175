// Shared by the desktop's main process and the page: what the shell asks of the page, and what a person sets of the shell.

/** Actions that the native menu has and the page does. */
export const shellCommands = [
  'add-folder',
  'look-again',
  'settings',
  'errors',
  'keys',
  'find',
  'undo',
  'redo',
  'select-all',
  'select-none',
  'open-with',
  'reveal',
  'export',
  'trash',
  'favourite',
  'rate-1',
  'rate-2',
  'rate-3',
  'rate-4',
  'rate-5',
  'rate-0',
  'tags',
  'new-album',
  'hide-item',
  'more-like-this',
  'previous',
  'next',
  'side-bar',
  'details',
  'outlines',
  'filmstrip',
  'compare',
  'slideshow',
] as const;
export type ShellCommand = (typeof shellCommands)[number];

/** What is kept by the shell and not by a library; all are off until a person turns them on. */
export interface DesktopOptions {
  /** Goes on in the tray when the window is closed. */
  readonly keepWatching: boolean;
  readonly openAtLogin: boolean;
  /** Says so when an index that took long is done. */
  readonly notify: boolean;
  /** Asks the place of releases for a newer version. The one connection of the shell. */
  readonly checkForUpdates: boolean;
}
export const noDesktopOptions: DesktopOptions = {
  keepWatching: false,
  openAtLogin: false,
  notify: false,
  checkForUpdates: false,
};

/** A file or folder that a person opened with the app: dropped on its icon, or by "open with". */
export interface OpenedPath {
  /** Absolute. */
  readonly path: string;
  readonly isFolder: boolean;
}

/** What the shell tells the page. `opened`: paths wait to be taken. */
export type ShellEvent =
  { readonly type: 'command'; readonly command: ShellCommand } | { readonly type: 'opened' };
