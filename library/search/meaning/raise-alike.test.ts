// Tests of what is raised over the cut-off for its looks, and of spreads drawn together.
import { expect, test } from 'vitest';
import type { MomentId } from '../../../contract/index.ts';
import { createVectorEncoder, direction, seeded, unit } from '../../../test/support/fixture-encoder.ts';
import { raisedAlike } from './raise-alike.ts';
import { createSpaceIndex } from '../vectors/space-index.ts';
import { drawnTogether } from './text-judge.ts';
import { SEEN } from '../vectors/vector-store.ts';

const DIMENSIONS = 128;
const { space } = createVectorEncoder(DIMENSIONS);
const level = { centre: 0, deviation: 1, cut: 4.4 };

/** A hundred unrelated pictures; 0 to 4 show the same thing. */
function library() {
  const index = createSpaceIndex(space);
  const thing = direction('the thing', DIMENSIONS);
  const vectors = Array.from({ length: 100 }, (_, n) => {
    const own = direction(`picture ${n}`, DIMENSIONS);
    return unit(own.map((value, i) => value + (n < 5 ? 1.2 * (thing[i] ?? 0) : 0)));
  });
  for (const [n, vector] of vectors.entries())
    index.put(n as MomentId, n as never, 'picture', { vector, concepts: null, regions: [] });
  return (said: Readonly<Record<number, number>>) =>
    raisedAlike(index, SEEN, {
      ...{ slots: Int32Array.from(vectors.keys()), level },
      deviations: Float32Array.from(vectors, (_, n) => said[n] ?? 0),
    });
}

test('what a text nearly finds and what looks like the sure results is one of them, after them', () => {
  const raised = library()({ 0: 6, 1: 5, 2: 5.2, 3: 3.5, 4: 2, 50: 3.9 });
  expect([...raised.keys()]).toEqual([3]);
  expect(raised.get(3)).toBeGreaterThanOrEqual(level.cut);
  expect(raised.get(3)).toBeLessThanOrEqual(5);
});

test('where nothing is sure nothing is raised', () => {
  expect(library()({ 0: 4.3, 1: 4.2, 2: 4, 3: 3.5 }).size).toBe(0);
});

test('of many in doubt that are not alike hardly any is raised', () => {
  const said: Record<number, number> = { 0: 6, 1: 5, 2: 5.2 };
  for (let n = 5; n < 100; n++) said[n] = 3;
  expect(library()(said).size).toBeLessThan(5);
});

test('spreads that differ by chance alone are taken as one, others are kept', () => {
  const random = seeded('spreads');
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const byChance = Float32Array.from({ length: 400 }, () => 0.03 * (1 + normal() / Math.sqrt(100)));
  expect(drawnTogether(byChance, 51).own).toBeLessThan(0.3);
  const apart = Float32Array.from({ length: 400 }, (_, n) => (n % 2 === 0 ? 0.02 : 0.04));
  expect(drawnTogether(apart, 51).pooled).toBeCloseTo(0.03, 5);
  expect(drawnTogether(apart, 51).own).toBeGreaterThan(0.9);
});
