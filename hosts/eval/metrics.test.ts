// Runs under Vitest: the metrics against values worked out by hand.
import { expect, test } from 'vitest';
import { metricsOf, ndcgAt, precisionAt, recallAt, reciprocalRank, type Answered } from './metrics.ts';

/** Relevant in places 1 and 4; one of three is never found. */
const answered: Answered = {
  relevant: ['a', 'b', 'c'],
  ranked: ['a', 'x', 'y', 'b', 'z', 'w'],
  shown: ['a', 'x'],
};

test('recall is the share of the relevant that stand in the first places', () => {
  expect(recallAt(1, answered)).toBeCloseTo(1 / 3);
  expect(recallAt(3, answered)).toBeCloseTo(1 / 3);
  expect(recallAt(5, answered)).toBeCloseTo(2 / 3);
});

test('precision counts places, also those that nothing stands in', () => {
  expect(precisionAt(5, answered)).toBeCloseTo(2 / 5);
  expect(precisionAt(5, { relevant: ['a'], ranked: ['a'], shown: [] })).toBeCloseTo(1 / 5);
});

test('the reciprocal rank looks at the first hit only', () => {
  expect(reciprocalRank(answered)).toBe(1);
  expect(reciprocalRank({ ...answered, ranked: ['x', 'y', 'c'] })).toBeCloseTo(1 / 3);
  expect(reciprocalRank({ ...answered, ranked: ['x'] })).toBe(0);
});

test('nDCG discounts by place and is 1 for the best order', () => {
  // Gains: place 1 gives 1, place 4 gives 1 / log2(5) = 0.4307; the best three give 1 + 0.6309 + 0.5.
  expect(ndcgAt(10, answered)).toBeCloseTo(1.430677 / 2.13093, 5);
  expect(ndcgAt(10, { ...answered, ranked: ['c', 'b', 'a'] })).toBeCloseTo(1);
  expect(ndcgAt(10, { ...answered, ranked: ['a', 'a', 'a'] })).toBeCloseTo(1 / 2.13093, 5);
});

test('the means leave out questions without an answer, which the cut-off is judged by', () => {
  const metrics = metricsOf([
    answered,
    { relevant: ['q'], ranked: ['p', 'q'], shown: [] },
    { relevant: [], ranked: ['p'], shown: [] },
    { relevant: [], ranked: ['p'], shown: ['p'] },
  ]);
  expect(metrics.recallAt1).toBeCloseTo((1 / 3 + 0) / 2);
  expect(metrics.recallAt5).toBeCloseTo((2 / 3 + 1) / 2);
  expect(metrics.mrr).toBeCloseTo((1 + 1 / 2) / 2);
  expect(metrics.shownPrecision).toBeCloseTo(1 / 2);
  expect(metrics.shownRecall).toBeCloseTo((1 / 3 + 0) / 2);
  expect(metrics.nothingWhenNothing).toBeCloseTo(1 / 2);
  expect(metrics.somethingWhenSomething).toBeCloseTo(1 / 2);
  expect(metrics.nothingRight).toBeCloseTo(1 / 2);
});

test('where there is nothing to judge by, there is no number', () => {
  const metrics = metricsOf([{ relevant: [], ranked: [], shown: [] }]);
  expect(metrics.recallAt1).toBeNull();
  expect(metrics.somethingWhenSomething).toBeNull();
  expect(metrics.nothingWhenNothing).toBe(1);
});
