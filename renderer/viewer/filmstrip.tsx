// Runs in the page: what stands before and after the picture that is open, in one line of small pictures.
import { useLayoutEffect, useRef, useState } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import { useEngine } from '../engine/engine.ts';
import type { GridList } from '../grid/grid-list.ts';
import { useT } from '../i18n/i18n.ts';
import { ThumbHash } from '../ui/canvas-picture.tsx';
import './filmstrip.css';

/** Width of a frame with its gap, in CSS pixels; filmstrip.css has the same. */
const FRAME = 52;

export interface FilmstripProps {
  readonly list: GridList;
  readonly index: number;
  readonly onGo: (itemId: ItemId) => void;
}

export function Filmstrip({ list, index, onGo }: FilmstripProps) {
  const t = useT();
  const { media } = useEngine();
  const strip = useRef<HTMLDivElement>(null);
  const [half, setHalf] = useState(8);
  useLayoutEffect(() => {
    const element = strip.current;
    if (!element) return undefined;
    const sizes = new ResizeObserver(() => setHalf(Math.ceil(element.clientWidth / FRAME / 2) + 1));
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  const first = Math.max(0, index - half);
  const end = Math.min(list.count, index + half + 1);
  return (
    <div ref={strip} className="filmstrip" role="group" aria-label={t('viewer.filmstrip')}>
      {Array.from({ length: Math.max(0, end - first) }, (_, place) => {
        const at = first + place;
        const outline = list.outlineAt(at);
        if (!outline) return null;
        return (
          <button
            key={outline.itemId}
            type="button"
            className="filmstrip-frame"
            style={{ transform: `translateX(${String((at - index) * FRAME)}px)` }}
            aria-label={list.cardAt(at)?.name ?? t('item.loading')}
            aria-current={at === index}
            tabIndex={at === index ? 0 : -1}
            onClick={() => onGo(outline.itemId)}
          >
            {outline.thumbhash !== null && (
              <ThumbHash hash={outline.thumbhash} className="filmstrip-picture" />
            )}
            {outline.hasPreview && (
              <img
                className="filmstrip-picture"
                src={media(outline.itemId, 'preview')}
                alt=""
                draggable={false}
              />
            )}
          </button>
        );
      })}
    </div>
  );
}
