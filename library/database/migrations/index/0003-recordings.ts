// index.db, form 3: what has a length: its tracks, and how far its keyframes have been looked for.
import type { Migration } from '../../migrate.ts';

export const recordings: Migration = {
  number: 3,
  sql: `
    -- What ffprobe says of a video or a sound (step identify).
    CREATE TABLE recording (
      item_id INTEGER PRIMARY KEY REFERENCES item ON DELETE CASCADE,
      duration_ms INTEGER,
      container TEXT NOT NULL,
      video_codec TEXT,
      frames_per_second REAL,
      rotation INTEGER NOT NULL DEFAULT 0,
      hdr INTEGER NOT NULL DEFAULT 0,
      -- JSON: tracks of sound and of subtitles, chapters, as media/ffmpeg/probe.ts gives them.
      tracks TEXT NOT NULL,
      cover_index INTEGER,
      -- Apple's identifier that a Live Photo's still and film share.
      live_id TEXT
    ) STRICT;

    -- While a film's keyframes are looked for: until where they are stored. Gone when all are.
    CREATE TABLE watched (
      item_id INTEGER PRIMARY KEY REFERENCES item ON DELETE CASCADE,
      until_ms INTEGER NOT NULL,
      -- Number of the shot that is being watched.
      shot INTEGER NOT NULL
    ) STRICT;
    -- Small pictures for scrubbing, until they are laid side by side in one file.
    CREATE TABLE strip_tile (
      item_id INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
      number INTEGER NOT NULL,
      webp BLOB NOT NULL,
      PRIMARY KEY (item_id, number)
    ) STRICT, WITHOUT ROWID;

    -- Films under the name of a picture were turned away before; now they are looked at again.
    UPDATE step SET state = 'waiting', code = NULL, reason = NULL, remedy = NULL
      WHERE name = 'identify' AND state = 'failed' AND code = 'MEDIA_NOT_SUPPORTED';
  `,
};
