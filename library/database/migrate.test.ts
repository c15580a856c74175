// Runs under Vitest: databases of older, newer and broken forms.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-library.ts';
import { openConnection } from './connection.ts';
import { indexMigrations, libraryMigrations, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';

const first = { number: 1, sql: 'CREATE TABLE thing (name TEXT)' };
const second = {
  number: 2,
  sql: `ALTER TABLE thing ADD COLUMN size INTEGER; UPDATE thing SET size = length(name)`,
};
const broken = { number: 3, sql: 'CREATE TABLE other (name TEXT); SELECT nonsense FROM nowhere' };

test('migrations are numbered from 1 without a gap', () => {
  for (const migrations of [libraryMigrations, indexMigrations])
    expect(migrations.map((one) => one.number)).toEqual(migrations.map((_, i) => i + 1));
});

test('a new database gets every form, an older one what it lacks, with its rows kept', () => {
  const path = join(temporaryFolder(), 'a.db');
  const backup = `${path}.before`;
  const connection = openConnection(path);
  migrate(connection, path, [first], backup);
  expect(existsSync(backup)).toBe(false);
  connection.exec(`INSERT INTO thing VALUES ('wave')`);
  migrate(connection, path, [first, second], backup);
  expect(connection.prepare('SELECT name, size FROM thing').all()).toEqual([{ name: 'wave', size: 4 }]);
  migrate(connection, path, [first, second], backup);
  connection.close();
  // The copy is whole by itself and of the old form.
  const copy = openConnection(backup);
  expect(copy.prepare('SELECT * FROM thing').all()).toEqual([{ name: 'wave' }]);
  expect(copy.pragma('user_version', { simple: true })).toBe(1);
  copy.close();
});

test('a migration that fails leaves the form before it', () => {
  const path = join(temporaryFolder(), 'a.db');
  const connection = openConnection(path);
  expect(() => migrate(connection, path, [first, second, broken], null)).toThrow();
  expect(connection.pragma('user_version', { simple: true })).toBe(2);
  expect(connection.prepare(`SELECT count(*) AS n FROM sqlite_master WHERE name = 'other'`).get()).toEqual({
    n: 0,
  });
  connection.close();
});

test.each(['library.db', 'index.db'])('a newer %s is refused in words', (name) => {
  const folder = temporaryFolder();
  openDatabase(folder).close();
  const connection = openConnection(join(folder, name));
  connection.pragma('user_version = 99');
  connection.close();
  expect(() => openDatabase(folder)).toThrow(
    expect.objectContaining({
      code: 'LIBRARY_TOO_NEW',
      message: expect.stringMatching(/newer Afterimage \(form 99, this one knows \d+\)/) as string,
      remedy: expect.stringContaining('Update') as string,
    }),
  );
  // Nothing stays open: the file can be put back in order.
  const again = openConnection(join(folder, name));
  const form = name === 'library.db' ? libraryMigrations.length : indexMigrations.length;
  again.pragma(`user_version = ${String(form)}`);
  again.close();
  openDatabase(folder).close();
});

test.each(['library.db', 'index.db'])('a %s that is no database is called damaged', (name) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), 'this is no database, but long enough to be taken for one'.repeat(50));
  expect(() => openDatabase(folder)).toThrow(expect.objectContaining({ code: 'LIBRARY_DAMAGED' }));
});
