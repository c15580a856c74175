// Runs in a worker thread: one picture to concepts, regions and the vector for similar pictures.
import { CUT_OFF } from '../../contract/index.ts';
import type { EncoderInput, PictureEmbedding } from '../../library/ports.ts';
import type { Tower } from '../runtime/messages.ts';
import { thingColours } from './colour-patches.ts';
import { CONCEPTS, conceptIndex, OBJECTS, SCENES } from './concept-names.ts';
import { Detector, INPUT_EDGE } from './detector.ts';
import { type FaceFacts, Faces } from './faces.ts';
import { objectRelevance } from './object-relevance.ts';
import {
  colourRelevances,
  faceRelevances,
  foodRelevance,
  peopleRelevances,
  toneRelevances,
} from './picture-facts.ts';
import { pixelFeatures, pixelValues } from './pixel-values.ts';
import { toRegions } from './regions.ts';
import { pool, sceneRelevances, standardise } from './scenes.ts';
import { joined } from './vector.ts';

/** Boxes below this raw score are noise even for counting. */
const BOX_FLOOR = 0.35;
/** Faces are looked for where the detector's score of a person reaches this, in the whole or in a tile. */
const PERSON_FLOOR = 0.2;
const PERSON = 0;
const FOOD = SCENES.indexOf('scene:food');
const GREEN = SCENES.indexOf('scene:green');

/** Loads the models of the built-in pack. */
export async function openConcepts(opening: { folder: string; threads: number }): Promise<Tower> {
  const detector = await Detector.open(opening.folder, opening.threads);
  const faces = await Faces.open(opening.folder, opening.threads);
  return {
    async encodePictures(inputs) {
      const embeddings: PictureEmbedding[] = [];
      for (const input of inputs) embeddings.push(await encode(detector, faces, input));
      return embeddings;
    },
    async close() {
      await Promise.all([detector.close(), faces.close()]);
    },
  };
}

async function encode(detector: Detector, faces: Faces, input: EncoderInput): Promise<PictureEmbedding> {
  const { content } = input;
  const { whole, tiles, boxes, backbone, head } = await detector.detect(input, BOX_FLOOR);
  const person = Math.max(whole[PERSON] ?? 0, tiles[PERSON] ?? 0);
  const faceFacts: FaceFacts =
    person >= PERSON_FLOOR ? await faces.look(input) : { face: false, smiling: false };
  const pixels = pixelValues(input, INPUT_EDGE);
  const features = standardise([
    ...pool(backbone, 480, 16, 32, content),
    ...pool(head, 128, 128, 4, content),
    ...pixelFeatures(pixels),
  ]);

  const concepts = new Float32Array(CONCEPTS.length);
  OBJECTS.forEach((_, object) => {
    concepts[object] = objectRelevance(whole[object] ?? 0, tiles[object] ?? 0);
  });
  const colours = colourRelevances(pixels);
  const scenes = sceneRelevances(features);
  const facts: Record<string, number> = {
    ...Object.fromEntries(SCENES.map((scene, i) => [scene, scenes[i] ?? 0])),
    'scene:food': foodRelevance(scenes[FOOD] ?? 0, scenes[GREEN] ?? 0, concepts),
    ...colours,
    ...thingColours(pixels, boxes, content, colours),
    ...toneRelevances(pixels),
    ...peopleRelevances(boxes, concepts[PERSON] ?? 0),
    ...faceRelevances(faceFacts),
  };
  for (const [name, value] of Object.entries(facts)) concepts[conceptIndex(name)] = value;

  const relevanceOf = (object: number, score: number) => objectRelevance(score, tiles[object] ?? 0);
  const regions = toRegions(boxes, content, (box) => relevanceOf(box.object, box.score));
  return {
    vector: joined(concepts, features),
    concepts,
    regions: regions.filter(({ relevance }) => relevance >= CUT_OFF),
  };
}
