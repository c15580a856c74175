// Runs on any thread: the vector by which the built-in pack compares pictures.
import { CONCEPTS, OBJECTS } from './concept-names.ts';

/** 480 of the backbone, 128 of the head, 17 of the pixels. */
export const FEATURES = 625;

/** Length of the vector: concepts, then standardised features. */
export const VECTOR_LENGTH = CONCEPTS.length + FEATURES;

/**
 * How much a concept says about likeness: an object most, a share of a colour little. That nobody is in
 * it is true of most pictures and says nothing.
 */
const WEIGHTS = CONCEPTS.map((name, index) => {
  if (index < OBJECTS.length) return 3;
  // A patch says the same as its colour's share, less of the picture.
  if (name === 'people:0' || name.startsWith('thing:')) return 0;
  return name.startsWith('colour:') || name.startsWith('tone:') ? 0.3 : 1;
});
/** Length of the concept part beside the features' 1: what is in a picture before how it looks. */
const CONCEPT_SHARE = 2;

/**
 * Weighted concepts and features side by side, each at its length, the whole at length 1.
 * docs/built-in-pack.md has the trials that chose the weights.
 */
export function joined(concepts: Float32Array, features: Float32Array): Float32Array {
  const vector = new Float32Array(VECTOR_LENGTH);
  const put = (part: Float32Array, at: number, length: number) => {
    const scale = length / (Math.hypot(...part) || 1);
    part.forEach((value, i) => (vector[at + i] = value * scale));
  };
  const weighted = concepts.map((value, i) => value * (WEIGHTS[i] ?? 1));
  put(weighted, 0, CONCEPT_SHARE);
  put(features, concepts.length, 1);
  const whole = Math.hypot(...vector) || 1;
  return vector.map((value) => value / whole);
}
