// Runs on the answering thread: makes sure that the built-in pack's ONNX files are there, converting them once.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { Failure, failureOf, type PackVerification } from '../../contract/index.ts';
import type { Log } from '../../library/ports.ts';
import { checkSize } from '../packs/pack-files.ts';
import { verifyFiles } from '../packs/pack-store.ts';
import { CONVERSION_VERSION } from './identity.ts';

/** Written last: says which converter made the files, and what they are. */
const STAMP_NAME = 'stamp.json';
const Stamp = z.object({
  version: z.string(),
  files: z.array(z.object({ path: z.string(), bytes: z.int(), sha256: z.string() })),
});
type Stamp = z.infer<typeof Stamp>;

/** The stamp of a folder whose files are whole and of this version; null: they need making. */
async function readStamp(folder: string): Promise<Stamp | null> {
  try {
    const stamp = Stamp.parse(JSON.parse(await readFile(join(folder, STAMP_NAME), 'utf8')));
    if (stamp.version !== CONVERSION_VERSION) return null;
    for (const file of stamp.files) await checkSize(folder, file);
    return stamp;
  } catch {
    return null;
  }
}

/** One conversion per folder at a time; one that failed is forgotten, so that a retry works. */
const running = new Map<string, Promise<Stamp>>();

/**
 * Answers what lies in the folder, after converting the models of the package if they are missing, cut
 * short, or of another version. Takes about a second then, in a thread of its own.
 *
 * @throws Failure PACK_FILE_MISSING when there is nothing to convert from, or MODEL_FAILED
 */
export async function ensureBuiltIn(folder: string, log: Log): Promise<Stamp> {
  const ready = await readStamp(folder);
  if (ready !== null) return ready;
  let conversion = running.get(folder);
  if (conversion === undefined) {
    log.info('built-in pack: converting models', { folder });
    conversion = convertInThread(folder).finally(() => running.delete(folder));
    running.set(folder, conversion);
  }
  return conversion;
}

/** Folder of the models inside the package they come from. Throws Failure PACK_FILE_MISSING. */
export function sourceFolder(): string {
  // The package exports its code only; its folder is found by looking where packages lie.
  for (const modules of createRequire(import.meta.url).resolve.paths('@vladmandic/human') ?? []) {
    const folder = join(modules, '@vladmandic', 'human', 'models');
    if (existsSync(folder)) return folder;
  }
  throw new Failure(
    'PACK_FILE_MISSING',
    'The models of the built-in pack are not installed.',
    'Install Afterimage again; in a checkout run `npm ci`.',
  );
}

async function convertInThread(folder: string): Promise<Stamp> {
  const url = new URL(`./convert-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const worker = new Worker(url, { workerData: { from: sourceFolder(), to: folder } });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('exit', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`the converter ended with code ${String(code)}`));
      });
    });
  } catch (error) {
    throw new Failure(
      'MODEL_FAILED',
      `The built-in pack could not be made ready: ${failureOf(error).reason}`,
      'Check that the disk has space and can be written, then try again.',
      { cause: error },
    );
  }
  const stamp = await readStamp(folder);
  if (stamp !== null) return stamp;
  throw new Failure('MODEL_FAILED', `The built-in pack in ${folder} is not whole.`, 'Try again.');
}

/** Reads every file again and says of each whether it is what was made. */
export async function verifyBuiltIn(folder: string): Promise<Pick<PackVerification, 'ok' | 'files'>> {
  const stamp = await readFile(join(folder, STAMP_NAME), 'utf8').then(
    (text) => Stamp.safeParse(JSON.parse(text)).data,
    () => undefined,
  );
  if (stamp === undefined)
    return {
      ok: false,
      files: [{ path: STAMP_NAME, ok: false, detail: 'The pack was not made ready yet.' }],
    };
  return verifyFiles(folder, stamp.files);
}
