// Runs in the page: one picture of the grid.
import { memo, useState } from 'react';
import type { Result } from '../../contract/search.ts';
import { useEngine } from '../engine/engine.ts';
import { wallClockMs } from '../i18n/format.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { ThumbHash } from '../ui/canvas-picture.tsx';
import { AudioIcon, AwayIcon, PictureIcon, VideoIcon } from '../ui/icons.ts';
import './cell.css';

const KIND_ICONS = { picture: PictureIcon, video: VideoIcon, audio: AudioIcon };

/** Addresses that were painted already: scrolling back shows them without fading in again. */
const painted = new Set<string>();

function Preview({ item }: { readonly item: Result }) {
  const { media } = useEngine();
  const source = media(item.itemId, 'preview');
  const [known] = useState(() => painted.has(source));
  const [ready, setReady] = useState(known);
  return (
    <img
      className="cell-picture"
      src={source}
      alt=""
      draggable={false}
      decoding="async"
      data-ready={ready || undefined}
      data-known={known || undefined}
      onLoad={() => {
        painted.add(source);
        setReady(true);
      }}
    />
  );
}

function Badges({ item }: { readonly item: Result }) {
  const t = useT();
  const KindIcon = KIND_ICONS[item.kind];
  return (
    <span className="cell-badges">
      {item.away && (
        <span className="badge">
          <AwayIcon size={12} aria-hidden />
          {t('item.away')}
        </span>
      )}
      {item.animated && <span className="badge">{t('item.animated')}</span>}
      {item.kind !== 'picture' && (
        <span className="badge">
          <KindIcon size={12} aria-hidden />
        </span>
      )}
    </span>
  );
}

export interface CellProps {
  readonly item: Result;
  readonly index: number;
  readonly count: number;
  readonly width: number;
  /** The one that Tab comes to. */
  readonly current: boolean;
  readonly onOpen: (item: Result) => void;
  readonly onFocus: (item: Result) => void;
}

export const Cell = memo(function Cell({ item, index, count, width, current, onOpen, onFocus }: CellProps) {
  const t = useT();
  const format = useFormat();
  const why = item.why.map(({ text }) => text);
  const name = [
    item.name,
    item.taken && format.day(wallClockMs(item.taken)),
    item.kind !== 'picture' && t(`kind.${item.kind}`),
    item.animated && t('item.animated'),
    item.away && t('item.away'),
    ...why,
  ];
  return (
    <div
      className="cell"
      role="option"
      style={{ inlineSize: width }}
      data-item={item.itemId}
      aria-label={name.filter(Boolean).join(', ')}
      aria-selected={current}
      aria-setsize={count}
      aria-posinset={index + 1}
      tabIndex={current ? 0 : -1}
      onClick={() => {
        onOpen(item);
      }}
      onFocus={() => {
        onFocus(item);
      }}
    >
      {item.thumbhash !== null && <ThumbHash hash={item.thumbhash} className="cell-hash" />}
      {item.hasPreview ? <Preview key={item.itemId} item={item} /> : <PictureIcon size={22} aria-hidden />}
      <Badges item={item} />
      <span className="cell-caption" aria-hidden>
        {why.length > 0 ? why.slice(0, 3).join(' · ') : item.name}
      </span>
    </div>
  );
});
