// Runs in every host: the library's log, one JSON object per line, kept small and free of names.
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { Log } from '../library/ports.ts';

const NAME = 'afterimage.log';

/** A file is put aside at this size … */
export const ROTATE_BYTES = 2_000_000;
/** … and so many are kept beside the current one. */
const KEPT = 3;

/** Fields that say what a person has or asked for; they are written at debug level only. */
const PRIVATE_FIELDS = /(path|file|folder|name|query|text|title|word|url)s?$/i;

/**
 * What stands in quotes, and a path with all that follows it: names may hold spaces, so that no end of
 * one can be told.
 */
const PRIVATE_PARTS = /"[^"]*"|“[^”]*”|'[^'\n]*[\\/][^'\n]*'|(?<![\w.])(?:[A-Za-z]:[\\/]|[\\/])\S.*/g;

/** Fields as they may be written at info level and above: nothing of what is in the library. */
export function withoutNames(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key, value]) => isPlain(value) || !PRIVATE_FIELDS.test(key))
      .map(([key, value]) => {
        if (value instanceof Error) return [key, redacted(value.message)];
        if (typeof value === 'string') return [key, redacted(value)];
        if (typeof value === 'object' && value !== null && !Array.isArray(value))
          return [key, withoutNames(value as Record<string, unknown>)];
        return [key, Array.isArray(value) ? value.length : value];
      }),
  );
}

const isPlain = (value: unknown): boolean => typeof value === 'number' || typeof value === 'boolean';

const redacted = (text: string): string => text.replace(PRIVATE_PARTS, '…');

/** A file that is written line by line and put aside when it grows too large. */
class RotatingFile {
  readonly #folder: string;
  #file: number;
  #bytes: number;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    this.#file = openSync(join(folder, NAME), 'a', 0o600);
    this.#bytes = fstatSync(this.#file).size;
  }

  /** A log that cannot be written (full disk, folder gone) must never end the work that it tells of. */
  write(line: string): void {
    try {
      if (this.#bytes >= ROTATE_BYTES) this.#rotate();
      this.#bytes += writeSync(this.#file, line);
    } catch {
      // Nothing is left to say it to.
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #rotate(): void {
    closeSync(this.#file);
    const aside = (age: number): string => join(this.#folder, `${NAME}.${age}`);
    rmSync(aside(KEPT), { force: true });
    for (let age = KEPT - 1; age >= 1; age--) moveIfThere(aside(age), aside(age + 1));
    moveIfThere(join(this.#folder, NAME), aside(1));
    this.#file = openSync(join(this.#folder, NAME), 'a', 0o600);
    this.#bytes = fstatSync(this.#file).size;
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    // Not there, or held open by another process on Windows: it is written over next time.
  }
}

/**
 * Opens the log of a library. At info level and above, fields that could hold a file's name or what was
 * searched are left out; `debug` writes everything and is for a person who asks for it (AFTERIMAGE_LOG).
 *
 * @param folder - `logs/` of the library; made when missing
 */
export function openLog(
  folder: string,
  level: string = process.env['AFTERIMAGE_LOG'] ?? 'info',
): Log & { close(): void } {
  const file = new RotatingFile(folder);
  const known = Object.hasOwn(pino.levels.values, level) || level === 'silent';
  const logger = pino(
    { level: known ? level : 'info', base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    file,
  );
  return {
    debug: (event, fields = {}) => logger.debug(fields, event),
    info: (event, fields = {}) => logger.info(withoutNames(fields), event),
    warn: (event, fields = {}) => logger.warn(withoutNames(fields), event),
    error: (event, fields = {}) => logger.error(withoutNames(fields), event),
    close: () => file.close(),
  };
}
