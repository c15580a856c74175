// Runs in the page: the month that each picture of a list sorted by date stands under.
import type { ItemCard } from '../../contract/media.ts';
import type { Format } from '../i18n/format.ts';
import { wallClockMs } from '../i18n/format.ts';

const monthOf = (wallMs: number) => {
  const date = new Date(wallMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

/**
 * A heading per item. The engine sorts by points in time and people read wall clocks, so at the edge of
 * a month the two may disagree by hours: a heading never goes back, it only moves on.
 */
export function monthHeadings(
  items: readonly ItemCard[],
  direction: 'newest' | 'oldest',
  format: Format,
  undated: string,
): string[] {
  let current: number | null = null;
  let label = undated;
  return items.map(({ taken }) => {
    if (taken === null) {
      current = null;
      return undated;
    }
    const wallMs = wallClockMs(taken);
    const month = monthOf(wallMs);
    const movesOn = current === null || (direction === 'newest' ? month < current : month > current);
    if (movesOn) {
      current = month;
      label = format.month(wallMs);
    }
    return label;
  });
}
