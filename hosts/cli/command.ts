// Runs in the command line: what a command is, and what it gets when it is called. Types only, and two errors.
import type { Output } from './output.ts';
import type { Say } from './say.ts';

/** One call of a command, read from the arguments. */
export interface Call {
  /** What stands after the command, options taken out (a `passThrough` command gets its options too). */
  readonly args: readonly string[];
  /** By long name in camel case, as commander gives them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The library's folder, absolute. */
  readonly library: string;
  readonly output: Output;
  /** Sentences in the person's language. */
  readonly say: Say;
  /** Fires at Ctrl-C. What it stops throws an AbortError, and the command line ends with 130. */
  readonly signal: AbortSignal;
}

/** A command's module exports this as `run`. What it throws is said on stderr and decides the exit code. */
export type Run = (call: Call) => Promise<void>;

export interface OptionSpec {
  /** As commander writes them: `--limit <n>`. */
  readonly flags: string;
  /** May be given several times; the values come as an array. */
  readonly repeat?: true;
  /** Turns the text into a value. Throws {@link WrongUse}. */
  readonly read?: (text: string) => unknown;
  readonly choices?: readonly string[];
}

export interface CommandSpec {
  /** One word, or two for a command of a group: `packs import`. */
  readonly name: string;
  /** As commander writes them: `<dir...>`. */
  readonly args?: string;
  readonly options?: readonly OptionSpec[];
  /** What stands after `afterimage` in the example of its help. */
  readonly example: string;
  /** Options of its own come in `args`, for it to read. */
  readonly passThrough?: true;
  /** A word with one minus before it is text (`search cat -dog`), not an option that is not known. */
  readonly minusIsText?: true;
  /** Imports its module: only the command that is called is loaded. */
  readonly load: () => Promise<{ readonly run: Run }>;
}

/** The command was called in a way that it does not know: exit code 2. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

/** It has said all there is to say; the command line ends with code 1 and adds nothing. */
export class Unsuccessful extends Error {
  override readonly name = 'Unsuccessful';
}

/** The texts of an option that may be given several times, or once, or not. */
export function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
