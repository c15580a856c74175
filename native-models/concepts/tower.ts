// Runs in a worker thread: one picture to concepts, regions and the vector for similar pictures.
import type { EncoderInput, PictureEmbedding } from '../../library/ports.ts';
import type { Tower } from '../runtime/messages.ts';
import { CONCEPTS, conceptIndex, OBJECTS, SCENES } from './concept-names.ts';
import { Detector, INPUT_EDGE } from './detector.ts';
import { objectRelevance } from './object-relevance.ts';
import { colourRelevances, peopleRelevances, toneRelevances } from './picture-facts.ts';
import { pixelFeatures, pixelValues } from './pixel-values.ts';
import { toRegions } from './regions.ts';
import { pool, sceneRelevances, standardise } from './scenes.ts';
import { joined } from './vector.ts';

/** Boxes below this raw score are noise even for counting. */
const BOX_FLOOR = 0.35;

/** Loads the models of the built-in pack. */
export async function openConcepts(opening: { folder: string; threads: number }): Promise<Tower> {
  const detector = await Detector.open(opening.folder, opening.threads);
  return {
    async encodePictures(inputs) {
      const embeddings: PictureEmbedding[] = [];
      for (const input of inputs) embeddings.push(await encode(detector, input));
      return embeddings;
    },
    close: () => detector.close(),
  };
}

async function encode(detector: Detector, input: EncoderInput): Promise<PictureEmbedding> {
  const { content } = input;
  const { scores, boxes, backbone, head } = await detector.run(input.rgb, BOX_FLOOR);
  const pixels = pixelValues(input, INPUT_EDGE);
  const features = standardise([
    ...pool(backbone, 480, 16, 32, content),
    ...pool(head, 128, 128, 4, content),
    ...pixelFeatures(pixels),
  ]);
  const concepts = new Float32Array(CONCEPTS.length);
  const set = (values: Readonly<Record<string, number>>) => {
    for (const [name, value] of Object.entries(values)) concepts[conceptIndex(name)] = value;
  };
  OBJECTS.forEach((_, object) => (concepts[object] = objectRelevance(object, scores)));
  const scenes = sceneRelevances(features);
  SCENES.forEach((scene, i) => {
    set({ [scene]: scenes[i] ?? 0 });
  });
  set(colourRelevances(pixels));
  set(toneRelevances(pixels));
  set(peopleRelevances(boxes, concepts[0] ?? 0));
  const regions = toRegions(boxes, content, (box) => objectRelevance(box.object, scores, box.score));
  return { vector: joined(concepts, features), concepts, regions: regions.filter((r) => r.relevance >= 0.5) };
}
