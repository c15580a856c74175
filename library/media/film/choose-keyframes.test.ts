// Runs under Vitest: where shots end and which frame is chosen, on frames painted by hand.
import { expect, it } from 'vitest';
import { type Chosen, createChooser } from './choose-keyframes.ts';
import { lookAt } from './look.ts';

const WIDTH = 96;
const HEIGHT = 54;
type Paint = (x: number, y: number) => readonly [number, number, number];

const red: Paint = (x, y) => (((x >> 3) + (y >> 3)) % 2 === 0 ? [200, 30, 30] : [120, 10, 10]);
const blue: Paint = (x) => (x % 12 < 6 ? [20, 60, 210] : [230, 230, 240]);
const black: Paint = () => [2, 2, 2];
const mixed =
  (a: Paint, b: Paint, share: number): Paint =>
  (x, y) => {
    const [from, to] = [a(x, y), b(x, y)];
    return [0, 1, 2].map((i) => (from[i] ?? 0) * (1 - share) + (to[i] ?? 0) * share) as [
      number,
      number,
      number,
    ];
  };
/** A wide drawing seen through a window that moves. */
const turning =
  (cells: number): Paint =>
  (x, y) => {
    const at = x + cells * 3;
    return [(at * 37) % 200, ((at >> 4) * 91 + y) % 220, (y * 4) % 250];
  };

function watch(frames: readonly Paint[], everyMs = 250) {
  const cutsMs: number[] = [];
  const options = { gapMs: 5_000, leastShotMs: 500, onCut: (timeMs: number) => void cutsMs.push(timeMs) };
  const chooser = createChooser(options);
  const chosen: Chosen[] = [];
  for (const [i, paint] of frames.entries()) {
    const rgb = new Uint8Array(WIDTH * HEIGHT * 3);
    for (let y = 0; y < HEIGHT; y++)
      for (let x = 0; x < WIDTH; x++) rgb.set(paint(x, y), (y * WIDTH + x) * 3);
    chosen.push(...chooser.push({ timeMs: i * everyMs, rgb, look: lookAt(rgb, WIDTH, HEIGHT) }));
  }
  chosen.push(...chooser.end(frames.length * everyMs));
  return {
    cutsMs,
    keyframes: chosen.map(({ sample, endMs, isUnsure }) => ({ ms: sample.timeMs, endMs, isUnsure })),
  };
}

const times = (paint: Paint, count: number): Paint[] => Array.from({ length: count }, () => paint);

it('ends a shot at a hard cut and takes one frame of each, away from the cut', () => {
  const { cutsMs, keyframes } = watch([...times(red, 12), ...times(blue, 12)]);
  expect(cutsMs).toEqual([3000]);
  expect(keyframes).toHaveLength(2);
  expect(keyframes[0]?.ms).toBeGreaterThan(0);
  expect(keyframes[0]).toMatchObject({ endMs: 3000, isUnsure: false });
  expect(keyframes[0]?.ms).toBeLessThanOrEqual(2600);
  expect(keyframes[1]?.ms).toBeGreaterThanOrEqual(3400);
});

it('takes a dissolve for one boundary and chooses no mixture', () => {
  const between = [0.2, 0.4, 0.6, 0.8].map((share) => mixed(red, blue, share));
  const { cutsMs, keyframes } = watch([...times(red, 14), ...between, ...times(blue, 14)]);
  expect(cutsMs).toHaveLength(1);
  expect(cutsMs[0]).toBeGreaterThan(3000);
  expect(cutsMs[0]).toBeLessThan(5000);
  expect(keyframes).toHaveLength(2);
  expect(keyframes[0]?.ms).toBeLessThan(3500);
  expect(keyframes[1]?.ms).toBeGreaterThanOrEqual(4500);
});

it('chooses nothing black, but something where all is black', () => {
  const { keyframes } = watch([...times(black, 6), ...times(red, 12), ...times(black, 6)]);
  expect(keyframes).toHaveLength(1);
  expect(keyframes[0]?.ms).toBeGreaterThanOrEqual(1500);
  expect(keyframes[0]?.ms).toBeLessThan(4500);
  expect(watch(times(black, 8)).keyframes).toHaveLength(1);
});

it('sees no cut in a slow turn of the camera', () => {
  const { cutsMs } = watch(Array.from({ length: 20 }, (_, i) => turning(i)));
  expect(cutsMs).toEqual([]);
});

it('gives a long shot another keyframe within the bound, which may show nothing new', () => {
  const { keyframes } = watch(times(red, 60));
  expect(keyframes.length).toBeGreaterThanOrEqual(2);
  expect(keyframes.map((one) => one.isUnsure)).toEqual([false, ...keyframes.slice(1).map(() => true)]);
});

it('does not take a flash for a shot; what follows may be the same as before', () => {
  const { keyframes } = watch([...times(red, 10), blue, ...times(red, 10)]);
  expect(keyframes.map((one) => one.isUnsure)).toEqual([false, true]);
});
