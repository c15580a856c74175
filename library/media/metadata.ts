// Runs beside the engine: reads what files say of themselves, through a few exiftool processes.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import { join, resolve } from 'node:path';
import { ExifTool } from 'exiftool-vendored';
import { Failure, type Metadata } from '../../contract/index.ts';
import type { Log } from '../ports.ts';
import { changedWhileRead, fileFailure, notRegular } from './media-failures.ts';
import { metadataOf, type RawTags, TAGS_WANTED } from './metadata-tags.ts';

export interface MetadataReader {
  /**
   * What the file says; fields it does not say are null. Without exiftool only the file's own date is
   * known, which is said once in the log and by {@link available}, and is no failure of each file.
   *
   * @throws Failure FILE_*, MEDIA_TIMED_OUT; AbortError when cancelled
   */
  read(path: string, signal?: AbortSignal): Promise<Metadata>;
  /** Whether exiftool runs here; `sentence` says so, or what to do. */
  available(): Promise<{ readonly works: boolean; readonly sentence: string }>;
  close(): Promise<void>;
}

/** One file, however long: reading headers takes milliseconds. */
const TIMEOUT_MS = 30_000;
const START_TIMEOUT_MS = 30_000;
const PROCESSES = 1;

/** exiftool takes its arguments by lines: such names, and edges of white space, reach it by a link of ours. */
const NEEDS_LINK = /[\u0000-\u001f\u007f\u0085\u2028\u2029]|^\s|\s$/u;

/** Starts no process before the first reading. Close it: its processes would outlive the work. */
export function createMetadataReader(options: {
  readonly log: Log;
  readonly processes?: number;
}): MetadataReader {
  return new ExiftoolReader(options.log, options.processes ?? PROCESSES);
}

class ExiftoolReader implements MetadataReader {
  readonly #log: Log;
  readonly #tool: ExifTool;
  #availability: Promise<{ works: boolean; sentence: string }> | undefined;
  #links: Promise<string> | undefined;
  #closed = false;

  constructor(log: Log, processes: number) {
    this.#log = log;
    this.#tool = new ExifTool({
      maxProcs: Math.max(1, processes),
      taskTimeoutMillis: TIMEOUT_MS,
      spawnTimeoutMillis: START_TIMEOUT_MS,
      taskRetries: 0,
      geolocation: false,
      // An empty configuration: one in a home folder is Perl code and would be run.
      exiftoolArgs: ['-config', '', '-stay_open', 'True', '-@', '-'],
      exiftoolEnv: cleanedEnvironment(),
    });
  }

  available(): Promise<{ readonly works: boolean; readonly sentence: string }> {
    this.#availability ??= this.#tool.version().then(
      (version) => ({ works: true, sentence: `Metadata is read by exiftool ${version}.` }),
      (error: unknown) => {
        const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
        const sentence =
          process.platform === 'win32'
            ? `exiftool does not start (${reason ?? ''}): dates, places and cameras of pictures stay unknown.`
            : `exiftool does not start (${reason ?? ''}): install Perl to have dates, places and cameras of pictures.`;
        this.#log.warn('metadata unavailable', { reason });
        return { works: false, sentence };
      },
    );
    return this.#availability;
  }

  async read(path: string, signal?: AbortSignal): Promise<Metadata> {
    this.#check(signal);
    const modifiedMs = await modifiedMsOf(path);
    const { works } = await this.available();
    this.#check(signal);
    if (!works) return metadataOf({}, modifiedMs);
    const raced = this.#readTags(path);
    const tags = await (signal === undefined ? raced : Promise.race([raced, abortion(signal, raced)]));
    return metadataOf(tags, modifiedMs);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#tool.end();
    if (this.#links !== undefined) await fs.rm(await this.#links, { recursive: true, force: true });
  }

  #check(signal: AbortSignal | undefined): void {
    signal?.throwIfAborted();
    if (this.#closed) throw new DOMException('The metadata reader is closed.', 'AbortError');
  }

  async #readTags(path: string): Promise<RawTags> {
    const absolute = resolve(path);
    if (!NEEDS_LINK.test(path)) return this.#ask(absolute);
    this.#links ??= fs.mkdtemp(join(os.tmpdir(), 'afterimage-names-'));
    const link = join(await this.#links, randomBytes(8).toString('hex'));
    await fs.symlink(absolute, link);
    try {
      return await this.#ask(link);
    } finally {
      await fs.rm(link, { force: true });
    }
  }

  async #ask(path: string): Promise<RawTags> {
    try {
      const tags = await this.#tool.readRaw(path, {
        useMWG: false,
        readArgs: ['-n', '-G0', '-a', '-api', 'largefilesupport=1', ...TAGS_WANTED],
      });
      return tags as RawTags;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (/timeout|timed out/i.test(message)) {
        throw new Failure('MEDIA_TIMED_OUT', 'Reading the metadata took too long and was given up.', '', {
          cause: error,
        });
      }
      if (this.#closed) throw new DOMException('The metadata reader is closed.', 'AbortError');
      if (/not found|no such file/i.test(message)) throw changedWhileRead();
      // What exiftool cannot make sense of says nothing: that is no failure of the file.
      this.#log.debug('exiftool said nothing', { reason: message });
      return {};
    }
  }
}

function abortion(signal: AbortSignal, work: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => {
      reject(new DOMException('The reading was cancelled.', 'AbortError'));
    };
    signal.addEventListener('abort', stop, { once: true });
    const release = (): void => {
      signal.removeEventListener('abort', stop);
    };
    work.then(release, release);
  });
}

/** Also keeps exiftool from opening a pipe, which would block it. */
async function modifiedMsOf(path: string): Promise<number> {
  try {
    const stat = await fs.lstat(path);
    if (!stat.isFile()) throw notRegular('not a regular file');
    return stat.mtimeMs;
  } catch (error) {
    throw fileFailure(error);
  }
}

/** What Perl needs to start, and nothing that would tell it to load or do more. */
function cleanedEnvironment(): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = { LANG: 'C', LC_ALL: 'C', TZ: 'UTC' };
  for (const name of ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR']) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
