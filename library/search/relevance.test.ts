// Tests of relevance: what the formulas promise to a reader of docs/search.md.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultCurves, either, judge, logSumExp, onCurve, ordered, without } from './relevance.ts';

const relevance = fc.double({ min: 0, max: 1, noNaN: true });
const many = { numRuns: 2000 };

test('a text is a result when it beats all neutral texts together', () => {
  const neutral = Array.from({ length: 50 }, () => 100 * 0.2);
  const standing = logSumExp(neutral);
  const at = (cosine: number) => onCurve(defaultCurves.textToPicture, judge(cosine, standing, 100));
  expect(at(0.3)).toBeGreaterThan(0.99);
  expect(at(0.2 + Math.log(50) / 100)).toBeCloseTo(0.5);
  expect(at(0.2)).toBeLessThan(0.05);
});

test('the log of a sum of exponentials does not overflow and knows nothing of nothing', () => {
  expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.log(2));
  expect(logSumExp([])).toBe(-Infinity);
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
