// Runs on the engine's thread: whether two pictures have the same light and shade, told by their thumbhashes. Pure.

/** How much of a sum of products is left where two pictures agree in all but how light they are. */
const SAME_SHADE = 0.97;

interface Shade {
  /** Waves across and down; pictures of other shapes have others. */
  readonly waves: string;
  /** Strengths of the waves of lightness, each -1 to 1 of the strongest. */
  readonly strengths: readonly number[];
}

/**
 * A thumbhash holds the lowest waves of a picture's lightness, scaled by the strongest: a copy that is darker, paler or
 * smaller has nearly the same ones. Layout: evanw.github.io/thumbhash.
 */
function shadeOf(hash: Uint8Array): Shade {
  const byte = (at: number): number => hash[at] ?? 0;
  const hasAlpha = byte(2) >> 7 !== 0;
  const tail = byte(3) | (byte(4) << 8);
  const isLandscape = tail >> 15 !== 0;
  const longer = hasAlpha ? 5 : 7;
  const across = Math.max(3, isLandscape ? longer : tail & 7);
  const down = Math.max(3, isLandscape ? tail & 7 : longer);
  const start = hasAlpha ? 6 : 5;
  const strengths: number[] = [];
  for (let y = 0; y < down; y++)
    for (let x = y === 0 ? 1 : 0; x * down < across * (down - y); x++) {
      const nibble = strengths.length;
      strengths.push(((byte(start + (nibble >> 1)) >> ((nibble & 1) * 4)) & 15) / 7.5 - 1);
    }
  return { waves: `${across} ${down}`, strengths };
}

/** Whether light and shade lie alike in both: the same picture, lighter or darker. */
export function sameShade(one: Uint8Array, other: Uint8Array): boolean {
  const [a, b] = [shadeOf(one), shadeOf(other)];
  if (a.waves !== b.waves) return false;
  const product = a.strengths.reduce((sum, value, at) => sum + value * (b.strengths[at] ?? 0), 0);
  return product >= SAME_SHADE * Math.hypot(...a.strengths) * Math.hypot(...b.strengths);
}
