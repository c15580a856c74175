// Runs on the engine's thread: copies of the two databases while they are in use, and whether a copy is sound.
import { once } from 'node:events';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Failure } from '../../contract/index.ts';
import { asFailure, type Connection, isSound } from './connection.ts';

/** Copied at a time, between turns of the event loop: 2 MB, some milliseconds. */
const PAGES_AT_ONCE = 512;

/**
 * Copies the main database. What its own connection writes meanwhile is in the copy, too
 * (sqlite.org/c3ref/backup_finish.html).
 *
 * @param onShare - told how much is done, 0 to 1
 * @throws Failure DISK_FULL; AbortError when `signal` fires, and then nothing of it is left
 */
export async function copyMain(
  connection: Connection,
  to: string,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    await connection.backup(to, {
      progress({ totalPages, remainingPages }) {
        signal.throwIfAborted();
        onShare(totalPages === 0 ? 0 : 1 - remainingPages / totalPages);
        return PAGES_AT_ONCE;
      },
    });
  } catch (error) {
    throw asFailure(error, to);
  }
  sync(to);
}

/** Copies an attached database at once, in one turn: nothing can be written to it in between. */
export function copyAttached(connection: Connection, name: 'library', to: string): void {
  try {
    connection.prepare<[string]>(`VACUUM ${name} INTO ?`).run(to);
  } catch (error) {
    throw asFailure(error, to);
  }
  sync(to);
}

/** Every change of a table of an attached database fails from now on, for this connection. */
export function sealAttached(connection: Connection, name: 'library'): void {
  const tables = connection
    .prepare<[], { name: string }>(`SELECT name FROM ${name}.sqlite_schema WHERE type = 'table'`)
    .all();
  for (const table of tables.filter((one) => !one.name.startsWith('sqlite_')))
    for (const event of ['INSERT', 'UPDATE', 'DELETE'])
      connection.exec(
        `CREATE TEMP TRIGGER sealed_${table.name}_${event} BEFORE ${event} ON ${name}.${table.name}
         BEGIN SELECT RAISE(ABORT, 'The library has been moved.'); END`,
      );
}

/** Reads all of a database in a thread of its own. @throws Failure LIBRARY_DAMAGED; AbortError */
export async function requireSound(path: string, signal: AbortSignal): Promise<void> {
  const url = new URL(`./check-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const worker = new Worker(url, { name: 'check', workerData: path });
  try {
    const [sound] = (await once(worker, 'message', { signal })) as [boolean];
    if (!sound) throw unsound(path);
  } finally {
    await worker.terminate();
  }
}

/** As {@link requireSound}, at once: for small ones. */
export function requireSoundNow(path: string): void {
  if (!isSound(path)) throw unsound(path);
}

function unsound(path: string): Failure {
  return new Failure(
    'LIBRARY_DAMAGED',
    `The copy ${path} is not the same as what was copied.`,
    'The disk it lies on may be faulty: choose another one.',
  );
}

function sync(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
