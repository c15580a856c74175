// Runs in Electron's main process: what a person set of the shell, in a small file of its own; all off at first.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { noDesktopOptions, type DesktopOptions } from '../contract/desktop.ts';

const names = Object.keys(noDesktopOptions) as (keyof DesktopOptions)[];

/** The booleans of `value` that are options; whatever else is in it is passed over. */
function optionsIn(value: unknown): Partial<DesktopOptions> {
  if (typeof value !== 'object' || value === null) return {};
  const told = value as Record<string, unknown>;
  return Object.fromEntries(
    names.filter((name) => typeof told[name] === 'boolean').map((name) => [name, told[name]]),
  );
}

/** Kept beside the window's place and not in the library: they are about this machine. */
export class DesktopOptionsFile {
  readonly #path: string;
  readonly #onChange: (now: DesktopOptions, before: DesktopOptions) => void;
  #now: DesktopOptions;

  /** @param path - JSON; a file that is missing or unreadable means: all off */
  constructor(path: string, onChange: (now: DesktopOptions, before: DesktopOptions) => void) {
    this.#path = path;
    this.#onChange = onChange;
    let kept: unknown = null;
    try {
      kept = JSON.parse(readFileSync(path, 'utf8'));
    } catch {
      // Nothing was set yet.
    }
    this.#now = { ...noDesktopOptions, ...optionsIn(kept) };
  }

  get(): DesktopOptions {
    return this.#now;
  }

  /** @param change - from the page: checked name by name */
  set(change: unknown): DesktopOptions {
    const before = this.#now;
    this.#now = { ...before, ...optionsIn(change) };
    writeFileSync(`${this.#path}.new`, JSON.stringify(this.#now));
    renameSync(`${this.#path}.new`, this.#path);
    this.#onChange(this.#now, before);
    return this.#now;
  }
}
