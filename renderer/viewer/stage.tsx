// Runs in the page: the picture of the viewer, its preview first and then the whole of it, and its regions.
import { useLayoutEffect, useRef } from 'react';
import { conceptWord } from '../../contract/concept-words.ts';
import type { Region } from '../../contract/media.ts';
import { useEngine } from '../engine/engine.ts';
import { useFormat, useLanguage, useT } from '../i18n/i18n.ts';
import { ThumbHash } from '../ui/canvas-picture.tsx';
import { PictureIcon } from '../ui/icons.ts';
import type { Shelved } from './image-shelf.ts';
import type { Viewed } from './use-viewed.ts';
import type { Zoom } from './use-zoom.ts';
import './stage.css';

export type Shelf = (source: string) => Shelved | undefined;

/** Puts a decoded element into the page. */
function Decoded({ image, name }: { readonly image: HTMLImageElement; readonly name: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    image.className = 'stage-layer';
    image.alt = name;
    place.current?.replaceChildren(image);
  }, [image, name]);
  return <div ref={place} className="stage-layer" />;
}

function Picture({ viewed, shelf }: { readonly viewed: Viewed; readonly shelf: Shelf }) {
  const t = useT();
  const { media } = useEngine();
  const full = shelf(media(viewed.itemId, 'full'));
  const preview = shelf(media(viewed.itemId, 'preview'));
  const best = full?.state === 'ready' ? full : preview?.state === 'ready' ? preview : null;
  return (
    <>
      {best === null && viewed.thumbhash !== null && (
        <ThumbHash hash={viewed.thumbhash} className="stage-layer" />
      )}
      {best && <Decoded image={best.image} name={viewed.name} />}
      {full?.state === 'failed' && best === null && (
        <p className="stage-failed">
          <PictureIcon size={28} strokeWidth={1.5} aria-hidden />
          {t('viewer.cannotShow')}
        </p>
      )}
    </>
  );
}

export interface StageProps {
  readonly viewed: Viewed;
  readonly zoom: Zoom;
  readonly shelf: Shelf;
  readonly regions: readonly Region[];
}

export function Stage({ viewed, zoom, shelf, regions }: StageProps) {
  const format = useFormat();
  const language = useLanguage();
  const { view, fitted, stageSize, handlers, setStage } = zoom;
  const left = (stageSize.width - fitted.width * view.scale) / 2 + view.x;
  const top = (stageSize.height - fitted.height * view.scale) / 2 + view.y;
  const place = {
    inlineSize: fitted.width,
    blockSize: fitted.height,
    transform: `translate(${String(left)}px, ${String(top)}px) scale(${String(view.scale)})`,
  };
  return (
    <div
      className="stage"
      ref={setStage}
      data-zoomed={view.scale > 1 || undefined}
      data-pixels={zoom.pixels >= 3 || undefined}
      {...handlers}
    >
      <div className="stage-picture" style={place}>
        <Picture key={viewed.itemId} viewed={viewed} shelf={shelf} />
      </div>
      {/* Drawn over the picture and not scaled with it, so that lines and words keep their size. */}
      {regions.map((region, index) => (
        <div
          key={`${region.label}-${String(index)}`}
          className="region"
          style={{
            transform: `translate(${String(left + region.x * fitted.width * view.scale)}px, ${String(top + region.y * fitted.height * view.scale)}px)`,
            inlineSize: region.width * fitted.width * view.scale,
            blockSize: region.height * fitted.height * view.scale,
          }}
        >
          <span>{`${conceptWord(region.label, language)} ${format.percent(region.relevance)}`}</span>
        </div>
      ))}
    </div>
  );
}
