// Shared by every face and the engine: how many small pictures of a film there are for scrubbing. Takes no schemas along.
import type { Strip } from './playback.ts';

const MOST_TILES = 100;
const STRIP_COLUMNS = 10;

/** The strip of what lasts so long: a tile a second, fewer in what is longer than a hundred. */
export function stripOf(durationMs: number): Strip {
  const tiles = Math.max(1, Math.min(MOST_TILES, Math.ceil(durationMs / 1000)));
  return { tiles, columns: Math.min(STRIP_COLUMNS, tiles) };
}
