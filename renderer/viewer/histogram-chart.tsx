// Runs in the page: the histogram of a picture, as three curves over each other.
import { useEffect, useRef, useState } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import { useEngine, useLive } from '../engine/engine.ts';
import { useT } from '../i18n/i18n.ts';
import { theme } from '../ui/theme.ts';
import type { Channels } from './histogram.ts';
import { fullHeight, histogramOf } from './histogram.ts';
import './histogram-chart.css';

const [WIDTH, HEIGHT] = [256, 72];
const COLOURS = ['--histogram-red', '--histogram-green', '--histogram-blue'] as const;

/** The values of the preview: as many pixels as the eye compares. */
async function valuesOf(address: string, signal: AbortSignal): Promise<Channels> {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error('There is no preview.');
  const bitmap = await createImageBitmap(await response.blob());
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('There is no canvas.');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return histogramOf(context.getImageData(0, 0, width, height).data);
}

function draw(canvas: HTMLCanvasElement, channels: Channels): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const style = getComputedStyle(canvas);
  const full = fullHeight(channels);
  context.clearRect(0, 0, WIDTH, HEIGHT);
  // Where curves lie over each other their colours mix, to white in the dark and to black in the light.
  context.globalCompositeOperation =
    style.getPropertyValue('color-scheme') === 'dark' ? 'screen' : 'multiply';
  for (const [index, counts] of channels.entries()) {
    context.beginPath();
    context.moveTo(0, HEIGHT);
    for (const [value, count] of counts.entries())
      context.lineTo(value + 0.5, HEIGHT - Math.min(1, count / full) * HEIGHT);
    context.lineTo(WIDTH, HEIGHT);
    context.fillStyle = style.getPropertyValue(COLOURS[index] ?? COLOURS[0]);
    context.fill();
  }
}

export function HistogramChart({ itemId }: { readonly itemId: ItemId }) {
  const t = useT();
  const { media } = useEngine();
  const shownTheme = useLive(theme);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [channels, setChannels] = useState<Channels | null>(null);
  const address = media(itemId, 'preview');
  useEffect(() => {
    const stop = new AbortController();
    valuesOf(address, stop.signal).then(
      (values) => {
        if (!stop.signal.aborted) setChannels(values);
      },
      // Without a preview there is nothing to count: the chart stays empty.
      () => undefined,
    );
    return () => stop.abort();
  }, [address]);
  useEffect(() => {
    if (canvas.current && channels) draw(canvas.current, channels);
  }, [channels, shownTheme]);
  return (
    <canvas
      ref={canvas}
      className="histogram"
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={t('details.histogram')}
    />
  );
}
