// Runs in tests: the command line in a process of its own, with its JSON lines read.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** hosts/cli/main.ts, absolute. */
export const commandLine = fileURLToPath(new URL('../../hosts/cli/main.ts', import.meta.url));

export interface Ended {
  /** Null when it was ended by a signal. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What stood on stdout, a value a line. */
  readonly lines: readonly Record<string, unknown>[];
  readonly errors: string;
}

export interface StartOptions {
  /** Put before `node`: `unshare -rn`. */
  readonly before?: readonly string[];
  /** Modules that the process loads first. */
  readonly imports?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts `afterimage …args --json`. `ended` never rejects for an exit code: that is for the test to judge. */
export function startCommand(
  args: readonly string[],
  options: StartOptions = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const { before = [], imports = [], env = process.env } = options;
  const whole = [
    ...before,
    process.execPath,
    ...imports.flatMap((module) => ['--import', module]),
    ...[commandLine, ...args, '--json'],
  ];
  const child = spawn(whole[0] ?? '', whole.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], env });
  const ended = (async (): Promise<Ended> => {
    const errors = text(child.stderr);
    const lines: Record<string, unknown>[] = [];
    const exited = new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve([code, signal]));
    });
    // A process that is killed may leave half a line.
    for await (const line of createInterface({ input: child.stdout }))
      if (line.endsWith('}')) lines.push(JSON.parse(line) as Record<string, unknown>);
    const [code, signal] = await exited;
    return { code, signal, lines, errors: await errors };
  })();
  return { child, ended };
}

/** Runs a command to its end. */
export const runCommandLine = (args: readonly string[], options: StartOptions = {}): Promise<Ended> =>
  startCommand(args, options).ended;
