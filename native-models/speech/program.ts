// Runs on the answering thread: finds the whisper.cpp program that this machine can run.
import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';

/** Names of what `npm run build:whisper` makes: `fast` needs AVX2, FMA and F16C, `plain` runs anywhere. */
export const programNames = { fast: 'whisper-avx2', plain: 'whisper' } as const;

/** A program that started and knows the options that are used here. */
export interface WhisperProgram {
  readonly path: string;
  /** For `doctor`: which it is. */
  readonly sentence: string;
}

/** What stands in the way, in a sentence, and what to do. */
export class NoProgram extends Error {
  override readonly name = 'NoProgram';
}

/** `--help` takes milliseconds; a program that hangs is none of ours. */
const HELP_MS = 10_000;

/**
 * The program of AFTERIMAGE_WHISPER, if that is set, else the best of those in the folder that starts here.
 *
 * @param named - the value of AFTERIMAGE_WHISPER: path of whisper.cpp's `main` or `whisper-cli`; null: not set
 * @param folder - where `npm run build:whisper`, or the installer, put the programs
 * @throws NoProgram
 */
export async function findProgram(named: string | null, folder: string): Promise<WhisperProgram> {
  if (named !== null) {
    const trouble = await troubleWith(named);
    if (trouble === null) return { path: named, sentence: `whisper.cpp of AFTERIMAGE_WHISPER (${named})` };
    throw new NoProgram(`AFTERIMAGE_WHISPER names ${named}, which ${trouble}.`);
  }
  for (const [variant, name] of Object.entries(programNames)) {
    const path = join(folder, name);
    if ((await troubleWith(path)) === null)
      return { path, sentence: `whisper.cpp (${variant === 'fast' ? 'with AVX2' : 'for any processor'})` };
  }
  throw new NoProgram(
    'whisper.cpp is not here: run `npm run build:whisper`, or name a whisper.cpp program in AFTERIMAGE_WHISPER.',
  );
}

/** Null when the program starts and knows `-ojf`; else what is wrong, to follow "which". */
async function troubleWith(path: string): Promise<string | null> {
  try {
    await access(path, constants.X_OK);
  } catch {
    return 'is not there or may not be run';
  }
  return new Promise((resolve) => {
    const child = spawn(path, ['--help'], {
      env: cleanedEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: HELP_MS,
      killSignal: 'SIGKILL',
    });
    let said = '';
    const hear = (bytes: Buffer): void => {
      if (said.length < 100_000) said += bytes.toString('latin1');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', () => resolve('does not start'));
    child.once('close', (_code, signal) => {
      // An instruction that this processor does not have ends it with SIGILL.
      if (signal !== null) resolve(`ended with ${signal} on this machine`);
      else resolve(said.includes('--output-json-full') ? null : 'is no whisper.cpp with --output-json-full');
    });
  });
}

/** What a program needs to start, and nothing that would tell it to load or do more. */
export function cleanedEnvironment(): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = { LANG: 'C', LC_ALL: 'C' };
  for (const name of ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR']) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
