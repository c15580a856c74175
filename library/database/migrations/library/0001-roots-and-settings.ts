// library.db, form 1: what a person decided and no machine can make again.
import type { Migration } from '../../migrate.ts';

export const rootsAndSettings: Migration = {
  number: 1,
  sql: `
    CREATE TABLE root (
      root_id INTEGER PRIMARY KEY,
      path TEXT NOT NULL UNIQUE,
      added_ms INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE setting (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
