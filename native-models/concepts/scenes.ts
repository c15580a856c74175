// Runs in a worker thread: pooled features of a picture to standardised features and scene relevances.
import { z } from 'zod';
import type { EncoderInput } from '../../library/ports.ts';
import probesJson from '../built-in/probes.json' with { type: 'json' };
import { SCENES } from './concept-names.ts';
import { logit, sigmoid } from './sigmoid.ts';
import { FEATURES } from './vector.ts';

const Values = z.array(z.number()).length(FEATURES);
const Probe = z.object({
  weights: Values,
  bias: z.number(),
  platt: z.object({ a: z.number(), b: z.number() }),
  /** Probability at which something is a result; null: never by itself. */
  cut: z.number().nullable(),
});
const probes = z
  .object({ mean: Values, std: Values, scenes: z.record(z.enum(SCENES), Probe) })
  .parse(probesJson);

/** For a scene without a cut: high enough to order results, never high enough to be one. */
const ORDERING_CUT = 0.5;
const BELOW_CUT = 0.49;

/**
 * Mean of each channel over the cells that hold picture.
 *
 * @param data - [1, channels, edge, edge]
 * @param cell - edge of a cell in pixels of the input
 */
export function pool(
  data: Float32Array,
  channels: number,
  edge: number,
  cell: number,
  content: EncoderInput['content'],
): number[] {
  const left = Math.floor(content.left / cell);
  const top = Math.floor(content.top / cell);
  const right = Math.ceil((content.left + content.width) / cell);
  const bottom = Math.ceil((content.top + content.height) / cell);
  const count = (right - left) * (bottom - top);
  return Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (let y = top; y < bottom; y++) {
      const row = (channel * edge + y) * edge;
      for (let x = left; x < right; x++) sum += data[row + x] ?? 0;
    }
    return sum / count;
  });
}

/** `clamp((x - mean) / std, -4, 4)`: rare values cannot outweigh all others. */
export function standardise(features: readonly number[]): Float32Array {
  return Float32Array.from(features, (value, i) => {
    const standard = (value - (probes.mean[i] ?? 0)) / (probes.std[i] ?? 1);
    return Math.min(4, Math.max(-4, standard));
  });
}

/** Relevance of each of SCENES; 0.5 at the probe's cut. */
export function sceneRelevances(standardised: Float32Array): number[] {
  return SCENES.map((scene) => {
    const { weights, bias, platt, cut } = probes.scenes[scene];
    const z = weights.reduce((sum, weight, i) => sum + weight * (standardised[i] ?? 0), bias);
    const evidence = platt.a * z + platt.b;
    const relevance = sigmoid(evidence - logit(cut ?? ORDERING_CUT));
    return cut === null ? relevance * BELOW_CUT : relevance;
  });
}
