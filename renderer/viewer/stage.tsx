// Runs in the page: the picture of the viewer, its preview first and then the whole of it, and its regions.
import { useState } from 'react';
import type { Region } from '../../contract/media.ts';
import type { ItemCard } from '../../contract/media.ts';
import { useEngine } from '../engine/engine.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { ThumbHash } from '../ui/canvas-picture.tsx';
import { PictureIcon } from '../ui/icons.ts';
import type { useZoom } from './use-zoom.ts';
import './stage.css';

export interface StageProps {
  readonly item: ItemCard;
  readonly zoom: ReturnType<typeof useZoom>;
  readonly setElement: (element: HTMLElement | null) => void;
  readonly regions: readonly Region[];
}

/** Mount anew for each item (by key): what was loaded belongs to one picture. */
function Picture({ item }: { readonly item: ItemCard }) {
  const t = useT();
  const { media } = useEngine();
  const [full, setFull] = useState<'waiting' | 'shown' | 'failed'>('waiting');
  return (
    <>
      {item.thumbhash !== null && <ThumbHash hash={item.thumbhash} className="stage-layer" />}
      {item.hasPreview && full !== 'shown' && (
        <img className="stage-layer" src={media(item.itemId, 'preview')} alt="" draggable={false} />
      )}
      <img
        className="stage-layer stage-full"
        src={media(item.itemId, 'full')}
        alt={item.name}
        draggable={false}
        data-state={full}
        onLoad={() => setFull('shown')}
        onError={() => setFull('failed')}
      />
      {full === 'failed' && !item.hasPreview && (
        <p className="stage-failed">
          <PictureIcon size={28} strokeWidth={1.5} aria-hidden />
          {t('viewer.cannotShow')}
        </p>
      )}
    </>
  );
}

export function Stage({ item, zoom, setElement, regions }: StageProps) {
  const format = useFormat();
  const { view, fitted, stageSize, handlers } = zoom;
  const left = (stageSize.width - fitted.width * view.scale) / 2 + view.x;
  const top = (stageSize.height - fitted.height * view.scale) / 2 + view.y;
  const place = {
    inlineSize: fitted.width,
    blockSize: fitted.height,
    transform: `translate(${String(left)}px, ${String(top)}px) scale(${String(view.scale)})`,
  };
  return (
    <div className="stage" ref={setElement} data-zoomed={view.scale > 1 || undefined} {...handlers}>
      <div className="stage-picture" style={place}>
        <Picture key={item.itemId} item={item} />
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
          <span>{`${region.label} ${format.percent(region.relevance)}`}</span>
        </div>
      ))}
    </div>
  );
}
