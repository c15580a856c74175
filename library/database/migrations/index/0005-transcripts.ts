// index.db: what is said, by where it was heard or written, and the subtitle files beside media.
import type { Migration } from '../../migrate.ts';

export const transcripts: Migration = {
  number: 5,
  sql: `
    -- What is said in one item, from one source. A spoken transcript grows while it is heard.
    CREATE TABLE transcript (
      transcript_id INTEGER PRIMARY KEY,
      item_id INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
      source TEXT NOT NULL CHECK (source IN ('file', 'track', 'lyrics', 'chapters', 'speech')),
      -- Path of the file, number of the track, id of the speech pack.
      origin TEXT NOT NULL,
      language TEXT,
      -- Of speech: where hearing goes on, and what it has kept for its next part (JSON). Null: heard to the end.
      heard TEXT,
      -- Segments that were left out as invented or repeated.
      dropped INTEGER NOT NULL DEFAULT 0,
      UNIQUE (item_id, source, origin)
    ) STRICT;

    -- Of sentences: which transcript they are from, and whether a better one says the same there.
    ALTER TABLE moment ADD COLUMN transcript_id INTEGER;
    ALTER TABLE moment ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX moment_transcript ON moment (transcript_id) WHERE transcript_id IS NOT NULL;

    -- Subtitle and lyrics files below a root, as last seen. They are no media: they say what media say.
    CREATE TABLE subtitle_file (
      root_id INTEGER NOT NULL,
      path TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      modified_ms REAL NOT NULL,
      PRIMARY KEY (root_id, path)
    ) STRICT, WITHOUT ROWID;
  `,
};
