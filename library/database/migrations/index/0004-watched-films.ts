// index.db, form 4: the poster chosen so far of a film that is being watched; tiles as pixels.
import type { Migration } from '../../migrate.ts';

export const watchedFilms: Migration = {
  number: 4,
  sql: `
    DROP TABLE watched;
    DROP TABLE strip_tile;
    -- While a film's keyframes are looked for: until where they are stored. Gone when all are.
    CREATE TABLE watched (
      item_id INTEGER PRIMARY KEY REFERENCES item ON DELETE CASCADE,
      until_ms INTEGER NOT NULL,
      -- The keyframe that shows it best so far, and how good it is (media/film/look.ts).
      poster_ms INTEGER,
      poster_quality REAL NOT NULL DEFAULT 0
    ) STRICT;
    -- Small pictures for scrubbing, until they are laid side by side in one file.
    CREATE TABLE strip_tile (
      item_id INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
      number INTEGER NOT NULL,
      rgb BLOB NOT NULL,
      PRIMARY KEY (item_id, number)
    ) STRICT, WITHOUT ROWID;
  `,
};
