// Runs on any thread: the vector by which the built-in pack compares pictures.
import { CONCEPTS } from './concept-names.ts';

/** 480 of the backbone, 128 of the head, 17 of the pixels. */
export const FEATURES = 625;

/** Length of the vector: concepts, then standardised features. */
export const VECTOR_LENGTH = CONCEPTS.length + FEATURES;

/** Each part at length 1, side by side, the whole at length 1 again. */
export function joined(concepts: Float32Array, features: Float32Array): Float32Array {
  const vector = new Float32Array(concepts.length + features.length);
  const put = (part: Float32Array, at: number) => {
    const length = Math.hypot(...part);
    if (length === 0) return;
    part.forEach((value, i) => (vector[at + i] = value / length));
  };
  put(concepts, 0);
  put(features, concepts.length);
  const whole = Math.hypot(...vector) || 1;
  return vector.map((value) => value / whole);
}
