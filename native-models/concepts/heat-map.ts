// Runs in a worker thread: reads scores and boxes from the detector's planes.
import { OBJECTS } from './concept-names.ts';

/** Pixels of the input that one cell stands for. */
const CELL = 4;

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

/** The highest value of each object's plane. `heat` is [1, 80, edge, edge] of scores 0..1. */
export function highest(heat: Float32Array): Float32Array {
  const plane = heat.length / OBJECTS.length;
  return Float32Array.from(OBJECTS, (_, object) => {
    let best = 0;
    for (let cell = object * plane; cell < (object + 1) * plane; cell++) {
      const score = heat[cell] ?? 0;
      if (score > best) best = score;
    }
    return best;
  });
}

/**
 * Boxes at or above a score, best first. A cell is an object's centre where it equals the maximum of its
 * 3 x 3 neighbourhood; the four size planes hold the distances from there to the sides.
 */
export function peaks(heat: Float32Array, maxima: Float32Array, sizes: Float32Array, floor: number): Box[] {
  const plane = heat.length / OBJECTS.length;
  const edge = Math.round(Math.sqrt(plane));
  const boxes: Box[] = [];
  for (let index = 0; index < heat.length; index++) {
    const score = heat[index] ?? 0;
    if (score < floor || score !== maxima[index]) continue;
    const cell = index % plane;
    const x = (cell % edge) * CELL;
    const y = Math.floor(cell / edge) * CELL;
    const side = (which: number) => sizes[which * plane + cell] ?? 0;
    boxes.push({
      object: Math.floor(index / plane),
      score,
      left: x - side(0),
      top: y - side(1),
      right: x + side(2),
      bottom: y + side(3),
    });
  }
  return boxes.sort((a, b) => b.score - a.score);
}
