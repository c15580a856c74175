// Runs in the command line: an embedding space with a gap between pictures and texts as CLIP's. Serves `bench fusion`.
import type { PackId } from '../../contract/index.ts';
import type { Encoder, PictureEmbedding, SpaceInfo } from '../../library/ports.ts';
import { randomFrom } from './pictures.ts';

const DIMENSIONS = 512;
/** Noise lies in few directions, as what real encoders make does: that makes it 0.03 between any two. */
const NOISE_DIMENSIONS = 128;

/** Squared shares of a unit vector: what its class has in common, what it is about, noise. */
const TEXT = { own: 0.72, about: 0.12, noise: 0.16 };
const PICTURE = { texts: 0.014, own: 0.35, about: 0.187, noise: 0.45 };

export const gapSpace: SpaceInfo = {
  key: 'gap-space',
  packId: 'gap-space' as PackId,
  family: 'dual-encoder',
  dimensions: DIMENSIONS,
  concepts: [],
  languages: ['en', 'ko'],
  logitScale: 100,
  curves: null,
};

function numberOf(text: string): number {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) state = Math.imul(state ^ byte, 0x01000193);
  return state >>> 0;
}

function direction(name: string, first = 0, last = DIMENSIONS): Float32Array {
  const random = randomFrom(numberOf(name) + 1);
  const vector = new Float32Array(DIMENSIONS);
  for (let i = first; i < last; i++)
    vector[i] = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return scaled(vector, 1);
}

function scaled(vector: Float32Array, length: number): Float32Array {
  const factor = length / Math.hypot(...vector);
  return vector.map((value) => value * factor);
}

function sum(parts: readonly (readonly [Float32Array, number])[]): Float32Array {
  const all = new Float32Array(DIMENSIONS);
  for (const [vector, share] of parts)
    for (let i = 0; i < DIMENSIONS; i++) all[i] = (all[i] ?? 0) + (vector[i] ?? 0) * share;
  return scaled(all, 1);
}

const allTexts = direction('what texts have in common');
const allPictures = direction('what pictures have in common');
const aboutOf = new Map<string, Float32Array>();

function about(concept: string): Float32Array {
  const known = aboutOf.get(concept) ?? direction(`about ${concept}`);
  aboutOf.set(concept, known);
  return known;
}

/** Same concept: cosine about 0.84; others about 0.72. `hub` adds to what it has in common with all texts. */
export function textVector(concept: string, name: string, hub = 0): Float32Array {
  return sum([
    [allTexts, Math.sqrt(TEXT.own) + hub],
    [about(concept), Math.sqrt(TEXT.about)],
    [direction(`noise ${name}`, 0, NOISE_DIMENSIONS), Math.sqrt(TEXT.noise)],
  ]);
}

/** To a text of the same concept: cosine about 0.25; to others about 0.1. */
export function pictureVector(concept: string, name: string, hub = 0): Float32Array {
  return sum([
    [allTexts, Math.sqrt(PICTURE.texts) + hub],
    [allPictures, Math.sqrt(PICTURE.own)],
    [about(concept), Math.sqrt(PICTURE.about)],
    [direction(`noise ${name}`, 0, NOISE_DIMENSIONS), Math.sqrt(PICTURE.noise)],
  ]);
}

/** How much of a hub a moment is: most are little, one in twenty a lot. */
export function hubness(random: () => number): number {
  return (random() - 0.5) * 0.05 + (random() < 0.05 ? 0.06 : 0);
}

export const embedded = (vector: Float32Array): PictureEmbedding => ({ vector, concepts: null, regions: [] });

/** A text is about itself. */
export const gapEncoder: Encoder = {
  space: gapSpace,
  imageInput: {
    ...{ size: 32, resize: 'exact', interpolation: 'bicubic', crop: 'none', alpha: 'white', colour: 'srgb' },
    padding: { rgb: [0, 0, 0], centred: true },
  },
  batchSize: 1,
  encodePictures: () => Promise.reject(new Error('nothing is shown to this encoder')),
  encodeTexts: (texts) =>
    Promise.resolve(
      texts.map((text) => {
        const hub = hubness(randomFrom(numberOf(text)));
        return { kind: 'vector', vector: textVector(text, `query ${text}`, hub) };
      }),
    ),
  encodeSentences: null,
  close: () => Promise.resolve(),
};
