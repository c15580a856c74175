// Runs in the page: the month or year that each picture of a list sorted by date stands under.
import type { ItemCard } from '../../contract/media.ts';
import type { Format } from '../i18n/format.ts';
import { wallClockMs } from '../i18n/format.ts';

const monthOf = (wallMs: number) => {
  const date = new Date(wallMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
const yearOf = (wallMs: number) => new Date(wallMs).getUTCFullYear();

/** Fewer pictures to a month than this leave its row half empty: then years head them. */
const FULL_MONTH = 8;
/** Judged by the newest only, so that headings do not change while more pages come. */
const JUDGED = 200;

function monthsAreFull(items: readonly ItemCard[]): boolean {
  const judged = items.slice(0, JUDGED).flatMap(({ taken }) => (taken ? [monthOf(wallClockMs(taken))] : []));
  return judged.length >= FULL_MONTH * new Set(judged).size;
}

/**
 * A heading per item: its month, or its year where months are thin. The engine sorts by points in time and people read wall clocks, so  at the edge of
 * a month the two may disagree by hours: a heading never goes back, it only moves on.
 */
export function dateHeadings(
  items: readonly ItemCard[],
  direction: 'newest' | 'oldest',
  format: Format,
  undated: string,
): string[] {
  const byMonth = monthsAreFull(items);
  const [partOf, nameOf] = byMonth ? [monthOf, format.month] : [yearOf, format.year];
  let current: number | null = null;
  let label = undated;
  return items.map(({ taken }) => {
    if (taken === null) {
      current = null;
      return undated;
    }
    const wallMs = wallClockMs(taken);
    const part = partOf(wallMs);
    const movesOn = current === null || (direction === 'newest' ? part < current : part > current);
    if (movesOn) {
      current = part;
      label = nameOf(wallMs);
    }
    return label;
  });
}
