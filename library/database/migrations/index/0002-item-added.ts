// index.db, form 2: when an item came into the library, for "recently added".
import type { Migration } from '../../migrate.ts';

export const itemAdded: Migration = {
  number: 2,
  sql: `
    -- 0: before this was written down.
    ALTER TABLE item ADD COLUMN added_ms INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX item_added ON item (added_ms);
    CREATE INDEX item_kind ON item (kind);
  `,
};
