// Runs in scripts and benches: a pack's curves from pairs that have nothing to do with each other. No labels. Pure.
import type { RelevanceCurve, RelevanceCurves } from '../../ports.ts';
import {
  cutAt,
  defaultCurves,
  levelOf,
  lowerHalf,
  REFERENCE,
  TO_CENTRE,
  upperQuantile,
} from './relevance.ts';

/** Vectors of unit length of one pack, none of them about another. */
export interface Unrelated {
  readonly pictures: readonly Float32Array[];
  /** Texts as they are asked. */
  readonly texts: readonly Float32Array[];
  /** Texts as they are said; empty where the pack compares none. */
  readonly sentences: readonly Float32Array[];
}

/** What the middle of unrelated moments gets: the slope follows from it. */
const UNRELATED = 0.006;
/** So many pairs lie beyond the quantile that the tail is measured at; fewer would be chance. */
const BEYOND = 20;
/** Tails are never taken for lighter than the normal distribution's, nor for heavier than this. */
const HEAVIEST = 2;
/** Of unrelated pictures one in a thousand may look alike. */
const ALIKE = 1 / 1000;
/** With fewer of a kind its curve stays the default one. */
export const LEAST = 30;

const dot = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

export function fitCurves({ pictures, texts, sentences }: Unrelated): RelevanceCurves {
  return {
    textToPicture: fromTexts(texts, pictures) ?? defaultCurves.textToPicture,
    pictureToPicture: amongPictures(pictures) ?? defaultCurves.pictureToPicture,
    textToText: fromTexts(texts, sentences) ?? defaultCurves.textToText,
  };
}

/**
 * How heavy the upper tail is: half of the texts tell the standing of each moment, the other half is asked, and the
 * other way round. The quantile that a few pairs lie beyond is compared with the normal distribution's.
 */
function fromTexts(texts: readonly Float32Array[], moments: readonly Float32Array[]): RelevanceCurve | null {
  if (moments.length < LEAST || texts.length < LEAST) return null;
  const halves = [0, 1].map((half) => texts.filter((_, i) => i % 2 === half));
  const deviations: number[] = [];
  for (const [half, asked] of halves.entries()) {
    const standings = moments.map((moment) => standingOf(moment, halves[1 - half] ?? []));
    const pooled = standings.reduce((sum, { spread }) => sum + spread, 0) / standings.length;
    for (const text of asked) {
      const x = Float32Array.from(
        moments,
        (moment, i) => (dot(text, moment) - (standings[i]?.mean ?? 0)) / pooled,
      );
      const level = levelOf(x, moments.length, defaultCurves.textToPicture);
      for (const one of x) deviations.push((one - level.centre) / level.deviation);
    }
  }
  deviations.sort((a, b) => b - a);
  const normal = upperQuantile(BEYOND / deviations.length);
  const tail = Math.min(HEAVIEST, Math.max(1, (deviations[BEYOND] ?? normal) / normal));
  return curve(tail * cutAt(REFERENCE), 0);
}

function standingOf(moment: Float32Array, texts: readonly Float32Array[]) {
  const cosines = texts.map((text) => dot(text, moment));
  const mean = cosines.reduce((sum, one) => sum + one, 0) / cosines.length;
  const square = cosines.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (cosines.length - 1);
  return { mean, spread: Math.sqrt(Math.max(1e-12, square)) };
}

/** Cosines among pictures without what all have in common. */
function amongPictures(pictures: readonly Float32Array[]): RelevanceCurve | null {
  if (pictures.length < LEAST) return null;
  const trust = pictures.length / (pictures.length + 8);
  const common = new Float32Array(pictures[0]?.length ?? 0);
  for (const picture of pictures)
    for (let i = 0; i < common.length; i++)
      common[i] = (common[i] as number) + ((picture[i] as number) * trust) / pictures.length;
  const own = pictures.map((picture) => {
    const less = picture.map((value, i) => value - (common[i] as number));
    const length = Math.hypot(...less) || 1;
    return less.map((value) => value / length);
  });
  const cosines = own.flatMap((one, i) => own.slice(i + 1).map((other) => dot(one, other)));
  const { quarter, deviation } = lowerHalf(Float32Array.from(cosines));
  const centre = quarter + TO_CENTRE * deviation;
  return curve(Math.min(0.9, centre + upperQuantile(ALIKE) * deviation), centre);
}

function curve(middle: number, unrelated: number): RelevanceCurve {
  const slope = Math.log((1 - UNRELATED) / UNRELATED) / (middle - unrelated);
  const rounded = (value: number) => Math.round(value * 1000) / 1000;
  return { slope: rounded(slope), middle: rounded(middle) };
}
