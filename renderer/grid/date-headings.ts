// Runs in the page: the month or year that each picture of a list sorted by date stands under.
import type { Format } from '../i18n/format.ts';
import type { Group } from './pack-rows.ts';

/** Fewer pictures to a month than this leave its row half empty: then years head them. */
const FULL_MONTH = 8;

/** A heading with the time at which its month or year begins, as a wall clock read as UTC. */
export interface DateGroup extends Group {
  readonly startMs: number;
}

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

function spanOf(wallMs: number, months: number): Span {
  const date = new Date(wallMs);
  const [year, month] = [date.getUTCFullYear(), months === 12 ? 0 : date.getUTCMonth()];
  return { startMs: Date.UTC(year, month), endMs: Date.UTC(year, month + months) };
}

function spansOf(
  count: number,
  wallMsAt: (index: number) => number | null,
  direction: 'newest' | 'oldest',
  months: 1 | 12,
): { first: number; startMs: number }[] {
  const found: { first: number; startMs: number }[] = [];
  let span: Span | null = null;
  for (let index = 0; index < count; index += 1) {
    const wallMs = wallMsAt(index);
    // What has no date stands with its neighbours.
    if (wallMs === null && span !== null) continue;
    const movesOn =
      span === null ||
      (wallMs !== null && (direction === 'newest' ? wallMs < span.startMs : wallMs >= span.endMs));
    if (!movesOn) continue;
    span = spanOf(wallMs ?? 0, months);
    found.push({ first: index, startMs: span.startMs });
  }
  return found;
}

/**
 * The headings of a list: months, or years where months are thin. The engine sorts by points in time and
 * people read wall clocks, so at the edge of a month the two may disagree by hours: a heading never goes
 * back, it only moves on.
 *
 * @param wallMsAt - wall clock of a picture, read as UTC; null where there is none
 */
export function dateGroups(
  count: number,
  wallMsAt: (index: number) => number | null,
  direction: 'newest' | 'oldest',
  format: Format,
): DateGroup[] {
  const byMonth = spansOf(count, wallMsAt, direction, 1);
  const full = count >= FULL_MONTH * byMonth.length;
  const spans = full ? byMonth : spansOf(count, wallMsAt, direction, 12);
  const nameOf = full ? format.month : format.year;
  return spans.map((one) => ({ ...one, label: nameOf(one.startMs) }));
}
