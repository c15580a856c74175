// Runs in a film worker thread: small pictures of a film side by side in one file, for scrubbing.
import { writeAtomically } from '../atomic-write.ts';
import { encodeWebp } from '../pixels.ts';
import type { FilmPlan } from './plan.ts';

const QUALITY = 70;
const EFFORT = 2;

/**
 * Writes the sheet: tile n stands at column n % columns, row floor(n / columns), and shows the film at
 * (n + 0.5) / tiles of its length. A tile that is missing shows the one before it.
 */
export async function writeSheet(
  tiles: readonly { readonly number: number; readonly rgb: Uint8Array }[],
  {
    tileWidth,
    tileHeight,
    tiles: count,
    columns,
  }: Pick<FilmPlan, 'tiles' | 'columns' | 'tileWidth' | 'tileHeight'>,
  toPath: string,
): Promise<void> {
  const width = tileWidth * columns;
  const height = tileHeight * Math.ceil(count / columns);
  const rgb = new Uint8Array(width * height * 3);
  const known = new Map(tiles.map((tile) => [tile.number, tile.rgb]));
  let shown = tiles[0]?.rgb;
  for (let number = 0; number < count; number++) {
    shown = known.get(number) ?? shown;
    if (shown === undefined) return;
    const left = (number % columns) * tileWidth;
    const top = Math.floor(number / columns) * tileHeight;
    for (let y = 0; y < tileHeight; y++)
      rgb.set(shown.subarray(y * tileWidth * 3, (y + 1) * tileWidth * 3), ((top + y) * width + left) * 3);
  }
  writeAtomically(toPath, await encodeWebp({ rgb, width, height }, QUALITY, EFFORT));
}
