// Runs in the page: pictures decoded before they are looked at, so that the next one is there in the same frame.
import { useEffect, useState } from 'react';

export interface Shelved {
  readonly image: HTMLImageElement;
  readonly state: 'waiting' | 'ready' | 'failed';
}

/**
 * Loads and decodes the pictures of these addresses, in this order, and keeps them as long as they are named.
 * An element of the shelf is put into the page itself: another one of the same address would decode again.
 */
export function useImageShelf(sources: readonly string[]): (source: string) => Shelved | undefined {
  const [shelf] = useState(() => new Map<string, Shelved>());
  const [, setVersion] = useState(0);
  const wanted = sources.join('\n');
  useEffect(() => {
    const named = wanted === '' ? [] : wanted.split('\n');
    for (const [source, { image }] of shelf)
      if (!named.includes(source)) {
        shelf.delete(source);
        // Ends what is still loading.
        image.removeAttribute('src');
      }
    for (const source of named) {
      if (shelf.has(source)) continue;
      const image = new Image();
      image.draggable = false;
      image.src = source;
      shelf.set(source, { image, state: 'waiting' });
      const become = (state: Shelved['state']) => {
        if (shelf.get(source)?.image !== image) return;
        shelf.set(source, { image, state });
        setVersion((before) => before + 1);
      };
      image.decode().then(
        () => become('ready'),
        () => become('failed'),
      );
    }
  }, [shelf, wanted]);
  return (source) => shelf.get(source);
}
