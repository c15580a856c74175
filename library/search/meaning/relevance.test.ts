// Tests of relevance: what the formulas promise to a reader of docs/search.md.
import fc from 'fast-check';
import { CUT_OFF } from '../../../contract/index.ts';
import { expect, test } from 'vitest';
import {
  presumed,
  roughly,
  cutAt,
  defaultCurves,
  either,
  levelOf,
  onLevel,
  ordered,
  without,
} from './relevance.ts';
import { seeded } from '../../../test/support/fixture-encoder.ts';

const relevance = fc.double({ min: 0, max: 1, noNaN: true });
const many = { numRuns: 2000 };

test('of fifty libraries without an answer, of any size, about one shows something', () => {
  const random = seeded('unrelated');
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  for (const moments of [50, 2000]) {
    let shown = 0;
    for (let library = 0; library < 300; library++) {
      const x = Float32Array.from({ length: moments }, () => 0.5 + 1.2 * normal());
      const level = levelOf(x.subarray(0, 512), moments, { slope: 1.2, middle: 1.2 * cutAt(1000) });
      if (x.some((one) => onLevel(level, 1.2, one) >= 0.5)) shown++;
    }
    expect(shown / 300).toBeLessThan(0.06);
  }
});

test('what a text is about does not raise its own level, while it is less than four in ten', () => {
  const random = seeded('related');
  const x = Float32Array.from({ length: 500 }, (_, i) => (random() - 0.5) * 3 + (i % 3 === 0 ? 12 : 0));
  const level = levelOf(x, 500, defaultCurves.textToPicture);
  expect(Math.abs(level.centre)).toBeLessThan(0.5);
  expect(onLevel(level, 1.2, 12)).toBeGreaterThan(0.9);
});

test('the cut-off grows with the library as the normal distribution says', () => {
  expect(cutAt(1000)).toBeCloseTo(4.107, 2);
  expect(cutAt(1_000_000)).toBeCloseTo(5.49, 1);
});

test('two kinds of evidence are at least the greater one, and two that do not suffice never suffice', () => {
  fc.assert(
    fc.property(relevance, relevance, (a, b) => {
      const both = either(a, b);
      expect(both).toBeGreaterThanOrEqual(Math.min(Math.max(a, b), 0.499));
      expect(both).toBeLessThanOrEqual(1);
      expect(both >= 0.5).toBe(Math.max(a, b) >= 0.5);
    }),
    many,
  );
});

test('what only orders never moves anything over the cut-off or under it', () => {
  fc.assert(
    fc.property(relevance, relevance, (a, by) => {
      expect(ordered(a, by) >= 0.5).toBe(a >= 0.5);
    }),
    many,
  );
});

test('what is unwanted and there is no result', () => {
  fc.assert(
    fc.property(relevance, fc.double({ min: 0.5, max: 1, noNaN: true }), (wanted, unwanted) => {
      expect(without(wanted, unwanted)).toBeLessThan(0.5);
    }),
    many,
  );
});

test('what is hardly like the unwanted only falls behind its equals', () => {
  expect(without(0.95, 0.3)).toBeGreaterThan(without(0.75, 0.1));
  expect(without(0.9, 0.1)).toBeGreaterThan(without(0.9, 0.3));
  const absent = fc.double({ min: 0, max: 0.4999, noNaN: true });
  fc.assert(
    fc.property(relevance, absent, (wanted, unwanted) => {
      expect(without(wanted, unwanted) >= CUT_OFF).toBe(wanted >= CUT_OFF);
      expect(without(wanted, unwanted)).toBeLessThanOrEqual(wanted);
    }),
    many,
  );
});

test('what answers a word only roughly stands behind what bears the name, and is a result as before', () => {
  expect(roughly(1)).toBeLessThan(0.9);
  expect(roughly(0.6)).toBeGreaterThan(CUT_OFF);
  expect(roughly(0.4)).toBe(0.4);
});

test('what nobody is sure of is presumed in a small library only, in order, and never stands high', () => {
  expect(presumed(0.15, 40)).toBeGreaterThan(CUT_OFF);
  expect(presumed(0.15, 40)).toBeLessThan(0.61);
  expect(presumed(0.1, 40)).toBeLessThan(CUT_OFF);
  expect(presumed(0.2, 40)).toBeGreaterThan(presumed(0.15, 40));
  expect(presumed(0.15, 90)).toBeLessThan(CUT_OFF);
  expect(presumed(0.3, 1_000)).toBe(0.3);
  expect(presumed(0, 10)).toBe(0);
});
