// Runs in a film worker thread: the frames of an animated WebP with their times, which ffmpeg does not decode.
import type { Frame, FrameWants } from '../ffmpeg/frames.ts';
import { openRegular } from '../identify-file.ts';
import { closeSync } from 'node:fs';
import { decodePages, readHeader, resizeRgb } from '../pixels.ts';

/** Pixels that are decoded at once. Each run of frames decodes those before it again, so fewer runs are faster. */
const PIXELS_AT_ONCE = 48_000_000;
/** Pixels of all frames together: what comes after in a longer animation is not looked at. */
const MOST_PIXELS = 600_000_000;

/**
 * As {@link decodeFrames} gives them.
 *
 * @throws Failure FILE_*, MEDIA_*; AbortError when cancelled
 */
export async function* animationFrames(
  path: string,
  wants: FrameWants,
  signal: AbortSignal,
): AsyncGenerator<Frame, void, undefined> {
  closeSync(openRegular(path).fd);
  const source = { input: path };
  const { width, height, pages, delaysMs } = await readHeader(source);
  const pixels = width * height;
  const count = Math.min(pages, Math.max(1, Math.floor(MOST_PIXELS / pixels)));
  const atOnce = Math.max(1, Math.floor(PIXELS_AT_ONCE / pixels));
  let timeMs = 0;
  let shownMs = -Infinity;
  let given = 0;
  for (let first = 0; first < count; first += atOnce) {
    signal.throwIfAborted();
    const length = Math.min(atOnce, count - first);
    const sheet = await decodePages(source, first, length);
    const rows = sheet.height / length;
    const bytes = sheet.width * rows * 3;
    for (let n = 0; n < length; n++) {
      const [startMs, endMs] = [timeMs, timeMs + (delaysMs[first + n] ?? 100)];
      timeMs = endMs;
      const isWanted = endMs > (wants.fromMs ?? 0) && startMs - shownMs >= wants.leastGapMs - 1;
      if (!isWanted) continue;
      shownMs = startMs;
      const frame = { rgb: sheet.rgb.subarray(n * bytes, (n + 1) * bytes), width: sheet.width, height: rows };
      const { rgb } = await resizeRgb(frame, wants.width, wants.height);
      signal.throwIfAborted();
      yield { timeMs: startMs, rgb: new Uint8Array(rgb) };
      if (++given === wants.most) return;
    }
  }
}
