// Runs under Vitest: how far apart key pictures stand, from packets written by hand.
import { expect, it } from 'vitest';
import { planFilm } from '../film/plan.ts';
import { longestGap } from './key-spacing.ts';

const packets = (fromMs: number, untilMs: number, keyEveryMs: number) =>
  Array.from({ length: (untilMs - fromMs) / 40 }, (_, i) => ({
    timeMs: fromMs + i * 40,
    isKey: (i * 40) % keyEveryMs === 0,
  }));

it('is the longest way between two keys, also from the last to the end of a sample', () => {
  expect(longestGap(packets(0, 20_000, 1_000))).toBe(1_000);
  expect(longestGap(packets(0, 20_000, 15_000))).toBe(15_000);
  expect(longestGap([...packets(0, 20_000, 1_000), ...packets(600_000, 620_000, 4_000)])).toBe(4_000);
  expect(longestGap([])).toBe(Infinity);
});

it('decodes the fewest pictures that see every shot of three seconds', () => {
  const track = {
    index: 0,
    codec: 'h264',
    width: 1920,
    height: 1080,
    rotation: 0,
    framesPerSecond: 25,
    hdr: false,
  } as const;
  expect(planFilm(track, 10_000, 1_000).decode).toBe('all');
  expect(planFilm(track, 600_000, 1_000)).toMatchObject({ decode: 'key', width: 910, height: 512 });
  expect(planFilm(track, 600_000, 10_000).decode).toBe('reference');
  expect(planFilm({ ...track, codec: 'vp9' }, 600_000, 10_000).decode).toBe('all');
  const gaps = [10_000, 600_000, 7_200_000].map((ms) => planFilm(track, ms, 1_000).gapMs);
  expect(gaps).toEqual([3_000, 8_349, 15_540]);
});
