// Runs in a worker thread: a detector's raw score to a relevance that is comparable over classes.
import { sigmoid } from './sigmoid.ts';

/** Fitted on 1,508 judged pairs of photo and class: slope of the logistic curve over the raw score. */
const SLOPE = 17.11;
/** Raw score at which precision is about 0.95 on independent photos. */
const CUT = 0.45;

/** @param score - the raw score to judge; by default the picture's highest of that object */
export function objectRelevance(object: number, scores: Float32Array, score = scores[object] ?? 0): number {
  return sigmoid(SLOPE * (score - CUT));
}
