// Runs in the engine: from cosines, concepts and words to relevance, 0 to 1 with 0.5 as the cut-off. Pure.
import { CUT_OFF } from '../../contract/index.ts';
import type { RelevanceCurve, RelevanceCurves } from '../ports.ts';

/**
 * What a space without fitted curves gets.
 *
 * Text to picture: x is in nats, see {@link judge}; slope 1 and middle 0 make the curve the pack's own
 * posterior that this text, and none of the neutral ones, belongs to the picture.
 * Picture to picture: x is the cosine of the two vectors after the library's mean vector is taken away, as
 * all pictures of a space share a large part (CLIP: cosine 0.5 between any two). Then unlike pictures lie
 * around 0 and like ones above 0.5.
 */
export const defaultCurves: RelevanceCurves = {
  textToPicture: { slope: 1, middle: 0 },
  pictureToPicture: { slope: 12, middle: 0.45 },
  textToText: { slope: 25, middle: 0.8 },
};

/** Cosine from which two pictures are one: eight-bit rounding stays far below the rest. */
export const SAME_PICTURE_COSINE = 0.9985;

export function onCurve(curve: RelevanceCurve, x: number): number {
  return 1 / (1 + Math.exp(-curve.slope * (x - curve.middle)));
}

/**
 * A text's cosine judged against the neutral texts' ones to the same picture.
 *
 * @param standing - log of the sum of exp(scale * cosine) over the neutral texts
 * @returns log odds, nats, of the text against all neutral ones together
 */
export function judge(cosine: number, standing: number, logitScale: number): number {
  return logitScale * cosine - standing;
}

/** log of the sum of exponentials, without overflow. */
export function logSumExp(values: ArrayLike<number>): number {
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i] ?? -Infinity);
  if (largest === -Infinity) return -Infinity;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.exp((values[i] ?? -Infinity) - largest);
  return largest + Math.log(sum);
}

/**
 * Evidence of two kinds for one thing, taken as independent: wrong only if both are (noisy or, Pearl 1988). So
 * of several pictures with the word in their names, the one that shows it most stands first. Two that are below
 * the cut-off stay below: two guesses make no certainty.
 */
export function either(a: number, b: number): number {
  if (a >= 1 || b >= 1) return 1;
  const raised = 1 - (1 - a) * (1 - b);
  return Math.max(a, b) >= CUT_OFF ? Math.min(raised, 0.999) : Math.max(a, b, Math.min(raised, BELOW));
}

/** The most that something which must not be a result may get. */
export const BELOW = CUT_OFF - 0.001;

/** What is wanted, less what is not: as sure as the wanted, at most as sure as the unwanted is absent. */
export function without(wanted: number, unwanted: number): number {
  return unwanted >= CUT_OFF ? Math.min(wanted, BELOW, 1 - unwanted) : Math.min(wanted, 1 - unwanted);
}

/** A part that orders (`by`, 0 to 1) without ever lifting anything over the cut-off or pushing it under. */
export function ordered(relevance: number, by: number): number {
  const factor = 0.5 + 0.5 * by;
  return relevance >= CUT_OFF ? CUT_OFF + (relevance - CUT_OFF) * factor : relevance * factor;
}
