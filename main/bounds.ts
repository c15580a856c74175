// Runs in Electron's main process: remembers where the window was, and opens it there while that is still on a screen.
import type { BrowserWindow, Rectangle } from 'electron';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** So much of the window, in points, must lie on a screen for it to be found there again. */
const VISIBLE = 80;

interface Remembered extends Rectangle {
  readonly maximized: boolean;
}

function isRemembered(value: unknown): value is Remembered {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y, width, height, maximized } = value as Record<string, unknown>;
  return [x, y, width, height].every(Number.isSafeInteger) && typeof maximized === 'boolean';
}

const overlap = (from: number, length: number, otherFrom: number, otherLength: number): number =>
  Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom);

/**
 * @param path - a small JSON file; whatever else is in it counts as nothing remembered
 * @param workAreas - of the screens there are now
 */
export function rememberedBounds(path: string, workAreas: readonly Rectangle[]): Remembered | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!isRemembered(value)) return null;
    const visible = workAreas.some(
      (area) =>
        overlap(value.x, value.width, area.x, area.width) >= VISIBLE &&
        // The top edge, where the window is taken hold of.
        value.y >= area.y - 1 &&
        value.y <= area.y + area.height - VISIBLE,
    );
    return visible ? value : null;
  } catch {
    return null;
  }
}

/** Writes them down when the window closes. A folder that cannot be written costs the memory only. */
export function rememberBounds(
  window: Pick<BrowserWindow, 'once' | 'getNormalBounds' | 'isMaximized'>,
  path: string,
): void {
  window.once('close', () => {
    const { x, y, width, height } = window.getNormalBounds();
    try {
      writeFileSync(`${path}.new`, JSON.stringify({ x, y, width, height, maximized: window.isMaximized() }));
      renameSync(`${path}.new`, path);
    } catch {
      // The next window opens in its first place.
    }
  });
}
