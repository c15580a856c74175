// Runs under Vitest: colours of things and food among plants, from made-up samples.
import { expect, test } from 'vitest';
import { thingColours } from './colour-patches.ts';
import { type Colour, CONCEPTS, conceptIndex } from './concept-names.ts';
import { foodRelevance } from './picture-facts.ts';

/** A green picture of 512 pixels with a red square of `edge` samples at (20, 20). */
function lawnWithRed(edge: number) {
  const columns = 128;
  const names = Array.from({ length: columns * columns }, (_, at): Colour => {
    const [x, y] = [at % columns, Math.floor(at / columns)];
    return x >= 20 && x < 20 + edge && y >= 20 && y < 20 + edge ? 'red' : 'green';
  });
  const values = { names, columns, shares: [], lightness: [0, 0, 0] as const, chroma: [0, 0] as const };
  return (boxes: Parameters<typeof thingColours>[1]) =>
    thingColours(values, boxes, { left: 0, top: 0, width: 512, height: 512 }, {});
}

const box = (left: number, top: number, edge: number) => ({
  ...{ object: 16, score: 0.9, left, top, right: left + edge, bottom: top + edge },
});

test('a small thing gives the picture its colour, a speck does not', () => {
  expect(lawnWithRed(12)([])['thing:red']).toBeGreaterThan(0.5);
  expect(lawnWithRed(4)([])['thing:red']).toBeLessThan(0.5);
  expect(lawnWithRed(12)([])['thing:blue']).toBe(0);
});

test('where objects are seen only they have colours: what stands on a lawn is not green', () => {
  const seen = lawnWithRed(12)([box(80, 80, 48)]);
  expect(seen['thing:red']).toBeGreaterThan(0.8);
  expect(seen['thing:green']).toBe(0);
  const elsewhere = lawnWithRed(12)([box(300, 300, 100)]);
  expect(elsewhere['thing:red']).toBe(0);
  expect(elsewhere['thing:green']).toBeGreaterThan(0.8);
});

test('a box beyond the picture is no failure', () => {
  expect(lawnWithRed(12)([box(500, 500, 200)])['thing:green']).toBeGreaterThan(0.8);
});

test('plants close up are no food where there is nothing to eat from', () => {
  const nothing = new Float32Array(CONCEPTS.length);
  expect(foodRelevance(0.96, 0.98, nothing)).toBeCloseTo(0.02);
  expect(foodRelevance(0.9, 0.05, nothing)).toBe(0.9);
  const bowl = nothing.slice();
  bowl[conceptIndex('bowl')] = 0.2;
  expect(foodRelevance(0.9, 0.98, bowl)).toBe(0.9);
});
