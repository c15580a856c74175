// Runs in the page: pictures painted from data on a canvas; needs no address, so no policy exception.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { THUMB_EDGE, paintThumbHash } from './thumb-paint.ts';

/** One for all: painting is over before the next begins. */
const painted = typeof ImageData === 'undefined' ? null : new ImageData(THUMB_EDGE, THUMB_EDGE);

export interface ThumbHashProps {
  readonly hash: Uint8Array;
  readonly className: string;
}

/** A thumbhash, there in the very frame in which it is asked for. */
export function ThumbHash({ hash, className }: ThumbHashProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d', { willReadFrequently: true });
    if (!context || !painted) return;
    paintThumbHash(hash, painted.data);
    context.putImageData(painted, 0, 0);
  }, [hash]);
  return <canvas ref={canvas} className={className} aria-hidden width={THUMB_EDGE} height={THUMB_EDGE} />;
}

/** The bytes of a card's thumbhash, which crosses as base64. */
export const thumbHashBytes = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

export interface BlobPictureProps {
  readonly blob: Blob;
  /** Longer edge of the painted picture in device pixels. */
  readonly pixels: number;
  readonly fallback: ReactNode;
}

/** A small square picture of a blob; the fallback where the browser cannot decode it (HEIC, RAW). */
export function BlobPicture({ blob, pixels, fallback }: BlobPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [unreadable, setUnreadable] = useState(false);
  useEffect(() => {
    let gone = false;
    const paint = async () => {
      const bitmap = await createImageBitmap(blob);
      const element = canvas.current;
      if (!gone && element) {
        const edge = Math.min(bitmap.width, bitmap.height);
        const [x, y] = [(bitmap.width - edge) / 2, (bitmap.height - edge) / 2];
        element.getContext('2d')?.drawImage(bitmap, x, y, edge, edge, 0, 0, pixels, pixels);
      }
      bitmap.close();
    };
    paint().catch(() => {
      if (!gone) setUnreadable(true);
    });
    return () => {
      gone = true;
    };
  }, [blob, pixels]);
  return unreadable ? fallback : <canvas ref={canvas} width={pixels} height={pixels} aria-hidden />;
}
