// Runs in a worker thread: one pass of the object detector over one letterboxed picture.
import { join } from 'node:path';
import { loadModel, type Model } from '../runtime/model-runtime.ts';
import { OBJECTS } from './concept-names.ts';

/** Edge of the square input, pixels; the graph knows no other. */
export const INPUT_EDGE = 512;
/** Cells of the heat map; each stands for 4 pixels. */
const MAP_EDGE = 128;
const MAP_CELL = INPUT_EDGE / MAP_EDGE;

export const DETECTOR_OUTPUTS = {
  heat: 'tower_0/keypoints',
  sizes: 'tower_0/wh',
  maxima: 'tower_0/max_pooling2d/MaxPool',
  backbone: 'tower_0/extern1/hard_swish/mul_1',
  head: 'tower_0/CenternetHead/mul',
} as const;
const INPUT_NAME = 'tower_0/images';

/** A found object in pixels of the input. */
export interface Box {
  /** Index into OBJECTS. */
  readonly object: number;
  readonly score: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Detection {
  /** Highest score of each object anywhere in the picture, 0..1. */
  readonly scores: Float32Array;
  /** Peaks of the heat map at or above the asked score, best first. */
  readonly boxes: readonly Box[];
  /** Feature maps for the scene probes: [1, 480, 16, 16] and [1, 128, 128, 128]; null when not asked for. */
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

  /** @param rgb - 512 x 512 x 3 bytes  @param floor - boxes below this score are left out */
  async run(rgb: Uint8Array, floor: number): Promise<Detection> {
    const dims = [1, INPUT_EDGE, INPUT_EDGE, 3];
    const pixels = { type: 'float32', data: Float32Array.from(rgb), dims } as const;
    const results = await this.#model.run({ [INPUT_NAME]: pixels }, Object.values(DETECTOR_OUTPUTS));
    const of = (name: string) => results[name]?.data ?? new Float32Array();
    const heat = of(DETECTOR_OUTPUTS.heat);
    const { scores, boxes } = peaks(heat, of(DETECTOR_OUTPUTS.maxima), of(DETECTOR_OUTPUTS.sizes), floor);
    return { scores, boxes, backbone: of(DETECTOR_OUTPUTS.backbone), head: of(DETECTOR_OUTPUTS.head) };
  }

  close(): Promise<void> {
    return this.#model.close();
  }
}

/**
 * Reads scores and boxes from the detector's planes. A cell is an object's centre where it equals the
 * maximum of its neighbourhood; the size planes hold the distances from there to the four sides.
 */
export function peaks(
  heat: Float32Array,
  maxima: Float32Array,
  sizes: Float32Array,
  floor: number,
): Pick<Detection, 'scores' | 'boxes'> {
  const plane = MAP_EDGE * MAP_EDGE;
  const scores = new Float32Array(OBJECTS.length);
  const boxes: Box[] = [];
  for (let object = 0; object < OBJECTS.length; object++) {
    let best = 0;
    for (let cell = 0; cell < plane; cell++) {
      const score = heat[object * plane + cell] ?? 0;
      if (score > best) best = score;
      if (score < floor || score !== maxima[object * plane + cell]) continue;
      const x = (cell % MAP_EDGE) * MAP_CELL;
      const y = Math.floor(cell / MAP_EDGE) * MAP_CELL;
      const side = (index: number) => sizes[index * plane + cell] ?? 0;
      boxes.push({
        object,
        score,
        left: x - side(0),
        top: y - side(1),
        right: x + side(2),
        bottom: y + side(3),
      });
    }
    scores[object] = best;
  }
  boxes.sort((a, b) => b.score - a.score);
  return { scores, boxes };
}
