// Runs in tests: encoders without models, whose vectors follow from words and colours by plain arithmetic.
import type { PackId } from '../../contract/index.ts';
import type {
  ConceptClause,
  Encoder,
  EncoderInput,
  ImageInput,
  PictureEmbedding,
  SpaceInfo,
  TextMeaning,
} from '../../library/ports.ts';

/** Colours that pictures are looked at for, with the RGB that each is nearest to. */
const colours: Readonly<Record<string, readonly [number, number, number]>> = {
  red: [220, 30, 30],
  green: [40, 160, 50],
  blue: [40, 70, 210],
  yellow: [240, 220, 50],
  white: [250, 250, 250],
  black: [10, 10, 10],
};

/** Korean words as the English ones that they mean here. */
const korean: Readonly<Record<string, string>> = {
  빨간: 'red',
  초록: 'green',
  파란: 'blue',
  노란: 'yellow',
  하얀: 'white',
  검은: 'black',
  고양이: 'cat',
  개: 'dog',
  기차: 'train',
  바다: 'sea',
};

/** Words that mean the same, as the one that stands for all of them: what a paraphrase is made of. */
const synonyms: Readonly<Record<string, string>> = {
  nation: 'country',
  homeland: 'country',
  serve: 'do',
  citizens: 'americans',
  compatriots: 'americans',
  request: 'ask',
  inquire: 'ask',
};

const imageInput: ImageInput = {
  size: 32,
  resize: 'exact',
  interpolation: 'bicubic',
  crop: 'none',
  padding: { rgb: [0, 0, 0], centred: true },
  alpha: 'white',
  colour: 'srgb',
};

/** A number from a text that is the same everywhere (FNV-1a), as a generator of numbers in [0, 1) (mulberry32). */
export function seeded(text: string): () => number {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) state = Math.imul(state ^ byte, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A direction that belongs to a text: normally distributed components, unit length. */
export function direction(text: string, dimensions: number): Float32Array {
  const random = seeded(text);
  return unit(
    Float32Array.from(
      { length: dimensions },
      () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
    ),
  );
}

export function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

function sumOf(parts: readonly (readonly [Float32Array, number])[], dimensions: number): Float32Array {
  const sum = new Float32Array(dimensions);
  for (const [vector, weight] of parts)
    for (const [i, value] of vector.entries()) sum[i] = (sum[i] ?? 0) + weight * value;
  return sum;
}

/** Korean words for an English one. */
const wordsFor = (name: string): string[] =>
  Object.entries(korean).flatMap(([word, english]) => (english === name ? [word] : []));

const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/\p{L}+/gu) ?? []).map((word) => korean[word] ?? word);

/** Share of each colour in a picture's pixels. */
export function colourShares(input: EncoderInput): Map<string, number> {
  const shares = new Map<string, number>();
  const pixels = input.rgb.length / 3;
  for (let i = 0; i < input.rgb.length; i += 3) {
    let nearest = '';
    let least = Infinity;
    for (const [name, rgb] of Object.entries(colours)) {
      const distance = rgb.reduce((sum, value, c) => sum + (value - (input.rgb[i + c] ?? 0)) ** 2, 0);
      if (distance < least) [nearest, least] = [name, distance];
    }
    shares.set(nearest, (shares.get(nearest) ?? 0) + 1 / pixels);
  }
  return shares;
}

/** A picture of one colour as a decode worker would give it. */
export function plainInput(rgb: readonly [number, number, number]): EncoderInput {
  const { size } = imageInput;
  return {
    rgb: Uint8Array.from({ length: size * size * 3 }, (_, i) => rgb[i % 3] ?? 0),
    content: { left: 0, top: 0, width: size, height: size },
  };
}

/**
 * A dual encoder with a gap between its pictures and its texts like CLIP's: texts share one large part, pictures
 * another, and what they mean is the smaller rest. Picture and text that mean the same have a cosine of about
 * 0.3, others about 0.15.
 */
