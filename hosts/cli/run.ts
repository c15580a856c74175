// Runs in the command line: one call of a command, from its options to the process's exit code.
import { resolve } from 'node:path';
import { Unsuccessful, WrongUse, type Call, type CommandSpec } from './command.ts';
import { EXIT_INTERRUPTED, listenForInterrupts } from './interrupt.ts';
import { createOutput } from './output.ts';
import type { Say } from './say.ts';

export const EXIT = { done: 0, failed: 1, wrongUse: 2, inUse: 3, interrupted: EXIT_INTERRUPTED } as const;

/** Runs a command and returns the exit code. What failed has then been said on stderr. */
export async function runCommand(
  spec: CommandSpec,
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  say: Say,
): Promise<number> {
  const output = createOutput(options['json'] === true);
  const interrupt = listenForInterrupts(() => output.note(say('interrupted')));
  const onPipe = (error: NodeJS.ErrnoException): void => {
    // `afterimage search … | head -1`: who reads has enough.
    if (error.code === 'EPIPE') interrupt.hangUp();
  };
  process.stdout.on('error', onPipe);
  process.stderr.on('error', onPipe);
  try {
    const { libraryFolder } = await import('../library-folder.ts');
    const asked = options['library'];
    const call: Call = {
      args,
      options,
      library: resolve(libraryFolder(typeof asked === 'string' ? asked : undefined)),
      output,
      say,
      signal: interrupt.signal,
    };
    const { run } = await spec.load();
    await run(call);
    return interrupt.exitCode() ?? EXIT.done;
  } catch (error) {
    const interrupted = interrupt.exitCode();
    if (interrupted !== null) return interrupted;
    output.transient('');
    return await sayError(error, spec, (text) => output.note(text), say);
  }
}

async function sayError(
  error: unknown,
  spec: CommandSpec,
  note: (text: string) => void,
  say: Say,
): Promise<number> {
  if (error instanceof Unsuccessful) {
    if (error.message !== '') note(error.message);
    return EXIT.failed;
  }
  if (error instanceof WrongUse) {
    note(say('wrong.value', { what: error.message }));
    note(say('help.hint', { command: `afterimage ${spec.name}` }));
    return EXIT.wrongUse;
  }
  const { failureFrom } = await import('../failures.ts');
  const failure = failureFrom(error);
  note(say.failure(failure));
  if (failure.code === 'INTERNAL' && process.env['AFTERIMAGE_LOG'] === 'debug' && error instanceof Error)
    note(error.stack ?? '');
  return failure.code === 'LIBRARY_IN_USE' ? EXIT.inUse : EXIT.failed;
}
