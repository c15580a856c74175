// Runs in the page: how often each value of red, green and blue occurs in a picture.

export type Channels = readonly [red: Uint32Array, green: Uint32Array, blue: Uint32Array];

/** @param rgba - pixels, four bytes each; what is mostly transparent counts not */
export function histogramOf(rgba: Uint8ClampedArray): Channels {
  const channels: Channels = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)];
  for (let at = 0; at < rgba.length; at += 4) {
    if ((rgba[at + 3] ?? 0) < 128) continue;
    for (const [offset, counts] of channels.entries()) {
      const value = rgba[at + offset] ?? 0;
      counts[value] = (counts[value] ?? 0) + 1;
    }
  }
  return channels;
}

/**
 * The height at which a curve is full: clipped black and white of a scan would otherwise press all between
 * them flat.
 */
export function fullHeight(channels: Channels): number {
  const inner = channels.flatMap((counts) => [...counts.subarray(1, 255)]).sort((a, b) => a - b);
  return Math.max(1, inner[Math.floor(inner.length * 0.995)] ?? 1);
}
