// Runs in the command line: many vectors that lie as real ones do, in crowds of unlike size. Serves `bench vectors`.
import { randomFrom } from './pictures.ts';

export const DIMENSIONS = 512;
/** So many stored vectors are one picture over and over, with cosines of about 0.99 among them. */
export const NEAR_DUPLICATES = 1_000;
const CROWDS = 2_000;
/** Noise is cut from a table of normal numbers at any place: a million vectors are made in seconds. */
const NOISE = 1 << 21;

type Vector = Float32Array<ArrayBuffer>;

export interface CrowdedVectors {
  /** The next to be stored, of unit length. */
  readonly stored: () => Vector;
  /** One of the near-duplicates. */
  readonly duplicate: () => Vector;
  /** What a search asks for: near a crowd, free of what all vectors have in common. */
  readonly query: () => Vector;
  /** The same for the picture that the near-duplicates are of. */
  readonly duplicateQuery: () => Vector;
}

/** Each stored vector is what all share, and its crowd's own part, and a part of its own. */
export function crowdedVectors(seed: number): CrowdedVectors {
  const random = randomFrom(seed);
  const noise = new Float32Array(NOISE + DIMENSIONS);
  for (let i = 0; i < noise.length; i += 2) {
    // Box and Muller: two uniform numbers make two normal ones.
    const [size, angle] = [Math.sqrt(-2 * Math.log(1 - random())), 2 * Math.PI * random()];
    noise[i] = size * Math.cos(angle);
    noise[i + 1] = size * Math.sin(angle);
  }
  const part = (): Vector => {
    const from = Math.floor(random() * NOISE);
    return noise.slice(from, from + DIMENSIONS);
  };
  const mixed = (...parts: readonly (readonly [number, Vector])[]): Vector => {
    const sum = new Float32Array(DIMENSIONS);
    let square = 0;
    for (let i = 0; i < DIMENSIONS; i++) {
      let value = 0;
      for (const [weight, vector] of parts) value += weight * (vector[i] as number);
      sum[i] = value;
      square += value * value;
    }
    const length = Math.sqrt(square);
    for (let i = 0; i < DIMENSIONS; i++) sum[i] = (sum[i] as number) / length;
    return sum;
  };
  const common = part();
  const crowds = Array.from({ length: CROWDS }, part);
  // The first crowds are much larger than the last ones.
  const crowd = (): Vector => crowds[Math.floor(CROWDS * random() ** 3)] as Vector;
  const [own, itsCrowd] = [part(), crowd()];
  return {
    stored: () => mixed([0.8, common], [0.7, crowd()], [0.7, part()]),
    duplicate: () => mixed([0.8, common], [0.7, itsCrowd], [0.7, own], [0.12, part()]),
    query: () => mixed([0.7, crowd()], [0.7, part()]),
    duplicateQuery: () => mixed([0.7, itsCrowd], [0.7, own], [0.3, part()]),
  };
}
