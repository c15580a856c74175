// Runs in the page: thumbhashes as very small pictures, quickly enough for a whole window of them in each frame.

/** Pixels an edge of what is painted: the hash holds at most seven waves across. */
export const THUMB_EDGE = 16;

/** cos(pi / edge * wave * (x + 0.5)) by wave and x: what a decoder otherwise computes for every pixel. */
const WAVES = Array.from({ length: 8 }, (_, wave) =>
  Float32Array.from({ length: THUMB_EDGE }, (_, x) => Math.cos((Math.PI / THUMB_EDGE) * wave * (x + 0.5))),
);

const waveAt = (wave: number): Float32Array => WAVES[wave] ?? new Float32Array(THUMB_EDGE);
const newSum = (): Float32Array => new Float32Array(THUMB_EDGE * THUMB_EDGE);
const sums = { lightness: newSum(), yellow: newSum(), red: newSum(), opacity: newSum() };
const line = new Float32Array(THUMB_EDGE);

/** Adds a wave across, times `height`, to the line that is being summed. */
function addAcross(cx: number, height: number): void {
  waveAt(cx).forEach((value, x) => {
    line[x] = (line[x] ?? 0) + height * value;
  });
}

/** Adds the line, times a wave down, to every row: each wave down is multiplied in once. */
function addDown(sum: Float32Array, cy: number): void {
  const down = waveAt(cy);
  for (let pixel = 0; pixel < sum.length; pixel += 1)
    sum[pixel] = (sum[pixel] ?? 0) + (line[pixel % THUMB_EDGE] ?? 0) * (down[(pixel / THUMB_EDGE) | 0] ?? 0);
}

/**
 * Decodes a thumbhash (the format of thumbhash 1.0, whose own decoder takes several times as long) into a
 * square that is to be stretched to the picture's shape.
 *
 * @param into - THUMB_EDGE squared RGBA pixels
 */
export function paintThumbHash(hash: Uint8Array, into: Uint8ClampedArray): void {
  const byte = (index: number): number => hash[index] ?? 0;
  const header = byte(0) | (byte(1) << 8) | (byte(2) << 16);
  const second = byte(3) | (byte(4) << 8);
  const hasAlpha = header >> 23 === 1;
  const wide = second >> 15 === 1;
  const most = hasAlpha ? 5 : 7;
  let at = hasAlpha ? 12 : 10;
  const decode = (sum: Float32Array, base: number, nx: number, ny: number, scale: number): void => {
    sum.fill(base);
    for (let cy = 0; cy < ny; cy += 1) {
      line.fill(0);
      for (let cx = cy > 0 ? 0 : 1; cx * ny < nx * (ny - cy); cx += 1) {
        const half = (byte(at >> 1) >> ((at & 1) << 2)) & 15;
        addAcross(cx, (half / 7.5 - 1) * scale * 2);
        at += 1;
      }
      addDown(sum, cy);
    }
  };
  const { lightness, yellow, red, opacity } = sums;
  const [wavesX, wavesY] = [wide ? most : second & 7, wide ? second & 7 : most];
  const lightScale = ((header >> 18) & 31) / 31;
  decode(lightness, (header & 63) / 63, Math.max(3, wavesX), Math.max(3, wavesY), lightScale);
  // Saturation is raised by a quarter for what quantising took away, as in the format's own decoder.
  decode(yellow, ((header >> 6) & 63) / 31.5 - 1, 3, 3, (((second >> 3) & 63) / 63) * 1.25);
  decode(red, ((header >> 12) & 63) / 31.5 - 1, 3, 3, (((second >> 9) & 63) / 63) * 1.25);
  if (hasAlpha) decode(opacity, (byte(5) & 15) / 15, 5, 5, (byte(5) >> 4) / 15);
  else opacity.fill(1);
  lightness.forEach((l, pixel) => {
    const [p, q] = [yellow[pixel] ?? 0, red[pixel] ?? 0];
    const blue = l - (2 / 3) * p;
    const r = (3 * l - blue + q) / 2;
    into[pixel * 4] = 255 * r;
    into[pixel * 4 + 1] = 255 * (r - q);
    into[pixel * 4 + 2] = 255 * blue;
    into[pixel * 4 + 3] = 255 * (opacity[pixel] ?? 1);
  });
}
