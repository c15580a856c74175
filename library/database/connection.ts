// Runs on the engine's thread: the one module that knows better-sqlite3. Serves the tables beside it.
import Sqlite from 'better-sqlite3';
import { Failure } from '../../contract/index.ts';

export type Connection = Sqlite.Database;
export type Statement<Parameters extends unknown[], Row> = Sqlite.Statement<Parameters, Row>;

/**
 * Opens a database file, making it when it is not there.
 * Write-ahead log with `synchronous=NORMAL`: a crash of the process loses nothing that was committed,
 * a power cut may lose the last transactions but never damages the file (sqlite.org/wal.html).
 *
 * @param waitMs - how long a statement waits for another connection's lock; it blocks the thread meanwhile
 * @throws Failure LIBRARY_DAMAGED when the file is no database, DISK_FULL when it cannot be written
 */
export function openConnection(path: string, journal: 'WAL' | 'DELETE' = 'WAL', waitMs = 5000): Connection {
  let connection: Connection | null = null;
  try {
    connection = new Sqlite(path, { timeout: waitMs });
    connection.pragma(`journal_mode = ${journal}`);
    connection.pragma('synchronous = NORMAL');
    connection.pragma('foreign_keys = ON');
    connection.pragma('cache_size = -32768');
    connection.pragma('temp_store = MEMORY');
    return connection;
  } catch (error) {
    connection?.close();
    throw asFailure(error, path);
  }
}

/** Whether every page and row of a database can be read and its indexes are in order; false: it is no database either. */
export function isSound(path: string): boolean {
  let connection: Connection | null = null;
  try {
    connection = new Sqlite(path, { fileMustExist: true });
    return connection.pragma('quick_check', { simple: true }) === 'ok';
  } catch {
    return false;
  } finally {
    connection?.close();
  }
}

/** An error of SQLite as one of ours; anything else as it is. */
export function asFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  if (error.code === 'SQLITE_FULL')
    return new Failure(
      'DISK_FULL',
      `The disk that holds ${path} is full.`,
      'Free some space and try again.',
      {
        cause: error,
      },
    );
  if (error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT'))
    return new Failure(
      'LIBRARY_DAMAGED',
      `${path} is damaged and cannot be read.`,
      'If it is index.db, delete it: everything in it is made again from your files.',
      { cause: error },
    );
  return error;
}
