// Runs on the answering thread: whisper.cpp as a child process, a few minutes of sound at a time.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../contract/index.ts';
import type { Heard } from '../../library/ports.ts';
import { cleanedEnvironment } from './program.ts';
import { wavOf } from './wav.ts';
import { readWhisperOutput } from './whisper-output.ts';

export interface WhisperRun {
  /** Absolute path of whisper.cpp's `main`. */
  readonly program: string;
  /** Absolute path of the ggml file. */
  readonly model: string;
  /** Where the output lies for the moment that it takes to read it. */
  readonly temporaryFolder: string;
  /** Mono, 16 kHz. */
  readonly samples: Int16Array;
  readonly language: string | null;
  readonly threads: number;
  readonly signal: AbortSignal | undefined;
}

/** The largest model on the slowest machine: a minute of sound may take this many minutes. */
const SLOWEST = 30;
/** Loading some gigabytes from a slow disk. */
const LOADING_MS = 300_000;
/** What is said on stderr is kept for the reason of a failure, its end only. */
const SAID_BYTES = 16_384;
/** An hour of fast speech with all its tokens is 10 MB. */
const OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Sound goes in by a pipe, so that it never lies on disk. The exit code says nothing (it is 0 also where
 * nothing could be read): what counts is the file it writes.
 *
 * @throws Failure MODEL_FAILED; AbortError once the process is gone
 */
export async function runWhisper(run: WhisperRun): Promise<Heard> {
  run.signal?.throwIfAborted();
  await mkdir(run.temporaryFolder, { recursive: true });
  const folder = await mkdtemp(join(run.temporaryFolder, 'whisper-'));
  try {
    const base = join(folder, 'heard');
    const said = await listen(run, base);
    const path = `${base}.json`;
    const bytes = (await stat(path).catch(() => null))?.size ?? null;
    if (bytes === null || bytes > OUTPUT_BYTES)
      throw failed(bytes === null ? lastLine(said) : 'it wrote more than any speech could be');
    return readWhisperOutput(await readFile(path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns the end of what it said on stderr */
function listen(run: WhisperRun, base: string): Promise<string> {
  const args = [
    ...['-m', run.model, '-f', '-', '-ojf', '-of', base],
    ...['-l', run.language ?? 'auto', '-t', String(run.threads)],
    // What was heard before is not given as context: once it is wrong or repeats itself, all that follows would.
    ...['-mc', '0'],
    // Greedy: five beams cost twice the time on a CPU for a word in a hundred; what is unsure is tried again warmer.
    ...['-bs', '1', '-bo', '3'],
    // Told on stderr every half minute of sound: when our process is gone the pipe is broken, and that ends it.
    '-pp',
  ];
  const seconds = run.samples.length / 16_000;
  return new Promise((resolve, reject) => {
    const child = spawn(run.program, args, {
      env: cleanedEnvironment(),
      cwd: run.temporaryFolder,
      stdio: ['pipe', 'ignore', 'pipe'],
      windowsHide: true,
    });
    let said = '';
    let stopped: Error | null = null;
    const stop = (why: Error): void => {
      stopped ??= why;
      child.kill('SIGKILL');
    };
    const abort = (): void => stop(new DOMException('The transcription was cancelled.', 'AbortError'));
    const timer = setTimeout(
      () => stop(failed('it took longer than any machine should')),
      LOADING_MS + seconds * SLOWEST * 1000,
    );
    run.signal?.addEventListener('abort', abort, { once: true });
    // It may have fired while folders were made: then no event comes any more.
    if (run.signal?.aborted === true) abort();
    const settle = (): void => {
      clearTimeout(timer);
      run.signal?.removeEventListener('abort', abort);
    };
    child.once('error', (error) => {
      settle();
      reject(stopped ?? failed(`it does not start (${error.message})`));
    });
    child.once('close', (code, signal) => {
      settle();
      if (stopped !== null) reject(stopped);
      else if (signal !== null) reject(failed(`it was ended by ${signal}`));
      else if (code !== 0) reject(failed(lastLine(said)));
      else resolve(said);
    });
    child.stderr.on('data', (bytes: Buffer) => {
      said = (said + bytes.toString('utf8')).slice(-SAID_BYTES);
    });
    // It may end before it has read everything: its own words say why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(wavOf(run.samples));
    yieldCores(child.pid);
  });
}

/** Transcribing takes minutes and all cores: what a person waits for goes first. */
function yieldCores(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Ended already, or not allowed: then it runs as any other.
  }
}

function lastLine(said: string): string {
  const lines = said.split('\n').filter((line) => /\b(?:error|failed|invalid)\b/i.test(line));
  return lines.at(-1)?.trim() ?? 'it wrote nothing';
}

function failed(detail: string): Failure {
  return new Failure(
    'MODEL_FAILED',
    `Speech was not recognised: whisper.cpp gave no result (${detail}).`,
    'Verify the speech pack, see `doctor`, and try again.',
  );
}
