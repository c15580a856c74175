// Runs in a worker thread: the detector's raw scores to a relevance, the same curve for every object.
import { sigmoid } from './sigmoid.ts';

/** Slope of the logistic curve over the raw score, fitted on 1,508 judged pairs of photo and object. */
const SLOPE = 17.11;
/** Score at which the precision over all objects is 0.9: docs/built-in-pack.md has the table. */
const CUT = 0.465;

/**
 * Relevance of an object. Its score is the mean of what the whole picture says and what the best tile
 * says: chance likenesses rarely survive another scale, true objects do.
 *
 * @param whole - score in the whole picture, of the object or of one box
 * @param tile - the object's highest score in any tile
 */
export function objectRelevance(whole: number, tile: number): number {
  return sigmoid(SLOPE * ((whole + tile) / 2 - CUT));
}
