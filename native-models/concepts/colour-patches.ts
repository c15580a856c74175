// Runs in a worker thread: whether something in a picture has a colour. Serves "red train".
import type { EncoderInput } from '../../library/ports.ts';
import { type Colour, COLOURS } from './concept-names.ts';
import type { Box } from './heat-map.ts';
import { type PixelValues, STEP } from './pixel-values.ts';

/** Edge of a patch, samples: an eighth of the picture's longest, about the smallest thing that one asks for. */
const PATCH = 64 / STEP;
/** Of a box's edges, so much at either end is hardly ever the thing. */
const MARGIN = 0.1;
/** In a small box a patch is this share of its edges. */
const OF_BOX = 0.6;
/** The surest boxes that are looked at. */
const BOXES = 10;
/** Share of a patch at which a thing of the colour is fully there; half of it is the cut. */
const FULL = 0.5;
/** The same for colours that walls, ground and shadows have as often as things. */
const FULL_PLAIN = 0.8;
const PLAIN: ReadonlySet<Colour> = new Set(['black', 'gray', 'white', 'brown']);
/** How much the share of the whole picture counts beside the patch: more of a colour stands before less. */
const WHOLE_COUNTS = 0.15;

/** Colours by their concepts; teal is with blue. */
const NAMED = COLOURS.filter((colour) => colour !== 'teal');

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Relevance of `thing:COLOUR`: how much of it the patch has that has most. Where objects are seen, only they are
 * looked at: a dog on a lawn is no green dog.
 *
 * @param boxes - of objects that are there, in pixels of the input
 * @param whole - relevance of the colours as shares of the whole picture
 */
export function thingColours(
  { names, columns }: PixelValues,
  boxes: readonly Box[],
  content: EncoderInput['content'],
  whole: Readonly<Record<string, number>>,
): Record<string, number> {
  const rows = names.length / columns;
  const inner = boxes.slice(0, BOXES).map((box) => innerOf(box, content, columns, rows));
  const areas = inner.length > 0 ? inner : [{ left: 0, top: 0, right: columns, bottom: rows }];
  const patches = areas.map((area) => fullestPatches(names, columns, area, boxes.length > 0));
  return Object.fromEntries(
    NAMED.map((colour) => {
      const patch = Math.max(...patches.map((of) => of.get(colour) ?? 0));
      const there = Math.min(1, patch / (PLAIN.has(colour) ? FULL_PLAIN : FULL));
      const share = whole[`colour:${colour}`] ?? 0;
      return [`thing:${colour}`, there * (1 - WHOLE_COUNTS) + share * WHOLE_COUNTS];
    }),
  );
}

function innerOf(box: Box, content: EncoderInput['content'], columns: number, rows: number): Area {
  const width = (box.right - box.left) * MARGIN;
  const height = (box.bottom - box.top) * MARGIN;
  const within = (pixels: number, most: number) => Math.min(most, Math.max(0, Math.round(pixels / STEP)));
  const left = within(box.left + width - content.left, columns - 1);
  const top = within(box.top + height - content.top, rows - 1);
  return {
    ...{ left, top },
    right: Math.max(left + 1, within(box.right - width - content.left, columns)),
    bottom: Math.max(top + 1, within(box.bottom - height - content.top, rows)),
  };
}

/** By colour: its share of the patch of an area that has most of it. */
function fullestPatches(
  names: readonly Colour[],
  columns: number,
  { left, top, right, bottom }: Area,
  isBox: boolean,
): Map<Colour, number> {
  const edge = (length: number) => Math.min(length, PATCH, isBox ? Math.ceil(length * OF_BOX) : PATCH);
  const [wide, high] = [edge(right - left), edge(bottom - top)];
  const named = (x: number, y: number): Colour => {
    const name = names[y * columns + x] ?? 'gray';
    return name === 'teal' ? 'blue' : name;
  };
  const fullest = new Map<Colour, number>();
  for (const colour of NAMED) {
    // By column: how many of the last `high` rows hold it; along a row these are added up in a window.
    const column = new Uint16Array(right);
    let most = 0;
    for (let y = top; y < bottom; y++) {
      let sum = 0;
      for (let x = left; x < right; x++) {
        if (named(x, y) === colour) column[x] = (column[x] ?? 0) + 1;
        if (y - high >= top && named(x, y - high) === colour) column[x] = (column[x] ?? 0) - 1;
        sum += column[x] ?? 0;
        if (x - wide >= left) sum -= column[x - wide] ?? 0;
        most = Math.max(most, sum);
      }
    }
    fullest.set(colour, most / (wide * high));
  }
  return fullest;
}
