// Runs on the engine's thread: what videos and sounds consist of, and how far films were watched, in index.db.
import type { ItemId, Recording } from '../../contract/index.ts';
import type { Connection } from './connection.ts';

export interface RecordingRow {
  readonly durationMs: number | null;
  readonly container: string;
  readonly videoCodec: string | null;
  readonly framesPerSecond: number | null;
  readonly rotation: number;
  readonly hdr: 0 | 1;
  /** JSON of {@link Tracks}. */
  readonly tracks: string;
  readonly coverIndex: number | null;
  readonly liveId: string | null;
}

type Tracks = Pick<Recording, 'audio' | 'subtitles' | 'chapters'>;

/** Until where a film's keyframes are stored. */
export interface Watched {
  readonly untilMs: number;
  /** The keyframe that shows the film best so far; null: none yet. */
  readonly posterMs: number | null;
  readonly posterQuality: number;
}

export type Recordings = ReturnType<typeof createRecordings>;

export function createRecordings(index: Connection) {
  const put = index.prepare<[Record<string, unknown>]>(
    `INSERT OR REPLACE INTO recording (item_id, duration_ms, container, video_codec, frames_per_second,
       rotation, hdr, tracks, cover_index, live_id)
     VALUES (@itemId, @durationMs, @container, @videoCodec, @framesPerSecond, @rotation, @hdr, @tracks,
       @coverIndex, @liveId)`,
  );
  const get = index.prepare<[ItemId], RecordingRow>(
    `SELECT duration_ms AS durationMs, container, video_codec AS videoCodec,
       frames_per_second AS framesPerSecond, rotation, hdr, tracks, cover_index AS coverIndex,
       live_id AS liveId FROM recording WHERE item_id = ?`,
  );
  const durations = index.prepare<[string], { itemId: ItemId; durationMs: number | null }>(
    `SELECT item_id AS itemId, duration_ms AS durationMs FROM recording
     WHERE item_id IN (SELECT value FROM json_each(?))`,
  );
  const watched = index.prepare<[ItemId], Watched>(
    `SELECT until_ms AS untilMs, poster_ms AS posterMs, poster_quality AS posterQuality
     FROM watched WHERE item_id = ?`,
  );
  const setWatched = index.prepare<[ItemId, number, number | null, number]>(
    `INSERT OR REPLACE INTO watched (item_id, until_ms, poster_ms, poster_quality)
     VALUES (?, ?, ?, ?)`,
  );
  const forgetWatched = index.prepare<[ItemId]>('DELETE FROM watched WHERE item_id = ?');
  const addTile = index.prepare<[ItemId, number, Uint8Array]>(
    'INSERT OR REPLACE INTO strip_tile (item_id, number, rgb) VALUES (?, ?, ?)',
  );
  const tiles = index.prepare<[ItemId], { number: number; rgb: Uint8Array }>(
    'SELECT number, rgb FROM strip_tile WHERE item_id = ? ORDER BY number',
  );
  const forgetTiles = index.prepare<[ItemId]>('DELETE FROM strip_tile WHERE item_id = ?');
  return {
    put(itemId: ItemId, row: Omit<RecordingRow, 'tracks'> & { tracks: Tracks }): void {
      put.run({ ...row, itemId, tracks: JSON.stringify(row.tracks) });
    },
    get: (itemId: ItemId): RecordingRow | undefined => get.get(itemId),
    /** Of those that have one. */
    durations: (itemIds: readonly ItemId[]): Map<ItemId, number | null> =>
      new Map(durations.all(JSON.stringify(itemIds)).map((row) => [row.itemId, row.durationMs])),
    watched: (itemId: ItemId): Watched | undefined => watched.get(itemId),
    setWatched: (itemId: ItemId, it: Watched): void =>
      void setWatched.run(itemId, Math.round(it.untilMs), it.posterMs, it.posterQuality),
    addTile: (itemId: ItemId, number: number, rgb: Uint8Array): void => void addTile.run(itemId, number, rgb),
    tiles: (itemId: ItemId) => tiles.all(itemId),
    /** The film was watched to its end, or is to be watched from its beginning. */
    forgetWatched(itemId: ItemId): void {
      forgetWatched.run(itemId);
      forgetTiles.run(itemId);
    },
  };
}

/** The row in the contract's form. */
export function recordingOf(row: RecordingRow): Recording {
  const { container, videoCodec, framesPerSecond, rotation } = row;
  return {
    ...{ container, videoCodec, framesPerSecond, rotation, durationMs: row.durationMs, hdr: row.hdr === 1 },
    ...(JSON.parse(row.tracks) as Tracks),
  };
}
