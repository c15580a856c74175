// Runs wherever a film is opened: one child process of ffmpeg or ffprobe under limits, and its end in every case.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants as os, setPriority } from 'node:os';
import type { Readable } from 'node:stream';
import { Failure } from '../../../contract/index.ts';
import { programs } from './programs.ts';
import { cleanEnvironment, MAX_ALLOC } from './safety.ts';

export interface RunLimits {
  /** How long it may go without giving a byte on any of its pipes. Default 60 s. */
  readonly silenceMs?: number;
  /** How long it may run at all. Default: no limit, silence ends what hangs. */
  readonly totalMs?: number;
  /** Memory that it may hold, bytes (watched on Linux; elsewhere ffmpeg's own limits stand). Default 1 GiB. */
  readonly residentBytes?: number;
}

export interface Running {
  /** `pipe:1`, then `pipe:3` and on, as many as asked for. */
  readonly pipes: readonly Readable[];
  /** Resolves when the process is gone and has ended well. Must be awaited. Rejects with a Failure or AbortError. */
  readonly ended: Promise<void>;
  /** Ends it now: what it still gives is not wanted. `ended` then resolves. */
  stop(): void;
}

const SILENCE_MS = 60_000;
const RESIDENT_BYTES = 1024 * 1024 * 1024;
const WATCH_EVERY_MS = 500;
/** What it says on stderr is kept up to this; the rest is drained. */
const MAX_STDERR = 8_192;

/**
 * Starts ffmpeg or ffprobe. The child dies with its pipes: it writes on all of them, and when this process
 * is gone, writing fails.
 *
 * @param limits - see {@link RunLimits}; what goes beyond is MEDIA_TIMED_OUT or MEDIA_TOO_LARGE
 * @param extraPipes - how many pipes beyond stdout, `pipe:3` and on
 */
export async function run(
  program: 'ffmpeg' | 'ffprobe',
  args: readonly string[],
  limits: RunLimits = {},
  signal?: AbortSignal,
  extraPipes = 0,
): Promise<Running> {
  const path = (await programs())[program];
  signal?.throwIfAborted();
  const child = spawn(path, [...MAX_ALLOC, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', ...Array.from({ length: extraPipes }, () => 'pipe' as const)],
    env: cleanEnvironment(),
    windowsHide: true,
  });
  return watched(child, limits, signal);
}

function watched(child: ChildProcess, limits: RunLimits, signal: AbortSignal | undefined): Running {
  const pipes = child.stdio.filter((_, i) => i !== 0 && i !== 2) as Readable[];
  let verdict: Error | null = null;
  let stopped = false;
  const kill = (error: Error | null): void => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    verdict ??= error;
    // ffmpeg finishes its output on gentler signals; nothing of it is wanted any more.
    child.kill('SIGKILL');
  };
  const onAbort = (): void => {
    kill(new DOMException('The work was cancelled.', 'AbortError'));
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  const guard = watch(child, limits, pipes, kill);
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    if (said.length < MAX_STDERR) said += chunk.toString('utf8');
  });
  const ended = new Promise<void>((resolve, reject) => {
    const settle = (code: number | null, error: Error | null): void => {
      clearInterval(guard);
      signal?.removeEventListener('abort', onAbort);
      if (verdict !== null) reject(verdict);
      else if (stopped || code === 0) resolve();
      else reject(error ?? failureOfStderr(said));
    };
    child.once('error', (error) => {
      settle(null, new Failure('FFMPEG_MISSING', `ffmpeg could not be started (${error.message}).`, ''));
    });
    // `close` comes after the pipes have been read to their end, `exit` when the process is gone.
    child.once('exit', (code) => {
      if (verdict !== null || stopped) settle(code, null);
    });
    child.once('close', (code) => {
      settle(code, null);
    });
  });
  // Whoever reads the pipes sees their end first; a failure is never unhandled meanwhile.
  ended.catch(() => undefined);
  if (child.pid !== undefined)
    try {
      setPriority(child.pid, os.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // Already gone, or not allowed: it only runs less politely.
    }
  return {
    pipes,
    ended,
    stop(): void {
      stopped = true;
      kill(null);
    },
  };
}

