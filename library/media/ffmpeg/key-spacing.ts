// Runs wherever a film is watched: how far apart the pictures stand that need no other to be decoded.
import { collect } from './collect.ts';
import { SAFE_INPUT } from './safety.ts';
import { seconds } from './audio.ts';

/** Two places of a film are looked at, so long each. */
const LOOK_MS = 20_000;
const MAX_BYTES = 4 * 1024 * 1024;
const TOTAL_MS = 60_000;

/**
 * The longest way between two key pictures, as far as two samples of the packets tell; nothing is decoded.
 * Milliseconds; Infinity where a sample holds less than two.
 *
 * @throws Failure MEDIA_*; AbortError when cancelled
 */
export async function keySpacingMs(
  path: string,
  track: number,
  durationMs: number,
  signal?: AbortSignal,
): Promise<number> {
  const look = `%+${seconds(LOOK_MS)}`;
  const middle = durationMs > LOOK_MS * 3 ? `,${seconds(durationMs / 2)}${look}` : '';
  const args = [
    ...['-v', 'error', '-select_streams', String(track), '-show_entries', 'packet=pts_time,dts_time,flags'],
    ...['-of', 'csv=p=0', '-read_intervals', `${look}${middle}`, ...SAFE_INPUT, `file:${path}`],
  ];
  const csv = (await collect('ffprobe', args, MAX_BYTES, { totalMs: TOTAL_MS }, signal)).toString('utf8');
  const packets = csv.split('\n').flatMap((line) => {
    const [pts, dts, flags = ''] = line.split(',');
    const timeMs = Number(pts === 'N/A' ? dts : pts) * 1000;
    return Number.isFinite(timeMs) && pts !== '' && pts !== undefined
      ? [{ timeMs, isKey: flags.startsWith('K') }]
      : [];
  });
  return longestGap(packets);
}

/** @param packets - in the order of the file; a jump of some seconds begins the next sample */
export function longestGap(packets: readonly { timeMs: number; isKey: boolean }[]): number {
  let longest = 0;
  let keys = 0;
  let lastKeyMs: number | null = null;
  let lastMs: number | null = null;
  for (const { timeMs, isKey } of packets) {
    if (lastMs !== null && Math.abs(timeMs - lastMs) > LOOK_MS / 2) {
      if (lastKeyMs !== null) longest = Math.max(longest, lastMs - lastKeyMs);
      lastKeyMs = null;
    }
    lastMs = timeMs;
    if (!isKey) continue;
    keys++;
    if (lastKeyMs !== null) longest = Math.max(longest, timeMs - lastKeyMs);
    lastKeyMs = timeMs;
  }
  if (lastMs !== null && lastKeyMs !== null) longest = Math.max(longest, lastMs - lastKeyMs);
  return keys === 0 ? Infinity : longest;
}
