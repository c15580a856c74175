// Runs on the engine's thread: sees to it that one process at a time writes a library.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../contract/index.ts';
import { type Connection, openConnection } from './connection.ts';

export interface Lock {
  release(): void;
}

/** A connection that nobody holds is collected and closed, and its lock with it: a caller may drop its Lock. */
const held = new Set<Connection>();

/**
 * Takes the library folder for this process until release or the process's end.
 * The lock is a write transaction held open on a small database: the operating system drops it with
 * the process, however that ends, so no stale lock can remain.
 *
 * @param holder - who takes it, for the sentence that a second process is told, e.g. "the command line"
 * @throws Failure LIBRARY_IN_USE, naming who has it
 */
export function takeLock(folder: string, holder: string): Lock {
  const holderPath = join(folder, 'in-use-by.txt');
  let connection: Connection | null = null;
  try {
    connection = openConnection(join(folder, 'lock.db'), 'DELETE', 0);
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection?.close();
    if (isBusy(error))
      throw new Failure(
        'LIBRARY_IN_USE',
        `The library ${folder} is in use by ${readHolder(holderPath)}.`,
        'Close it there, or choose another library with --library.',
        { cause: error },
      );
    throw error;
  }
  const taken = connection;
  held.add(taken);
  writeFileSync(holderPath, `${holder} (process ${String(process.pid)})`);
  return {
    release() {
      if (!held.delete(taken)) return;
      taken.exec('ROLLBACK');
      taken.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'));
}

function readHolder(path: string): string {
  try {
    return readFileSync(path, 'utf8') || 'another process';
  } catch {
    return 'another process';
  }
}