function watch(
  child: ChildProcess,
  limits: RunLimits,
  pipes: readonly Readable[],
  kill: (error: Error) => void,
): NodeJS.Timeout {
  const silenceMs = limits.silenceMs ?? SILENCE_MS;
  const residentBytes = limits.residentBytes ?? RESIDENT_BYTES;
  const startedMs = Date.now();
  let lastMs = startedMs;
  let lastBytes = 0;
  const timer = setInterval(() => {
    const nowMs = Date.now();
    // A reader that is busy elsewhere leaves bytes in the pipe: that is no silence of the child.
    const bytes = pipes.reduce((sum, pipe) => sum + readOf(pipe), 0);
    if (bytes !== lastBytes || pipes.some((pipe) => pipe.readableLength > 0)) lastMs = nowMs;
    lastBytes = bytes;
    if (nowMs - lastMs > silenceMs || (limits.totalMs !== undefined && nowMs - startedMs > limits.totalMs))
      kill(
        new Failure(
          'MEDIA_TIMED_OUT',
          'Reading the file took too long and was given up.',
          'Try again when the machine is less busy; if it stays, the file may be damaged.',
        ),
      );
    if (residentOf(child.pid) > residentBytes)
      kill(
        new Failure(
          'MEDIA_TOO_LARGE',
          `Reading the file needs more than ${String(Math.round(residentBytes / 2 ** 20))} MiB of memory.`,
          'Make a smaller copy of it to have it found.',
        ),
      );
  }, WATCH_EVERY_MS);
  timer.unref();
  return timer;
}

/** Bytes that have come through a pipe; the pipes of a child are sockets, which count. */
function readOf(pipe: Readable): number {
  return 'bytesRead' in pipe && typeof pipe.bytesRead === 'number' ? pipe.bytesRead : 0;
}

/** Resident memory of a process, bytes; 0 where the platform has no /proc. */
function residentOf(pid: number | undefined): number {
  if (process.platform !== 'linux' || pid === undefined) return 0;
  try {
    return Number(readFileSync(`/proc/${String(pid)}/statm`, 'utf8').split(' ')[1] ?? 0) * 4096;
  } catch {
    return 0;
  }
}

/** What ffmpeg complained of, as a Failure. Paths and addresses of memory are left out. */
export function failureOfStderr(said: string): Failure {
  const detail = said
    .split('\n')
    .map((line) => line.replace(/^\[[^\]]*\] ?/, '').replace(/file:.*?: (?=[A-Z])/, ''))
    .findLast((line) => line.trim() !== '');
  const because = detail === undefined ? '' : ` (${detail.trim().slice(0, 160)})`;
  if (/not on whitelist|not in whitelist|Protocol '.*' not|Unsafe file name/i.test(said))
    return new Failure(
      'MEDIA_UNSAFE',
      `The file was not opened, because it names other files or hosts, or is no container of media${because}.`,
      'Open it with care, and only if you trust its source.',
    );
  if (/max_streams|exceeds specified max pixel|Cannot allocate memory/i.test(said))
    return new Failure(
      'MEDIA_TOO_LARGE',
      `The file asks for more pixels, streams or memory than is allowed${because}.`,
      'Make a smaller copy of it to have it found.',
    );
  if (/Decoder .*not found|no decoder|unknown codec/i.test(said))
    return new Failure(
      'MEDIA_NOT_SUPPORTED',
      `The ffmpeg in use cannot decode it${because}.`,
      'Install a newer ffmpeg, or convert the file.',
    );
  return new Failure(
    'MEDIA_DAMAGED',
    `The file is damaged or not what it claims to be${because}.`,
    'Copy the file again from where it came from, or restore it from a backup.',
  );
}
