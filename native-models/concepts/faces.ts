// Runs in a worker thread: whether there is a face in a picture and whether one smiles.
import { join } from 'node:path';
import type { EncoderInput } from '../../library/ports.ts';
import { loadModel, type Model } from '../runtime/model-runtime.ts';
import { INPUT_EDGE } from './detector.ts';
import { type Face, FACE_INPUT_EDGE, facesOf, withoutDoubles } from './face-anchors.ts';
import { cutOut } from './tiles.ts';

/** Score at which 3 of 150 photos without people had a false face and 35 of 35 portraits a true one. */
const FACE_FLOOR = 0.7;
/** "happy" at or above it was always right; the other emotions were noise and are not asked. */
const SMILE_FLOOR = 0.8;
const HAPPY = 3;
const EMOTION_EDGE = 64;
/** The emotion network saw faces with some forehead and chin around the box. */
const FACE_MARGIN = 1.2;
/** Faces looked at for a smile, best first. */
const MAX_SMILES = 4;

export interface FaceFacts {
  readonly face: boolean;
  readonly smiling: boolean;
}

export class Faces {
  readonly #finder: Model;
  readonly #emotion: Model;

  private constructor(finder: Model, emotion: Model) {
    this.#finder = finder;
    this.#emotion = emotion;
  }

  static async open(folder: string, threads: number): Promise<Faces> {
    const [finder, emotion] = await Promise.all([
      loadModel(join(folder, 'blazeface.onnx'), threads),
      loadModel(join(folder, 'emotion.onnx'), threads),
    ]);
    return new Faces(finder, emotion);
  }

  async look(input: EncoderInput): Promise<FaceFacts> {
    const faces = await this.#find(input);
    for (const face of faces.slice(0, MAX_SMILES))
      if (await this.#smiles(input, face)) return { face: true, smiling: true };
    return { face: faces.length > 0, smiling: false };
  }

  async close(): Promise<void> {
    await Promise.all([this.#finder.close(), this.#emotion.close()]);
  }

  /** Faces in pixels of the encoder's input, best first. */
  async #find({ rgb, content }: EncoderInput): Promise<Face[]> {
    const pixels = cutOut(rgb, INPUT_EDGE, content, FACE_INPUT_EDGE, 0);
    const data = pixels.map((value) => value / 127.5 - 1);
    const dims = [1, FACE_INPUT_EDGE, FACE_INPUT_EDGE, 3];
    const results = await this.#finder.run({ input: { type: 'float32', data, dims } }, [
      ...['Identity', 'Identity_1', 'Identity_2', 'Identity_3'],
    ]);
    const of = (name: string) => results[name]?.data ?? new Float32Array();
    const layers = [
      { stride: 16, perCell: 2, logits: of('Identity'), boxes: of('Identity_2') },
      { stride: 32, perCell: 6, logits: of('Identity_1'), boxes: of('Identity_3') },
    ];
    const scale = Math.max(content.width, content.height) / FACE_INPUT_EDGE;
    const left = content.left + (content.width - FACE_INPUT_EDGE * scale) / 2;
    const top = content.top + (content.height - FACE_INPUT_EDGE * scale) / 2;
    return withoutDoubles(layers.flatMap((layer) => facesOf(layer, FACE_FLOOR))).map((face) => ({
      score: face.score,
      left: left + face.left * scale,
      top: top + face.top * scale,
      width: face.width * scale,
      height: face.height * scale,
    }));
  }

  async #smiles({ rgb }: EncoderInput, face: Face): Promise<boolean> {
    const side = Math.max(8, Math.round(Math.max(face.width, face.height) * FACE_MARGIN));
    const part = {
      left: Math.round(face.left + (face.width - side) / 2),
      top: Math.round(face.top + (face.height - side) / 2),
      width: side,
      height: side,
    };
    const pixels = cutOut(rgb, INPUT_EDGE, part, EMOTION_EDGE, 0);
    const grey = Float32Array.from({ length: EMOTION_EDGE * EMOTION_EDGE }, (_, i) => {
      const channel = (index: number) => pixels[i * 3 + index] ?? 0;
      return (0.2989 * channel(0) + 0.587 * channel(1) + 0.114 * channel(2)) / 127.5 - 1;
    });
    const dims = [1, EMOTION_EDGE, EMOTION_EDGE, 1];
    const results = await this.#emotion.run({ input_1: { type: 'float32', data: grey, dims } }, ['Identity']);
    return (results['Identity']?.data[HAPPY] ?? 0) >= SMILE_FLOOR;
  }
}
