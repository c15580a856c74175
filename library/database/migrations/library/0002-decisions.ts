// library.db, form 2: what a person decided about contents. All of it hangs on the hash of the content, which
// outlives moves, renames and a new index.
import type { Migration } from '../../migrate.ts';

export const decisions: Migration = {
  number: 2,
  sql: `
    -- rating: stars, 0 to 5; NULL: the file's own stand.
    CREATE TABLE mark (
      hash TEXT PRIMARY KEY,
      favourite INTEGER NOT NULL DEFAULT 0 CHECK (favourite IN (0, 1)),
      rating INTEGER CHECK (rating BETWEEN 0 AND 5),
      hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mark_favourite ON mark (hash) WHERE favourite = 1;
    CREATE INDEX mark_hidden ON mark (hash) WHERE hidden = 1;

    -- key: the name in lower case, so that 'Lisbon' and 'lisbon' are one tag.
    CREATE TABLE tag (
      tag_id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      key TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE tagged (
      tag_id INTEGER NOT NULL REFERENCES tag ON DELETE CASCADE,
      hash TEXT NOT NULL,
      PRIMARY KEY (tag_id, hash)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tagged_hash ON tagged (hash);

    CREATE TABLE album (
      album_id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      created_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE album_item (
      album_id INTEGER NOT NULL REFERENCES album ON DELETE CASCADE,
      hash TEXT NOT NULL,
      PRIMARY KEY (album_id, hash)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX album_item_hash ON album_item (hash);

    -- A question that is kept: its answer is an album that fills itself.
    CREATE TABLE saved_search (
      search_id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      text TEXT NOT NULL,
      created_ms INTEGER NOT NULL
    ) STRICT;
  `,
};
