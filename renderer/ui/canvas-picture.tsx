// Runs in the page: pictures painted from data on a canvas; needs no address, so no policy exception.
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { thumbHashToRGBA } from 'thumbhash';

/** @param hash - base64 of a thumbhash; what it cannot be decoded from stays blank */
export function ThumbHash({ hash, className }: { readonly hash: string; readonly className: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    try {
      const { w, h, rgba } = thumbHashToRGBA(Uint8Array.from(atob(hash), (char) => char.charCodeAt(0)));
      element.width = w;
      element.height = h;
      element.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), w, h), 0, 0);
    } catch {
      // A damaged hash costs the first paint only.
    }
  }, [hash]);
  return <canvas ref={canvas} className={className} aria-hidden width={1} height={1} />;
}

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
