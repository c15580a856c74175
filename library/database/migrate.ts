// Runs on the engine's thread when a library is opened: brings a database to this version's form.
import { copyFileSync, existsSync } from 'node:fs';
import { Failure } from '../../contract/index.ts';
import type { Connection } from './connection.ts';

/** One numbered, append-only change of a database's form; a file each in migrations/. */
export interface Migration {
  readonly number: number;
  readonly sql: string;
}

/**
 * Applies what is missing, each in a transaction of its own; the number stands in `user_version`.
 *
 * @param backupPath - where to copy the database to before the first change, or null for none
 * @throws Failure LIBRARY_TOO_NEW when the database was written by a newer version
 */
export function migrate(
  connection: Connection,
  path: string,
  migrations: readonly Migration[],
  backupPath: string | null,
): void {
  const current = Number(connection.pragma('user_version', { simple: true }));
  const newest = migrations.at(-1)?.number ?? 0;
  if (current > newest)
    throw new Failure(
      'LIBRARY_TOO_NEW',
      `${path} was written by a newer Afterimage (form ${String(current)}, this one knows ${String(newest)}).`,
      'Update Afterimage, or choose another library folder.',
    );
  const missing = migrations.filter((migration) => migration.number > current);
  if (missing.length === 0) return;
  if (backupPath !== null && current > 0 && existsSync(path)) {
    connection.pragma('wal_checkpoint(TRUNCATE)');
    copyFileSync(path, backupPath);
  }
  for (const migration of missing)
    connection.transaction(() => {
      connection.exec(migration.sql);
      connection.pragma(`user_version = ${String(migration.number)}`);
    })();
}
