// index.db, form 1: what can be made again from the files.
import type { Migration } from '../../migrate.ts';

export const filesItemsMoments: Migration = {
  number: 1,
  sql: `
    -- One content. Columns from 'taken_ms' on are what the file says of itself (step describe);
    -- width to has_preview come with the first decode (step preview).
    CREATE TABLE item (
      item_id INTEGER PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL CHECK (kind IN ('picture', 'video', 'audio')),
      media_type TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      width INTEGER,
      height INTEGER,
      animated INTEGER NOT NULL DEFAULT 0,
      thumbhash BLOB,
      has_preview INTEGER NOT NULL DEFAULT 0,
      -- Wall clock of the taking, else the file's modification time: what "newest first" goes by.
      sort_ms INTEGER NOT NULL,
      taken_ms INTEGER,
      taken_offset_minutes INTEGER,
      taken_certainty TEXT,
      camera_make TEXT,
      camera_model TEXT,
      lens TEXT,
      exposure_seconds REAL,
      f_number REAL,
      iso REAL,
      focal_length_mm REAL,
      latitude REAL,
      longitude REAL,
      altitude_m REAL,
      orientation INTEGER,
      title TEXT,
      description TEXT,
      keywords TEXT NOT NULL DEFAULT '[]',
      rating REAL,
      colour_profile TEXT
    ) STRICT;
    CREATE INDEX item_sort ON item (sort_ms DESC, item_id DESC);

    -- One path below a root, '/' between its parts, as last seen.
    CREATE TABLE file (
      file_id INTEGER PRIMARY KEY,
      root_id INTEGER NOT NULL,
      path TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      modified_ms REAL NOT NULL,
      -- Device and inode (or the platform's like): what a rename keeps.
      identity TEXT NOT NULL,
      item_id INTEGER REFERENCES item ON DELETE SET NULL,
      role TEXT NOT NULL DEFAULT 'primary' CHECK (role IN ('primary', 'companion')),
      away INTEGER NOT NULL DEFAULT 0,
      UNIQUE (root_id, path)
    ) STRICT;
    CREATE INDEX file_item ON file (item_id);
    CREATE INDEX file_identity ON file (identity);

    CREATE TABLE moment (
      moment_id INTEGER PRIMARY KEY,
      item_id INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('picture', 'keyframe', 'sentence', 'text')),
      start_ms INTEGER,
      end_ms INTEGER,
      text TEXT
    ) STRICT;
    CREATE INDEX moment_item ON moment (item_id);

    -- The durable queue. A step belongs to a file (identify) or to an item (all others).
    -- scope: '' or, for embed, the key of the space it fills.
    CREATE TABLE step (
      step_id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      scope TEXT NOT NULL DEFAULT '',
      version INTEGER NOT NULL,
      file_id INTEGER REFERENCES file ON DELETE CASCADE,
      item_id INTEGER REFERENCES item ON DELETE CASCADE,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed', 'skipped')),
      -- Higher first: the date of what it works on, so that the newest is ready first.
      priority INTEGER NOT NULL,
      code TEXT,
      reason TEXT,
      remedy TEXT,
      CHECK ((file_id IS NULL) <> (item_id IS NULL))
    ) STRICT;
    CREATE UNIQUE INDEX step_of_file ON step (file_id, name, scope) WHERE file_id IS NOT NULL;
    CREATE UNIQUE INDEX step_of_item ON step (item_id, name, scope) WHERE item_id IS NOT NULL;
    CREATE INDEX step_waiting ON step (name, scope, priority DESC) WHERE state = 'waiting';
    CREATE INDEX step_failed ON step (name) WHERE state = 'failed';

    -- Every text of a moment, already cut to tokens (database/word-tokens.ts); rowid is moment_id.
    CREATE VIRTUAL TABLE words USING fts5 (
      name, folder, title, description, keywords, said,
      content = '', contentless_delete = 1,
      tokenize = "unicode61 remove_diacritics 2"
    );

    -- An embedding space; its vectors are in a vec0 table of its own, embedding_<space_id>.
    CREATE TABLE space (
      space_id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      pack_id TEXT NOT NULL,
      dimensions INTEGER NOT NULL,
      concepts INTEGER NOT NULL
    ) STRICT;
  `,
};
