// index.db: which snapshot of a space's vectors is current, and which moments have changed since.
import type { Migration } from '../../migrate.ts';

export const vectorSnapshots: Migration = {
  number: 6,
  sql: `
    -- Name of the snapshot that vector_change is counted from; null: there is none.
    ALTER TABLE space ADD COLUMN snapshot TEXT;
    -- Moments whose vectors were put or removed since, noted before they are. Empty while there is no snapshot.
    CREATE TABLE vector_change (
      space_id INTEGER NOT NULL,
      moment_id INTEGER NOT NULL,
      PRIMARY KEY (space_id, moment_id)
    ) STRICT, WITHOUT ROWID;
  `,
};
