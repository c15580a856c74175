// Runs on any thread: the logistic function and its inverse.

/** 1 / (1 + e^-x). */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Inverse of {@link sigmoid}. */
export function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}
