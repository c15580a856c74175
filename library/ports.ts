// Runs nowhere by itself: what the engine needs from outside, as interfaces. Types only.
import type {
  PackCost,
  PackDownload,
  PackId,
  PackInfo,
  PackOffer,
  PackVerification,
  Relevance,
} from '../contract/index.ts';

/**
 * How a pack wants its pictures: the `image` block of a manifest, the part that concerns pixels.
 * Given to the decode workers as plain data, so every decoder serves every encoder.
 */
export interface ImageInput {
  /** Edge of the square input, pixels. */
  readonly size: number;
  /**
   * `shortest-edge`: short = size, long = floor(size * long / short); `exact`: both = size, aspect
   * not kept; `longest-edge`: fit inside, each edge max(1, round(size * edge / longest)), then pad.
   */
  readonly resize: 'shortest-edge' | 'exact' | 'longest-edge';
  readonly interpolation: 'bicubic' | 'bilinear' | 'lanczos' | 'nearest';
  /** `center`: crop to size x size at floor((edge - size) / 2). Only with `shortest-edge`. */
  readonly crop: 'center' | 'none';
  /** Padding of `longest-edge`: colour, and whether the picture stands in the middle or at the top left. */
  readonly padding: { readonly rgb: readonly [number, number, number]; readonly centred: boolean };
  /** `white`: transparency is laid on white before resizing; `drop`: hidden colours show. */
  readonly alpha: 'drop' | 'white';
  /** `srgb`: the colour profile is applied; `as-stored`: it is ignored. */
  readonly colour: 'as-stored' | 'srgb';
}

/** A decoded picture prepared for one {@link ImageInput}: size x size RGB bytes, rows from the top. */
export interface EncoderInput {
  readonly rgb: Uint8Array;
  /** The part that holds picture, not padding, in pixels of the square. */
  readonly content: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
}

