// Runs in Electron's main process: menu, tray, login item and opened paths, kept in step with the language and the options.
import { noShellFacts, type ShellFacts } from '../contract/command-facts.ts';
import type { DesktopOptions, OpenedPath, ShellCommand, ShellEvent } from '../contract/desktop.ts';
import type { MenuItemConstructorOptions } from 'electron';
import { DesktopOptionsFile } from './desktop-options.ts';
import { menuTemplate } from './menu.ts';
import { menuLanguage, type MenuLanguage } from './menu-texts.ts';
import { OpenedPaths, openedPath, pathsIn } from './opened-paths.ts';

export interface DesktopParts {
  readonly optionsPath: string;
  /** Of the system; the page's own comes later. */
  readonly locale: () => string;
  readonly platform: NodeJS.Platform;
  readonly setMenu: (template: MenuItemConstructorOptions[]) => void;
  /** Greys the entries of the menu that cannot act. */
  readonly enableEntries: (facts: ShellFacts) => void;
  readonly showTray: (wanted: boolean, language: MenuLanguage) => void;
  readonly openAtLogin: (wanted: boolean) => void;
  /** From now on, or no longer. */
  readonly checkForUpdates: (wanted: boolean) => void;
  /** Tells the page, after showing a window where there is none. */
  readonly tell: (event: ShellEvent) => void;
  readonly showWindow: () => void;
}

export class Desktop {
  readonly options: DesktopOptionsFile;
  readonly opened: OpenedPaths;
  readonly #parts: DesktopParts;
  #language: MenuLanguage = 'en';
  #facts = noShellFacts;

  constructor(parts: DesktopParts) {
    this.#parts = parts;
    this.options = new DesktopOptionsFile(parts.optionsPath, (now, before) => this.#apply(now, before));
    this.opened = new OpenedPaths(() => {
      parts.showWindow();
      parts.tell({ type: 'opened' });
    });
  }

  get language(): MenuLanguage {
    return this.#language;
  }

  /** Once, when the app is ready. The login item stays as the person left it. */
  start(): void {
    // Electron knows it only then.
    this.speak(this.#parts.locale());
    if (this.options.get().checkForUpdates) this.#parts.checkForUpdates(true);
  }

  speak(language: string): void {
    this.#language = menuLanguage(language);
    this.#showWords();
  }

  /** What the page says now; without an argument: there is no page. */
  setFacts(facts: ShellFacts = noShellFacts): void {
    this.#facts = facts;
    this.#parts.enableEntries(facts);
  }

  /** By "open with", or dropped on the icon, on macOS. */
  openPath(path: string): void {
    this.opened.add(openedPath(path));
  }

  /** What a start of the app names in its arguments, elsewhere. */
  openArguments(args: readonly string[], workingFolder: string): void {
    this.opened.add(pathsIn(args, workingFolder) satisfies OpenedPath[]);
  }

  #showWords(): void {
    const { platform, setMenu, showTray, tell, showWindow } = this.#parts;
    const onCommand = (command: ShellCommand): void => {
      showWindow();
      tell({ type: 'command', command });
    };
    setMenu(menuTemplate(this.#language, platform, this.#facts, onCommand));
    showTray(this.options.get().keepWatching, this.#language);
  }

  #apply(now: DesktopOptions, before: DesktopOptions): void {
    const { showTray, openAtLogin, checkForUpdates } = this.#parts;
    showTray(now.keepWatching, this.#language);
    if (now.openAtLogin !== before.openAtLogin) openAtLogin(now.openAtLogin);
    if (now.checkForUpdates !== before.checkForUpdates) checkForUpdates(now.checkForUpdates);
  }
}
