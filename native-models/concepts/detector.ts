// Runs in a worker thread: the object detector, over a whole letterboxed picture and over its tiles.
import { join } from 'node:path';
import type { EncoderInput } from '../../library/ports.ts';
import { loadModel, type Model } from '../runtime/model-runtime.ts';
import { OBJECTS } from './concept-names.ts';
import { type Box, highest, peaks } from './heat-map.ts';
import { cutOut, TILE_EDGE, tilesOf } from './tiles.ts';

/** Edge of the square input, pixels: the size that calibration and probes were fitted to. */
export const INPUT_EDGE = 512;

const INPUT = 'tower_0/images';
const HEAT = 'tower_0/keypoints';
const SIZES = 'tower_0/wh';
const MAXIMA = 'tower_0/max_pooling2d/MaxPool';
const BACKBONE = 'tower_0/extern1/hard_swish/mul_1';
const HEAD = 'tower_0/CenternetHead/mul';

export interface Detection {
  /** Highest score of each object in the whole picture, 0..1. */
  readonly whole: Float32Array;
  /** Highest score of each object in any tile, 0..1. */
  readonly tiles: Float32Array;
  /** Peaks of the whole picture's heat map, best first. */
  readonly boxes: readonly Box[];
  /** Feature maps of the whole picture for the scene probes: [1, 480, 16, 16] and [1, 128, 128, 128]. */
  readonly backbone: Float32Array;
  readonly head: Float32Array;
}

export class Detector {
  readonly #model: Model;

  private constructor(model: Model) {
    this.#model = model;
  }

  static async open(folder: string, threads: number): Promise<Detector> {
    return new Detector(await loadModel(join(folder, 'centernet.onnx'), threads));
  }

  /** @param floor - boxes below this score are left out */
  async detect(input: EncoderInput, floor: number): Promise<Detection> {
    const outputs = await this.#run(new Float32Array(input.rgb), INPUT_EDGE, [
      ...[HEAT, SIZES, MAXIMA, BACKBONE, HEAD],
    ]);
    const heat = outputs(HEAT);
    const tiles = new Float32Array(OBJECTS.length);
    for (const tile of tilesOf(input.content)) {
      const pixels = cutOut(input.rgb, INPUT_EDGE, tile, TILE_EDGE);
      const scores = highest((await this.#run(pixels, TILE_EDGE, [HEAT]))(HEAT));
      scores.forEach((score, object) => (tiles[object] = Math.max(score, tiles[object] ?? 0)));
    }
    return {
      whole: highest(heat),
      tiles,
      boxes: peaks(heat, outputs(MAXIMA), outputs(SIZES), floor),
      backbone: outputs(BACKBONE),
      head: outputs(HEAD),
    };
  }

  close(): Promise<void> {
    return this.#model.close();
  }

  async #run(data: Float32Array, edge: number, wanted: string[]): Promise<(name: string) => Float32Array> {
    const pixels = { type: 'float32', data, dims: [1, edge, edge, 3] } as const;
    const results = await this.#model.run({ [INPUT]: pixels }, wanted);
    return (name) => results[name]?.data ?? new Float32Array();
  }
}