/** Something the encoder found at a place; 0 to 1 of the upright picture's width and height. */
export interface FoundRegion {
  /** Index into {@link SpaceInfo.concepts}. */
  readonly concept: number;
  readonly relevance: Relevance;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What an encoder makes of one picture. */
export interface PictureEmbedding {
  /** Unit length, {@link SpaceInfo.dimensions} long; cosine says how alike two pictures are. */
  readonly vector: Float32Array;
  /** `concepts` family only: relevance 0..1 of each of {@link SpaceInfo.concepts}. */
  readonly concepts: Float32Array | null;
  readonly regions: readonly FoundRegion[];
}

/** One word or fixed phrase of a query as a `concepts` pack understands it. */
export interface ConceptClause {
  /** As the person wrote it. */
  readonly word: string;
  /** Any of these satisfies it; the best counts. Indexes into {@link SpaceInfo.concepts}. */
  readonly anyOf: readonly number[];
  /** Other words for the same, in every language of the pack: a name that holds one answers too. */
  readonly sameAs: readonly string[];
  /** The pack knows the word only roughly, by a wider concept; `as` names that ("beach" as "water"). */
  readonly weakAs: string | null;
  /** May order results of other clauses, must never make a result by itself (the `night` probe). */
  readonly orderingOnly: boolean;
}

/** What an encoder makes of one piece of text. */
export type TextMeaning =
  | { readonly kind: 'vector'; readonly vector: Float32Array }
  | {
      readonly kind: 'concepts';
      /** All must be satisfied: relevance is the geometric mean over clauses of the best concept. */
      readonly clauses: readonly ConceptClause[];
      /** Words that are nowhere in the lexicon, as written. With one of them there is no result. */
      readonly unknown: readonly string[];
    };

/** One version of one pack as an embedding space. */
export interface SpaceInfo {
  /**
   * What would change its vectors: pack id, version, digest of the image model, of the image block.
   * Vectors of different keys are never compared.
   */
  readonly key: string;
  readonly packId: PackId;
  readonly family: 'concepts' | 'dual-encoder';
  /** Length of {@link PictureEmbedding.vector}. */
  readonly dimensions: number;
  /** Names of the concepts, in the order of the values; empty for other families. */
  readonly concepts: readonly string[];
  /** BCP 47, or `*` for many. */
  readonly languages: readonly string[];
  /** Scale by which the pack multiplies cosines (CLIP: 100). Used for the standing, see search/relevance. */
  readonly logitScale: number;
  /** Curves from a judged cosine to relevance, where the manifest has fitted ones; null: the default. */
  readonly curves: RelevanceCurves | null;
}

/** relevance = sigmoid(slope * (x - middle)); what x is, search/relevance.ts says. */
export interface RelevanceCurve {
  readonly slope: number;
  readonly middle: number;
}

export interface RelevanceCurves {
  readonly textToPicture: RelevanceCurve;
  readonly pictureToPicture: RelevanceCurve;
  readonly textToText: RelevanceCurve;
}

/** A pack opened for use. Every call runs off the answering thread. */
export interface Encoder {
  readonly space: SpaceInfo;
  readonly imageInput: ImageInput;
  /** How many pictures to give at once for best use. */
  readonly batchSize: number;
  /**
   * @returns one embedding per input, in order
   * @throws Failure MODEL_FAILED; AbortError when `signal` fires
   */
  encodePictures(inputs: readonly EncoderInput[], signal?: AbortSignal): Promise<PictureEmbedding[]>;
  /** What each text means, in order. Throws like encodePictures. */
  encodeTexts(texts: readonly string[], signal?: AbortSignal): Promise<TextMeaning[]>;
  /**
   * One vector per text as it stands (no prompts around it), to be compared with other texts: what is longer
   * than the model's context is read in pieces to its end. Null for packs whose texts are no vectors.
   */
  readonly encodeSentences:
    ((texts: readonly string[], signal?: AbortSignal) => Promise<Float32Array[]>) | null;
  close(): Promise<void>;
}

/** Tells voices from all other sound, a window at a time. */
export interface VoiceDetector {
  /** Samples judged at once. */
  readonly windowSamples: number;
  /** Begins a sound: mono, 16 kHz. */
  stream(): VoiceStream;
  close(): Promise<void>;
}

export interface VoiceStream {
  /**
   * The next piece of the sound, of any length; what is no whole window is kept for the next one.
   *
   * @returns how sure it is of a voice, 0 to 1, per window
   * @throws Failure MODEL_FAILED; AbortError
   */
  judge(samples: Int16Array, signal?: AbortSignal): Promise<Float32Array>;
}

/** A word as it was heard; in scripts without spaces a few letters. `text` has the space before it, if any. */
export interface HeardWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** What a recogniser gives at a time: about a sentence. */
export interface HeardSegment {
  readonly startMs: number;
  readonly endMs: number;
  readonly words: readonly HeardWord[];
  /** Mean of the natural logarithms of its tokens' probabilities: near 0 is sure. */
  readonly averageLogProbability: number;
}

export interface Heard {
  /** As the recogniser took it: two letters as a rule. */
  readonly language: string;
  readonly segments: readonly HeardSegment[];
}

/** A speech pack opened for use. Runs in a child process. */
export interface Recogniser {
  readonly packId: PackId;
  /**
   * Writes down what is said. Times count from the first sample.
   *
   * @param samples - mono, 16 kHz, some minutes at the most
   * @param language - as in {@link Heard}; null: to be found out
   * @throws Failure MODEL_FAILED; AbortError: at once, and nothing is left running
   */
  transcribe(samples: Int16Array, language: string | null, signal?: AbortSignal): Promise<Heard>;
}

/** What hears. */
export interface Speech {
  /** Whether a program for speech packs runs here; `sentence` says which, or what to do. */
  program(): Promise<{ readonly works: boolean; readonly sentence: string }>;
  /** The detector of voices, which comes with the app. Throws Failure PACK_FILE_MISSING or MODEL_FAILED. */
  openVoices(): Promise<VoiceDetector>;
  /** Throws Failure PACK_* where the pack, MODEL_FAILED where the program is not there. */
  openRecogniser(packId: PackId, options: { threads: number }): Promise<Recogniser>;
}

/** The packs at hand: the built-in one and those imported into `packs/` of the library. */
export interface Packs {
  list(): Promise<PackSummary[]>;
  /** Copies a pack's folder, atomically, after checking manifest, sizes and digests. Throws Failure PACK_*. */
  import(folder: string, signal?: AbortSignal): Promise<PackSummary>;
  verify(packId: PackId): Promise<PackVerification>;
  remove(packId: PackId): Promise<void>;
  /** Opens a pack's encoder; `threads` bounds what one run may use. Throws Failure PACK_* or MODEL_FAILED. */
  open(packId: PackId, options: { threads: number }): Promise<Encoder>;
  readonly speech: Speech;
  readonly downloads: PackDownloads;
}

/** Packs over the network: the only part of the app that opens outside connections, and only when told to. */
export interface PackDownloads {
  /** Throws nothing: a manifest that came with the app is in order. */
  offers(mirror: string | null): Promise<PackOffer[]>;
  /** Those that run, and those that were left off. */
  states(): Promise<PackDownload[]>;
  /**
   * Begins or goes on; answers when it runs, and tells the end by {@link onChange}.
   * Throws Failure PACK_UNKNOWN, DISK_FULL, INPUT_INVALID (a mirror that is no address).
   */
  start(packId: PackId, mirror: string | null): Promise<void>;
  /** Ends when nothing is written any more. */
  stop(packId: PackId, keep: boolean): Promise<void>;
  /** `installed` is the pack that has just become whole; null: a download is further, stopped, or has failed. */
  onChange(listener: (installed: PackId | null) => void): void;
  cost(packId: PackId): Promise<PackCost>;
  /** Stops all of them, and a measuring of cost; what has arrived is kept. */
  close(): Promise<void>;
}

/** What a pack says of itself; the engine adds which is active. */
export type PackSummary = Omit<PackInfo, 'active' | 'filling'>;

/** The pack that comes with the app. */
export const BUILT_IN = 'built-in' as PackId;

/** The system's trash, from which a person can take things back. */
export interface Trash {
  /** Moves one file. @throws when it cannot be moved; then it is where it was */
  move(path: string): Promise<void>;
}

export interface Power {
  /** False also where the machine does not say. */
  onBattery(): Promise<boolean>;
}

/** Time, so that tests can hold it still. */
export interface Clock {
  nowMs(): number;
}

/** Where the engine says what it does; fields never hold a query's text. */
export interface Log {
  debug(event: string, fields?: Record<string, unknown>): void;
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}
