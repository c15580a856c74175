// Runs in a film worker thread: small pictures of a film side by side in one file, for scrubbing.
import { writeAtomically } from '../atomic-write.ts';
import { encodeWebp } from '../pixels.ts';
import { type FilmPlan, STRIP_COLUMNS } from './plan.ts';

const QUALITY = 70;
const EFFORT = 2;

/**
 * Writes the sheet: tile n stands at column n % 10, row floor(n / 10), and shows the film at
 * (n + 0.5) / tiles of its length. A tile that is missing shows the one before it.
 */
export async function writeSheet(
  tiles: readonly { readonly number: number; readonly rgb: Uint8Array }[],
  { tileWidth, tileHeight, tiles: count }: Pick<FilmPlan, 'tiles' | 'tileWidth' | 'tileHeight'>,
  toPath: string,
): Promise<void> {
  const width = tileWidth * Math.min(STRIP_COLUMNS, count);
  const height = tileHeight * Math.ceil(count / STRIP_COLUMNS);
  const rgb = new Uint8Array(width * height * 3);
  const known = new Map(tiles.map((tile) => [tile.number, tile.rgb]));
  let shown = tiles[0]?.rgb;
  for (let number = 0; number < count; number++) {
    shown = known.get(number) ?? shown;
    if (shown === undefined) return;
    const left = (number % STRIP_COLUMNS) * tileWidth;
    const top = Math.floor(number / STRIP_COLUMNS) * tileHeight;
    for (let y = 0; y < tileHeight; y++)
      rgb.set(shown.subarray(y * tileWidth * 3, (y + 1) * tileWidth * 3), ((top + y) * width + left) * 3);
  }
  writeAtomically(toPath, await encodeWebp({ rgb, width, height }, QUALITY, EFFORT));
}
