// Runs in the page: where a picture stands in the viewer, as plain arithmetic.

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** `scale` 1 shows the whole picture; `x`, `y` move its middle from the stage's, in CSS pixels. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** How far a picture may be made smaller and larger. */
export interface Limits {
  readonly least: number;
  readonly most: number;
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 };

/** A picture can be looked at this many times closer than whole, and this many screen pixels a pixel. */
const MOST = 16;
const MOST_PIXELS = 8;

/** A small picture is enlarged at most this much to fill the stage: beyond it shows only its pixels. */
const MOST_FITTED = 2;

/** The size at which a picture fits into the stage. */
export function fit(picture: Size, stage: Size): Size {
  const share = Math.min(stage.width / picture.width, stage.height / picture.height, MOST_FITTED);
  return { width: picture.width * share, height: picture.height * share };
}

/**
 * The scale at which one pixel of the picture is one of the screen.
 *
 * @param ratio - screen pixels in a CSS pixel
 */
export function actualScale(picture: Size, fitted: Size, ratio: number): number {
  return fitted.width > 0 ? picture.width / ratio / fitted.width : 1;
}

/** @param actual - see {@link actualScale}; pixel for pixel is always within the limits */
export function limitsOf(actual: number): Limits {
  return { least: Math.min(1, actual), most: Math.max(MOST, actual * MOST_PIXELS) };
}

/** Keeps the scale in its limits and the picture over the stage: no edge leaves a gap that need not be. */
export function settle(view: View, fitted: Size, stage: Size, limits: Limits): View {
  const scale = Math.min(limits.most, Math.max(limits.least, view.scale));
  const roomX = Math.max(0, (fitted.width * scale - stage.width) / 2);
  const roomY = Math.max(0, (fitted.height * scale - stage.height) / 2);
  const x = Math.min(roomX, Math.max(-roomX, view.x));
  const y = Math.min(roomY, Math.max(-roomY, view.y));
  return { scale, x, y };
}

/** Zooms by a factor around a point given from the stage's middle: what is under it stays under it. */
export function zoomAt(view: View, factor: number, pointX: number, pointY: number, limits: Limits): View {
  const scale = Math.min(limits.most, Math.max(limits.least, view.scale * factor));
  const real = scale / view.scale;
  return { scale, x: pointX - (pointX - view.x) * real, y: pointY - (pointY - view.y) * real };
}
