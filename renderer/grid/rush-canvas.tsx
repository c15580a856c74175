// Runs in the page: a window of pictures painted on one canvas, while the grid moves too quickly for cells.
import { useLayoutEffect, useRef } from 'react';
import { THUMB_EDGE, paintThumbHash } from '../ui/thumb-paint.ts';
import type { GridList } from './grid-list.ts';
import { widthsOf } from './pack-rows.ts';
import type { Row } from './pack-rows.ts';

/** Pixels painted for each CSS pixel: thumbhashes hold nothing finer, and gaps stay to be seen. */
const SCALE = 0.5;

export interface RushCanvasProps {
  readonly list: GridList;
  readonly rows: readonly Row[];
  /** The rows to paint, from `first` up to `end`. */
  readonly first: number;
  readonly end: number;
  readonly width: number;
  readonly gap: number;
}

/** In plain memory: each painting is read again at once, which a canvas of the graphics card waits for. */
const PLAIN: CanvasRenderingContext2DSettings = { willReadFrequently: true };

export function RushCanvas({ list, rows, first, end, width, gap }: RushCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const source = useRef<{ canvas: HTMLCanvasElement; pixels: ImageData } | null>(null);
  const top = rows[first]?.top ?? 0;
  const last = rows[end - 1];
  const height = last ? last.top + last.height - top : 0;

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d', PLAIN);
    source.current ??= {
      canvas: Object.assign(document.createElement('canvas'), { width: THUMB_EDGE, height: THUMB_EDGE }),
      pixels: new ImageData(THUMB_EDGE, THUMB_EDGE),
    };
    const thumb = source.current;
    const thumbContext = thumb.canvas.getContext('2d', PLAIN);
    if (!canvas.current || !context || !thumbContext) return;
    const blank = getComputedStyle(canvas.current).getPropertyValue('--picture-ground');
    // Setting a size takes new memory: it only ever grows.
    const [wide, high] = [Math.ceil(width * SCALE), Math.ceil(height * SCALE)];
    if (canvas.current.width !== wide) canvas.current.width = wide;
    if (canvas.current.height < high) canvas.current.height = high;
    canvas.current.style.inlineSize = `${String(wide / SCALE)}px`;
    canvas.current.style.blockSize = `${String(canvas.current.height / SCALE)}px`;
    context.setTransform(SCALE, 0, 0, SCALE, 0, 0);
    context.clearRect(0, 0, width + gap, canvas.current.height / SCALE);
    context.fillStyle = blank;
    for (const row of rows.slice(first, end)) {
      if (row.kind === 'heading') continue;
      let left = 0;
      for (const [place, cellWidth] of widthsOf(row, list.aspectAt).entries()) {
        const hash = list.outlineAt(row.first + place)?.thumbhash;
        const y = row.top - top;
        const x = document.dir === 'rtl' ? width - left - cellWidth : left;
        if (hash) {
          paintThumbHash(hash, thumb.pixels.data);
          thumbContext.putImageData(thumb.pixels, 0, 0);
          context.drawImage(thumb.canvas, x, y, cellWidth, row.height);
        } else context.fillRect(x, y, cellWidth, row.height);
        left += cellWidth + gap;
      }
    }
  }, [list, rows, first, end, width, height, gap, top]);

  return <canvas ref={canvas} className="grid-rush" style={{ insetBlockStart: top }} aria-hidden />;
}
