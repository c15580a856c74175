// Runs in a film worker thread: what a frame looks like in a few hundred numbers, and how far two looks differ. Pure.

/** A frame's look: coarse colours by place, colours by share, and what makes it good to show. */
export interface Look {
  /** COLUMNS x ROWS cells of mean luma, blue and red difference, 0 to 255. */
  readonly grid: Float32Array;
  /** Share of each colour bin, 1 in all. */
  readonly colours: Float32Array;
  /** Nearly one flat colour: black between scenes, a white flash. */
  readonly isBlank: boolean;
  /** How well it shows what is in it: sharp, rich in contrast, neither dark nor burnt out. 0 to about 1. */
  readonly quality: number;
}

const COLUMNS = 32;
const ROWS = 18;
const LUMA_BINS = 8;
const CHROMA_BINS = 8;
/** About so many pixels are looked at across and down. */
const SAMPLES_ACROSS = 160;

/** @param rgb - width x height x 3 */
export function lookAt(rgb: Uint8Array, width: number, height: number): Look {
  const step = Math.max(1, Math.floor(Math.max(width, height) / SAMPLES_ACROSS));
  const across = Math.floor(width / step);
  const down = Math.floor(height / step);
  const luma = new Uint8Array(across * down);
  const grid = new Float32Array(COLUMNS * ROWS * 3);
  const counts = new Float32Array(COLUMNS * ROWS);
  const colours = new Float32Array(LUMA_BINS + 2 * CHROMA_BINS * LUMA_BINS);
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++) {
      const at = (y * step * width + x * step) * 3;
      const [r, g, b] = [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
      // BT.601, in whole numbers.
      const l = (77 * r + 150 * g + 29 * b) >> 8;
      const blue = 128 + ((b - l) >> 1);
      const red = 128 + ((r - l) >> 1);
      luma[y * across + x] = l;
      const cell = Math.floor((y * ROWS) / down) * COLUMNS + Math.floor((x * COLUMNS) / across);
      grid[cell * 3] = (grid[cell * 3] ?? 0) + l;
      grid[cell * 3 + 1] = (grid[cell * 3 + 1] ?? 0) + blue;
      grid[cell * 3 + 2] = (grid[cell * 3 + 2] ?? 0) + red;
      counts[cell] = (counts[cell] ?? 0) + 1;
      spread(colours, 0, LUMA_BINS, l);
      // Blue and red difference each beside the luma half: two small tables instead of one large one.
      spread(colours, LUMA_BINS + (l >> 5) * CHROMA_BINS, CHROMA_BINS, blue);
      spread(colours, LUMA_BINS + LUMA_BINS * CHROMA_BINS + (l >> 5) * CHROMA_BINS, CHROMA_BINS, red);
    }
  for (let cell = 0; cell < counts.length; cell++)
    for (let i = 0; i < 3; i++)
      grid[cell * 3 + i] = (grid[cell * 3 + i] ?? 0) / Math.max(1, counts[cell] ?? 1);
  const total = across * down * 3;
  for (let i = 0; i < colours.length; i++) colours[i] = (colours[i] ?? 0) / total;
  return { grid, colours, ...judged(luma, across, down) };
}

/** Counts a value in its bin and the neighbour it leans to, so that a slight change of light moves little. */
function spread(bins: Float32Array, from: number, count: number, value: number): void {
  const place = (value / 256) * count - 0.5;
  const low = Math.floor(place);
  const share = place - low;
  const a = from + Math.max(0, low);
  const b = from + Math.min(count - 1, low + 1);
  bins[a] = (bins[a] ?? 0) + 1 - share;
  bins[b] = (bins[b] ?? 0) + share;
}

function judged(luma: Uint8Array, width: number, height: number): Pick<Look, 'isBlank' | 'quality'> {
  let sum = 0;
  let squares = 0;
  let edges = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const value = luma[at] ?? 0;
      sum += value;
      squares += value * value;
      if (x > 0 && y > 0)
        edges += Math.abs(value - (luma[at - 1] ?? 0)) + Math.abs(value - (luma[at - width] ?? 0));
    }
  const count = Math.max(1, width * height);
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  const sharp = Math.min(1, edges / count / 24);
  const contrast = Math.min(1, deviation / 64);
  const light = Math.min(1, mean / 60, (255 - mean) / 40);
  return {
    isBlank: deviation < 6 && (mean < 40 || mean > 215 || edges / count < 0.6),
    quality: Math.max(0, light) * (0.5 * sharp + 0.5 * contrast),
  };
}

/** How far cells may have moved between two frames, in cells: a camera that pans shows the same, elsewhere. */
const SHIFT_ACROSS = 6;
const SHIFT_DOWN = 2;
/** Differences of places (levels) and of colours (share) that count as another picture altogether. */
const FULL_PLACES = 40;
const FULL_COLOURS = 0.45;

/** 0: the same; 1: another picture altogether. A camera's slow turn stays low. */
export function difference(a: Look, b: Look): number {
  const places = Math.min(1, placesApart(a.grid, b.grid) / FULL_PLACES);
  return 0.5 * places + 0.5 * Math.min(1, coloursApart(a.colours, b.colours) / FULL_COLOURS);
}

function coloursApart(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / 2;
}

/** Mean difference of the cells, at the shift at which they agree best. */
function placesApart(a: Float32Array, b: Float32Array): number {
  let least = Infinity;
  for (let dy = -SHIFT_DOWN; dy <= SHIFT_DOWN; dy++)
    for (let dx = -SHIFT_ACROSS; dx <= SHIFT_ACROSS; dx++)
      least = Math.min(least, apartAt(a, b, dx, dy, least));
  return least;
}

function apartAt(a: Float32Array, b: Float32Array, dx: number, dy: number, least: number): number {
  const columns = COLUMNS - Math.abs(dx);
  const rows = ROWS - Math.abs(dy);
  const enough = least * columns * rows;
  let sum = 0;
  for (let y = 0; y < rows; y++) {
    let at = ((y + Math.max(0, dy)) * COLUMNS + Math.max(0, dx)) * 3;
    let other = ((y + Math.max(0, -dy)) * COLUMNS + Math.max(0, -dx)) * 3;
    for (let x = 0; x < columns; x++, at += 3, other += 3)
      sum +=
        Math.abs((a[at] ?? 0) - (b[other] ?? 0)) +
        Math.abs((a[at + 1] ?? 0) - (b[other + 1] ?? 0)) +
        Math.abs((a[at + 2] ?? 0) - (b[other + 2] ?? 0));
    if (sum > enough) return Infinity;
  }
  return sum / (columns * rows);
}

/**
 * Whether `middle` is a mixture of the two, as it is while one shot dissolves into another: the share of the
 * difference that a mixture leaves unexplained, 0 to 1 and more.
 */
export function mixtureError(before: Look, middle: Look, after: Look): number {
  const [a, m, b] = [before.grid, middle.grid, after.grid];
  let along = 0;
  let length = 0;
  for (let i = 0; i < a.length; i++) {
    const way = (b[i] ?? 0) - (a[i] ?? 0);
    along += way * ((m[i] ?? 0) - (a[i] ?? 0));
    length += way * way;
  }
  if (length === 0) return 1;
  const share = along / length;
  if (share < 0.1 || share > 0.9) return 1;
  let error = 0;
  let whole = 0;
  for (let i = 0; i < a.length; i++) {
    const way = (b[i] ?? 0) - (a[i] ?? 0);
    error += Math.abs((m[i] ?? 0) - (a[i] ?? 0) - share * way);
    whole += Math.abs(way);
  }
  return error / Math.max(1e-6, whole);
}
