// Runs in the command line: Ctrl-C asks the work to stop, and sees to it that it does.
import { existsSync } from 'node:fs';

export const EXIT_INTERRUPTED = 130;

/** After this long a stop that was asked for is made; the databases bear that as they bear a crash. */
const GRACE_MS = 800;
/** npm hands a signal on that the terminal gave to both: two within this time are one. */
const SAME_MS = 150;

const SHELL = '/bin/sh';

/**
 * Ends the process with a code and without any clearing up. `process.exit` joins worker threads first:
 * one that is inside a model runtime makes it hang, or abort with a code of its own. So the process
 * becomes another that only ends; where that cannot be, it ends by the signal's own action (which a
 * shell reports as 130).
 */
function endAtOnce(exitCode: number): void {
  if (process.platform === 'win32') process.exit(exitCode);
  if (typeof process.execve === 'function' && existsSync(SHELL))
    process.execve(SHELL, [SHELL, '-c', `exit ${exitCode}`], {});
  process.removeAllListeners('SIGINT');
  process.kill(process.pid, 'SIGINT');
}

export interface Interrupt {
  readonly signal: AbortSignal;
  /** Nobody reads on: the work stops as at Ctrl-C, but in order (code 0). */
  hangUp(): void;
  /** The exit code that the interruption asks for; null when there was none. */
  exitCode(): number | null;
}

/** @param note - says something on stderr, once */
export function listenForInterrupts(note: () => void): Interrupt {
  const controller = new AbortController();
  let code: number | null = null;
  let firstMs = 0;
  const stop = (exitCode: number): void => {
    code = exitCode;
    firstMs = performance.now();
    setTimeout(() => endAtOnce(exitCode), GRACE_MS).unref();
    controller.abort();
  };
  const onSignal = (): void => {
    if (code === null) {
      stop(EXIT_INTERRUPTED);
      note();
    } else if (performance.now() - firstMs > SAME_MS) endAtOnce(EXIT_INTERRUPTED);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    hangUp: () => {
      if (code === null) stop(0);
    },
    exitCode: () => code,
  };
}
