// Tests of calibration: what curves become where tails are as a normal distribution's, and where they are heavier.
import { expect, test } from 'vitest';
import { direction, seeded, unit } from '../../../test/support/fixture-encoder.ts';
import { fitCurves, LEAST } from './calibration.ts';
import { cutAt, defaultCurves } from './relevance.ts';

const DIMENSIONS = 256;
const many = (name: string, count: number) =>
  Array.from({ length: count }, (_, n) => direction(`${name} ${n}`, DIMENSIONS));
const texts = many('text', 52);

test('where unrelated cosines are normally distributed, a library is cut where that distribution says', () => {
  const { textToPicture, textToText } = fitCurves({
    ...{ texts, pictures: many('picture', 300), sentences: many('sentence', 60) },
  });
  expect(textToPicture.middle).toBeGreaterThanOrEqual(cutAt(1000) - 0.001);
  expect(textToPicture.middle).toBeLessThan(4.5);
  expect(textToText.middle).toBeLessThan(4.7);
  expect(1 / (1 + Math.exp(textToPicture.slope * textToPicture.middle))).toBeCloseTo(0.006, 3);
});

test('where a few texts come much closer to a few pictures than chance would, the cut-off moves out', () => {
  const random = seeded('which');
  const pictures = many('picture', 300).map((picture) => {
    // One in five shows something of one text: related as far as real things are, without being about it.
    const text = random() < 0.2 ? texts[Math.floor(random() * texts.length)] : undefined;
    return unit(picture.map((value, i) => value + 0.5 * (text?.[i] ?? 0)));
  });
  const { textToPicture } = fitCurves({ texts, pictures, sentences: [] });
  expect(textToPicture.middle).toBeGreaterThan(5);
});

test('unlike pictures decide from where two are alike', () => {
  const common = direction('what all pictures have in common', DIMENSIONS);
  const pictures = many('picture', 200).map((one) => unit(one.map((value, i) => value + (common[i] ?? 0))));
  const { pictureToPicture } = fitCurves({ texts, pictures, sentences: [] });
  // Random directions of 256 dimensions: deviation 1/16, three and a bit of which one pair in a thousand exceeds.
  expect(pictureToPicture.middle).toBeGreaterThan(0.15);
  expect(pictureToPicture.middle).toBeLessThan(0.25);
});

test('where too little is given the default curves stay', () => {
  const few = many('few', LEAST - 1);
  expect(fitCurves({ texts, pictures: few, sentences: few })).toEqual(defaultCurves);
});
