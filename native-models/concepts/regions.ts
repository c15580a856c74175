// Runs in a worker thread: boxes in the padded input to regions of the upright picture.
import type { EncoderInput, FoundRegion } from '../../library/ports.ts';
import type { Box } from './heat-map.ts';

/** More boxes than this help nobody who looks at a picture. */
const MAX_REGIONS = 40;

const clamp01 = (value: number) => Math.min(1, Math.max(0, value));

/** @param relevanceOf - calibrated relevance of a box */
export function toRegions(
  boxes: readonly Box[],
  content: EncoderInput['content'],
  relevanceOf: (box: Box) => number,
): FoundRegion[] {
  return boxes.slice(0, MAX_REGIONS).map((box) => {
    const x = clamp01((box.left - content.left) / content.width);
    const y = clamp01((box.top - content.top) / content.height);
    return {
      concept: box.object,
      relevance: relevanceOf(box),
      x,
      y,
      width: clamp01((box.right - content.left) / content.width) - x,
      height: clamp01((box.bottom - content.top) / content.height) - y,
    };
  });
}
