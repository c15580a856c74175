// Runs in the engine: from cosines, concepts and words to relevance, 0 to 1 with 0.5 as the cut-off. Pure.
import { CUT_OFF } from '../../../contract/index.ts';
import type { RelevanceCurve, RelevanceCurves } from '../../ports.ts';

/**
 * What a space without fitted curves gets. Slopes are per unit of x, middles are where 0.5 lies.
 *
 * From texts: x counts how many deviations a cosine lies above what the moment has to neutral texts, and middle
 * is where a library of {@link REFERENCE} moments is cut; {@link cutAt} moves it with the size of the library. A
 * normal distribution would be cut at {@link cutAt}(REFERENCE), 4.107: what is above that is for heavier tails.
 * Picture to picture: x is the cosine of the two vectors after the library's mean vector is taken away, as
 * all pictures of a space share a large part (CLIP: cosine 0.5 between any two). Then unlike pictures lie
 * around 0 and like ones above 0.5.
 */
export const defaultCurves: RelevanceCurves = {
  textToPicture: { slope: 1.2, middle: 4.3 },
  pictureToPicture: { slope: 12, middle: 0.45 },
  textToText: { slope: 1.2, middle: 4.3 },
};

/** Moments of the library that a text's middle is given for. */
export const REFERENCE = 1_000;
/** How many unrelated moments of one class may come over the cut-off: in one search of fifty one. */
const FALSE_ONES = 0.02;

/**
 * Deviations above the middle that the best of so many unrelated moments exceeds once in fifty searches. The best
 * of many comes closer than the best of few, so the cut-off grows with the library, as sqrt(2 ln n).
 */
export function cutAt(moments: number): number {
  return upperQuantile(FALSE_ONES / Math.max(10, moments));
}

/** Beyond which a normal distribution has this share (Abramowitz and Stegun 26.2.23, right to 0.00045). */
export function upperQuantile(share: number): number {
  const t = Math.sqrt(-2 * Math.log(share));
  return (
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3)
  );
}

/** What a text has to all moments of a class: where unrelated ones lie, and how far apart. */
export interface Level {
  readonly centre: number;
  readonly deviation: number;
  /** Deviations above the centre at which the relevance is 0.5. */
  readonly cut: number;
}

/** How much the deviation that neutral texts have by definition, 1, counts against a sample's: as many moments. */
const PRIOR_WEIGHT = 48;

/** Where unrelated ones lie and how far apart, told by their lower half: at most four in ten are something else. */
export function lowerHalf(sample: Float32Array): { readonly quarter: number; readonly deviation: number } {
  const sorted = Float32Array.from(sample).sort();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { quarter: at(0.25), deviation: (at(0.5) - at(0.1)) / 1.2816 };
}

/** A quarter of a normal distribution lies so many deviations below its middle. */
export const TO_CENTRE = 0.6745;

/**
 * The level of one text among the moments of a class, from a sample of them. The lower half tells it: the moments
 * that the text is about lie in the upper one, up to four in ten of all.
 *
 * @param sample - x of some moments, any order
 * @param moments - of the class in all
 */
export function levelOf(sample: Float32Array, moments: number, curve: RelevanceCurve): Level {
  // What is told by few is told roughly: the cut-off stands farther out, as with Student's distribution.
  const known = sample.length + PRIOR_WEIGHT;
  const rough = Math.sqrt(1 + (1 + cutAt(moments) ** 2 / 2) / known);
  const cut = cutAt(moments) * rough * (curve.middle / cutAt(REFERENCE));
  const { quarter, deviation: own } = lowerHalf(sample);
  const deviation = Math.sqrt((sample.length * Math.max(0.2, own) ** 2 + PRIOR_WEIGHT) / known);
  const centre = (quarter + TO_CENTRE * deviation) * (sample.length / (sample.length + 8));
  return { centre, deviation, cut };
}

/** Relevance of x on a level. */
export function onLevel(level: Level, slope: number, x: number): number {
  return atDeviations(level, slope, (x - level.centre) / level.deviation);
}

/** Relevance of what lies so many deviations above the centre. */
export function atDeviations(level: Level, slope: number, deviations: number): number {
  return 1 / (1 + Math.exp(-slope * (deviations - level.cut)));
}

/** From a relevance that {@link atDeviations} gave back to the deviations. */
export function deviationsOf(level: Level, slope: number, relevance: number): number {
  return level.cut + Math.log(relevance / (1 - relevance)) / slope;
}

/** Cosine from which two pictures are one: eight-bit rounding stays far below the rest. */
export const SAME_PICTURE_COSINE = 0.9985;

export function onCurve(curve: RelevanceCurve, x: number): number {
  return 1 / (1 + Math.exp(-curve.slope * (x - curve.middle)));
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

/** How much of what lies above the cut-off is left to what answers a word only roughly. */
const ROUGH = 0.7;

/**
 * What shows a wider thing than the one that was named ("animal" for a fox): sure enough to be a result, never as
 * sure as what bears the name.
 */
export function roughly(relevance: number): number {
  return relevance < CUT_OFF ? relevance : CUT_OFF + (relevance - CUT_OFF) * ROUGH;
}

/** The most that something which must not be a result may get. */
export const BELOW = CUT_OFF - 0.001;

/**
 * What is wanted, less what is not. From the cut-off on the unwanted is there, and this is no result. Below it, it is
 * not there: what is surer of the wanted stays before what is less sure and less like the unwanted, and of two that are
 * equally sure the one stands first that is less like it.
 */
export function without(wanted: number, unwanted: number): number {
  return unwanted >= CUT_OFF ? Math.min(wanted, BELOW, 1 - unwanted) : ordered(wanted, 1 - unwanted);
}

/** A part that orders (`by`, 0 to 1) without ever lifting anything over the cut-off or pushing it under. */
export function ordered(relevance: number, by: number): number {
  const factor = 0.5 + 0.5 * by;
  return relevance >= CUT_OFF ? CUT_OFF + (relevance - CUT_OFF) * factor : relevance * factor;
}

/**
 * Log-odds that speak for a thing's being there because somebody asks for it, in a library of up to
 * {@link FEW_MOMENTS}. Docs: the built-in pack, "Where nothing is sure".
 */
const ASKED_FOR = 2;
const FEW_MOMENTS = 50;
/** What chance alone gains with every e-fold of moments: unrelated scores of a detector fall off so slowly. */
const PER_EFOLD = 2.34;
/** How far above the cut-off something may stand that is there only because nothing was surer. */
const PRESUMED_MOST = 0.2;

/**
 * The relevance of what no moment is sure to show. The best of many unrelated moments comes as near to the cut-off
 * as a true one, so from 118 moments on nothing is presumed.
 *
 * @param relevance - as seen, below the cut-off
 */
export function presumed(relevance: number, moments: number): number {
  const raise = ASKED_FOR - PER_EFOLD * Math.log(Math.max(1, moments / FEW_MOMENTS));
  if (raise <= 0 || relevance <= 0) return relevance;
  const believed = 1 / (1 + ((1 - relevance) / relevance) * Math.exp(-raise));
  return believed < CUT_OFF ? believed : CUT_OFF + (believed - CUT_OFF) * PRESUMED_MOST;
}