export function createVectorEncoder(
  dimensions = 512,
): Encoder & { pictureOf(words: string, noise?: string): PictureEmbedding } {
  const space: SpaceInfo = {
    key: `fixture-vectors-${dimensions}`,
    packId: 'fixture-vectors' as PackId,
    family: 'dual-encoder',
    dimensions,
    concepts: [],
    languages: ['en', 'ko'],
    logitScale: 100,
    curves: null,
  };
  const common = direction('what texts and pictures share', dimensions);
  const textPart = direction('what texts share', dimensions);
  const picturePart = direction('what pictures share', dimensions);
  const meant = (weights: readonly (readonly [string, number])[]): Float32Array =>
    unit(
      sumOf(
        weights.map(([word, weight]) => [direction(word, dimensions), weight]),
        dimensions,
      ),
    );
  const embed = (shared: Float32Array, meaning: Float32Array): Float32Array =>
    unit(
      sumOf(
        [
          [common, 0.4],
          [shared, 0.8],
          [meaning, 0.45],
        ],
        dimensions,
      ),
    );
  const textVector = (text: string): Float32Array =>
    embed(textPart, meant(wordsOf(text).map((word) => [synonyms[word] ?? word, 1])));
  const picture = (weights: readonly (readonly [string, number])[]): PictureEmbedding => ({
    vector: embed(picturePart, meant(weights)),
    concepts: null,
    regions: [],
  });
  return {
    space,
    imageInput,
    batchSize: 8,
    pictureOf: (words, noise = words) =>
      picture([...wordsOf(words).map((word) => [word, 1] as const), [`noise of ${noise}`, 0.5]]),
    encodePictures: async (inputs) => inputs.map((input) => picture([...colourShares(input)])),
    encodeTexts: async (texts): Promise<TextMeaning[]> =>
      texts.map((text) => ({ kind: 'vector', vector: textVector(text) })),
    encodeSentences: async (texts) => texts.map(textVector),
    close: async () => {},
  };
}

/** What the concept encoder knows: a concept's words, roughly known words, words that only order. */
export interface FixtureLexicon {
  readonly concepts: readonly string[];
  readonly weak?: Readonly<Record<string, string>>;
  readonly ordering?: readonly string[];
  readonly fillers?: readonly string[];
}

/** A concepts pack: its words are its concepts, its colours are seen in the pixels. */
export function createConceptEncoder(
  lexicon: FixtureLexicon,
): Encoder & { pictureOf(seen: Readonly<Record<string, number>>): PictureEmbedding } {
  const { concepts } = lexicon;
  const space: SpaceInfo = {
    key: 'fixture-concepts',
    packId: 'fixture-concepts' as PackId,
    family: 'concepts',
    dimensions: 64,
    concepts,
    languages: ['en', 'ko'],
    logitScale: 1,
    curves: null,
  };
  const pictureOf = (seen: Readonly<Record<string, number>>): PictureEmbedding => ({
    vector: unit(
      sumOf(
        [
          ...Object.entries(seen).map(([name, value]) => [direction(name, 64), value] as const),
          [direction('any', 64), 0.1],
        ],
        64,
      ),
    ),
    concepts: Float32Array.from(concepts, (name) => seen[name] ?? 0.02),
    regions: Object.entries(seen).flatMap(([name, relevance]) =>
      relevance < 0.5
        ? []
        : [{ concept: concepts.indexOf(name), relevance, x: 0.1, y: 0.2, width: 0.5, height: 0.5 }],
    ),
  });
  const clauseOf = (word: string): ConceptClause | null => {
    const name = korean[word] ?? word;
    const weakAs = lexicon.weak?.[name] ?? null;
    const concept = concepts.indexOf(weakAs ?? name);
    if (concept < 0) return null;
    return {
      ...{ word, anyOf: [concept], weakAs, orderingOnly: lexicon.ordering?.includes(name) ?? false },
      sameAs:
        weakAs === null ? [name, ...wordsFor(name)].filter((other) => other !== word.toLowerCase()) : [],
    };
  };
  return {
    space,
    imageInput,
    batchSize: 1,
    pictureOf,
    encodePictures: async (inputs) =>
      inputs.map((input) => pictureOf(Object.fromEntries(colourShares(input)))),
    encodeTexts: async (texts): Promise<TextMeaning[]> =>
      texts.map((text) => {
        const words = (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter(
          (word) => !(lexicon.fillers ?? []).includes(word),
        );
        const clauses = words.map(clauseOf);
        return {
          kind: 'concepts',
          clauses: clauses.filter((clause) => clause !== null),
          unknown: words.filter((_, i) => clauses[i] === null),
        };
      }),
    encodeSentences: null,
    close: async () => {},
  };
}
