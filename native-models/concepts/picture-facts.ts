// Runs in a worker thread: colours, tones and people of a picture as concept relevances.
import type { Box } from './heat-map.ts';
import { COLOURS, conceptIndex } from './concept-names.ts';
import type { FaceFacts } from './faces.ts';
import type { PixelValues } from './pixel-values.ts';

/** Share of the picture at which a colour is fully there; half of it is the cut. */
const FULL_SHARE = 0.35;
/** Relevance of a yes and a no that are measured rather than judged. */
const YES = 0.97;
const NO = 0.02;
/** Class 0 of the detector. */
const PERSON = 0;

const yesNo = (holds: boolean) => (holds ? YES : NO);

export function colourRelevances({ shares }: PixelValues): Record<string, number> {
  const values: Record<string, number> = {};
  COLOURS.forEach((colour, i) => {
    const name = `colour:${colour === 'teal' ? 'blue' : colour}`;
    values[name] = (values[name] ?? 0) + (shares[i] ?? 0);
  });
  return Object.fromEntries(
    Object.entries(values).map(([name, share]) => [name, Math.min(1, share / FULL_SHARE)]),
  );
}

/** Black and white: even the most coloured twentieth of the pixels has next to no chroma. */
export function toneRelevances({ lightness, chroma }: PixelValues): Record<string, number> {
  return {
    'scene:bw': yesNo(chroma[1] < 6),
    'tone:dark': yesNo(lightness[1] < 25),
    'tone:bright': yesNo(lightness[1] > 75),
  };
}

/** How many people: 0, 1, 2, or 3 and more. `anyone` is the relevance of the person concept. */
export function peopleRelevances(boxes: readonly Box[], anyone: number): Record<string, number> {
  const found = boxes.filter((box) => box.object === PERSON).length;
  const count = anyone >= 0.5 ? Math.max(1, Math.min(3, found)) : 0;
  return Object.fromEntries(
    [0, 1, 2, 3].map((n) => [
      `people:${String(n)}`,
      // One who is hardly seen is hardly one person.
      n === count && n > 0 ? Math.min(YES, anyone) : yesNo(n === count),
    ]),
  );
}

/** What food stands on, in or beside. */
const TABLEWARE = ['bottle', 'wine glass', 'cup', 'fork', 'knife', 'spoon', 'bowl', 'dining table'].map(
  conceptIndex,
);
/** Relevance from which a piece of tableware speaks for a meal, though it is no result by itself. */
const A_TRACE = 0.1;

/**
 * Petals and leaves close up look like food to its probe. Where plants are seen and nothing to eat from, the picture is
 * of them.
 */
export function foodRelevance(food: number, green: number, concepts: Float32Array): number {
  const served = TABLEWARE.some((object) => (concepts[object] ?? 0) >= A_TRACE);
  return served ? food : Math.min(food, 1 - green);
}

export function faceRelevances({ face, smiling }: FaceFacts): Record<string, number> {
  return { face: yesNo(face), smiling: yesNo(smiling) };
}
