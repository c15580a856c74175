// Runs in a worker thread: colours and lightness of a picture, 17 numbers in the order of the probes.
import type { EncoderInput } from '../../library/ports.ts';
import { type Colour, COLOURS } from './concept-names.ts';

export interface PixelValues {
  /** Share 0..1 of each of COLOURS. */
  readonly shares: readonly number[];
  /** CIELAB lightness 0..100 at 5, 50 and 95 per cent. */
  readonly lightness: readonly [number, number, number];
  /** CIELAB chroma at 50 and 95 per cent. */
  readonly chroma: readonly [number, number];
  /** The colour of every sample, row by row. */
  readonly names: readonly Colour[];
  /** Samples in a row. */
  readonly columns: number;
}

/** Every 4th pixel both ways is enough for shares and percentiles. */
export const STEP = 4;

const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => {
  const v = byte / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

const labCurve = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);

/** sRGB bytes to CIELAB as lightness, chroma and hue in degrees 0..360; white point D65. */
export function toLch(red: number, green: number, blue: number): [number, number, number] {
  const r = LINEAR[red] ?? 0;
  const g = LINEAR[green] ?? 0;
  const b = LINEAR[blue] ?? 0;
  const x = labCurve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = labCurve(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = labCurve((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  const aStar = 500 * (x - y);
  const bStar = 200 * (y - z);
  const hue = (Math.atan2(bStar, aStar) * 180) / Math.PI;
  return [116 * y - 16, Math.hypot(aStar, bStar), hue < 0 ? hue + 360 : hue];
}

/** The name of a colour; the first rule that holds counts. Bounds were set by hand on sample photos. */
export function colourName(l: number, c: number, h: number): Colour {
  if ((l < 18 && c < 18) || l < 10) return 'black';
  if (c < (l < 40 ? 12 : 9)) return l > 82 ? 'white' : l < 22 ? 'black' : 'gray';
  if (h < 18 || h >= 345) return l > 62 && c < 60 ? 'pink' : 'red';
  if (h < 45) {
    if (l < 45 && c < 45) return 'brown';
    if (l > 72 && c < 40) return 'pink';
    if (h < 38 && c > 45) return 'red';
    return l < 55 && c < 50 ? 'brown' : 'orange';
  }
  if (h < 78) return l < 50 || (c < 30 && l < 65) ? 'brown' : 'orange';
  if (h < 105) return l < 45 && c < 35 ? 'brown' : 'yellow';
  if (h < 165) return 'green';
  if (h < 215) return 'teal';
  if (h < 300) return 'blue';
  if (h < 328) return 'purple';
  return l > 45 ? 'pink' : 'purple';
}

/** Measures the part of the input that holds picture. */
export function pixelValues(input: EncoderInput, size: number): PixelValues {
  const { left, top, width, height } = input.content;
  const names: Colour[] = [];
  const lightness: number[] = [];
  const chroma: number[] = [];
  for (let y = top; y < top + height; y += STEP)
    for (let x = left; x < left + width; x += STEP) {
      const at = (y * size + x) * 3;
      const [l, c, h] = toLch(input.rgb[at] ?? 0, input.rgb[at + 1] ?? 0, input.rgb[at + 2] ?? 0);
      lightness.push(l);
      chroma.push(c);
      names.push(colourName(l, c, h));
    }
  const counts = new Map<Colour, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const l = Float64Array.from(lightness).sort();
  const c = Float64Array.from(chroma).sort();
  const percentile = (sorted: Float64Array, p: number) => sorted[Math.floor(p * (sorted.length - 1))] ?? 0;
  return {
    shares: COLOURS.map((colour) => (counts.get(colour) ?? 0) / lightness.length),
    lightness: [percentile(l, 0.05), percentile(l, 0.5), percentile(l, 0.95)],
    chroma: [percentile(c, 0.5), percentile(c, 0.95)],
    names,
    columns: Math.ceil(width / STEP),
  };
}

/** The 17 values as the probes take them. */
export function pixelFeatures({ shares, lightness, chroma }: PixelValues): number[] {
  return [...shares, ...lightness.map((l) => l / 100), chroma[0] / 50, chroma[1] / 80];
}
