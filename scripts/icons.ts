// Runs in scripts: draws the app's mark as PNG in the sizes that systems ask for, from the same circles as mark.svg.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];
interface Ink {
  readonly colour: Colour | ((x: number, y: number) => Colour);
  readonly opacity: number;
  /** Whether a point of the 32 by 32 field is in it. */
  readonly covers: (x: number, y: number) => boolean;
}

const distance = (x: number, y: number, centre: number): number => Math.hypot(x - centre, y - 16);
/** From the back to the front: the ring that stays in the eye, then what was seen. */
const mark: readonly Ink[] = [
  {
    ...{ colour: [0xd9, 0x62, 0x2b], opacity: 0.55 },
    covers: (x, y) => Math.abs(distance(x, y, 20.5) - 9) <= 1.25,
  },
  { ...{ colour: [0x0b, 0x72, 0x85], opacity: 1 }, covers: (x, y) => distance(x, y, 12.5) <= 9 },
];
/** macOS colours a template itself: only the opacity counts. */
const template = mark.map((ink) => ({ ...ink, colour: [0, 0, 0] as const }));

/** From one colour to another; `share` beyond 0 and 1 is the nearer of the two. */
const between = (from: Colour, to: Colour, share: number): Colour => {
  const held = Math.min(1, Math.max(0, share));
  return from.map((one, at) => one + ((to[at] ?? 0) - one) * held) as unknown as Colour;
};
/** A square with round corners, as systems draw their tiles: a superellipse around the middle. */
const inTile = (x: number, y: number, half: number): boolean =>
  Math.abs((x - 16) / half) ** 5 + Math.abs((y - 16) / half) ** 5 <= 1;
const ghost = (centre: number, opacity: number): Ink => ({
  ...{ colour: [0xff, 0x9a, 0x5a], opacity },
  covers: (x, y) => distance(x, y, centre) <= 7.3,
});
/**
 * The app's icon: a light, and what the eye keeps of it when it moves on, at night. Of few large shapes, so
 * that it is still one at 16 pixels.
 */
const appIcon: readonly Ink[] = [
  {
    colour: (x, y) => between([0x14, 0x6a, 0x7b], [0x05, 0x1d, 0x2b], (y - 1 + (x - 16) * 0.25) / 30),
    ...{ opacity: 1, covers: (x, y) => inTile(x, y, 15) },
  },
  // The light falls from above onto the edge.
  {
    colour: (_x, y) => between([0x9f, 0xe4, 0xee], [0x14, 0x6a, 0x7b], y / 14),
    ...{ opacity: 0.35, covers: (x, y) => inTile(x, y, 15) && !inTile(x, y, 14.75) && y < 16 },
  },
  ghost(20.6, 0.3),
  ghost(17.8, 0.5),
  ghost(15, 0.78),
  {
    // Lit from its upper left.
    colour: (x, y) => between([0xff, 0xff, 0xff], [0xc4, 0xee, 0xf3], Math.hypot(x - 8.6, y - 12.2) / 10),
    ...{ opacity: 1, covers: (x, y) => distance(x, y, 11.4) <= 7.3 },
  },
];

/** Points looked at in each direction of a pixel: edges as smooth as an eye can tell. */
const SAMPLES = 4;

function draw(size: number, inks: readonly Ink[], margin: number): Buffer {
  const pixels = Buffer.alloc(size * size * 4);
  const scale = 32 / (size * (1 - 2 * margin));
  const place = (at: number, sample: number): number =>
    (at + (sample + 0.5) / SAMPLES - size * margin) * scale;
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) {
      let [red, green, blue, alpha] = [0, 0, 0, 0];
      for (const { colour, opacity, covers } of inks) {
        let hits = 0;
        for (let sample = 0; sample < SAMPLES ** 2; sample += 1)
          if (covers(place(x, sample % SAMPLES), place(y, Math.floor(sample / SAMPLES)))) hits += 1;
        const over = (hits / SAMPLES ** 2) * opacity;
        const ink = typeof colour === 'function' ? colour(place(x, 1.5), place(y, 1.5)) : colour;
        [red, green, blue] = [red, green, blue].map(
          (under, at) => under * (1 - over) + (ink[at] ?? 0) * over,
        ) as [number, number, number];
        alpha = alpha * (1 - over) + over;
      }
      // PNG wants colours that are not multiplied by their opacity.
      const full = [red, green, blue].map((one) => (alpha === 0 ? 0 : Math.round(one / alpha)));
      pixels.set([...full, Math.round(alpha * 255)], (y * size + x) * 4);
    }
  return pixels;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** Eight bits a channel, with opacity; each line begins with its filter, none. */
function png(size: number, pixels: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const lines = Array.from({ length: size }, (_, y) =>
    Buffer.concat([Buffer.of(0), pixels.subarray(y * size * 4, (y + 1) * size * 4)]),
  );
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const sizes: readonly (readonly [name: string, size: number, inks: readonly Ink[]])[] = [
  ['tray.png', 16, mark],
  ['tray@2x.png', 32, mark],
  ['trayTemplate.png', 16, template],
  ['trayTemplate@2x.png', 32, template],
  ['drag.png', 64, mark],
];

/** The icons that the running app reads. */
export async function buildIcons(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, size, inks] of sizes) await writeFile(join(folder, name), png(size, draw(size, inks, 0)));
}

/** The icon that installers and systems show; electron-builder makes each system's own form of it. */
export async function buildAppIcon(path: string): Promise<void> {
  await writeFile(path, png(1024, draw(1024, appIcon, 0.05)));
}
