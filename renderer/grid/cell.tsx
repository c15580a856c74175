// Runs in the page: one picture of the grid.
import { Fragment, memo, useEffect, useState } from 'react';
import { whyText } from '../../contract/concept-words.ts';
import type { ItemId } from '../../contract/ids.ts';
import type { Region } from '../../contract/media.ts';
import type { Result } from '../../contract/search.ts';
import { useEngine } from '../engine/engine.ts';
import { wallClockMs } from '../i18n/format.ts';
import { useFormat, useLanguage, useT } from '../i18n/i18n.ts';
import { ThumbHash } from '../ui/canvas-picture.tsx';
import { Lit } from '../ui/lit.tsx';
import { useIsSelected } from '../selection/context.ts';
import {
  AlikeIcon,
  AudioIcon,
  AwayIcon,
  CheckIcon,
  FavouriteIcon,
  PictureIcon,
  ResumeIcon,
  VideoIcon,
} from '../ui/icons.ts';
import type { Outline } from './grid-list.ts';
import { clock } from '../player/clock.ts';
import { Scrub, useScrub } from './scrub.tsx';
import './cell.css';

const KIND_ICONS = { picture: PictureIcon, video: VideoIcon, audio: AudioIcon };

const MOST_TRIES = 2;
const RETRY_MS = 600;

/** Addresses that were painted already: scrolling back shows them without fading in again. */
const painted = new Set<string>();

function Preview({ itemId }: { readonly itemId: ItemId }) {
  const { media } = useEngine();
  const source = media(itemId, 'preview');
  const [known] = useState(() => painted.has(source));
  const [ready, setReady] = useState(known);
  /** How often it could not be fetched: a request that was cut off is made again, twice. */
  const [failed, setFailed] = useState(0);
  useEffect(() => {
    if (failed === 0 || failed > MOST_TRIES) return undefined;
    const timer = setTimeout(() => setFailed((times) => -times), failed * RETRY_MS);
    return () => clearTimeout(timer);
  }, [failed]);
  const show = () => {
    painted.add(source);
    setReady(true);
  };
  return (
    <img
      key={Math.min(0, failed)}
      // One that is in the browser's memory may have loaded before anybody listens.
      ref={(image) => {
        if (image?.complete && image.naturalWidth > 0 && !ready) show();
      }}
      className="cell-picture"
      src={source}
      alt=""
      draggable={false}
      decoding="async"
      data-ready={ready || undefined}
      data-known={known || undefined}
      onLoad={show}
      onError={() => setFailed((times) => Math.abs(times) + 1)}
    />
  );
}

/** What a cell says over its picture. */
interface BadgesProps {
  readonly outline: Outline;
  readonly card: Result | undefined;
  readonly away: boolean;
  /** What is alike stands beside it. */
  readonly open: boolean;
  readonly onFold: (itemId: ItemId) => void;
}

function Badges({ outline, card, away, open, onFold }: BadgesProps) {
  const t = useT();
  const KindIcon = KIND_ICONS[outline.kind];
  const folded = card?.folded ?? 0;
  if (!away && !outline.animated && outline.kind === 'picture' && folded === 0) return null;
  return (
    <span className="cell-badges">
      {folded > 0 && (
        <span
          className="badge badge-fold"
          // By keys it is + and -: a cell is one stop.
          aria-hidden
          title={t(open ? 'item.fold' : 'item.unfold')}
          onClick={(event) => {
            event.stopPropagation();
            onFold(outline.itemId);
          }}
        >
          <AlikeIcon size={12} />
          {open ? '−' : `+${String(folded)}`}
        </span>
      )}
      {away && (
        <span className="badge">
          <AwayIcon size={12} aria-hidden />
          {t('item.away')}
        </span>
      )}
      {outline.animated && <span className="badge">{t('item.animated')}</span>}
      {outline.kind !== 'picture' && (
        <span className="badge">
          <KindIcon size={12} aria-hidden />
          {typeof card?.durationMs === 'number' && clock(card.durationMs)}
        </span>
      )}
    </span>
  );
}

/** Where the item is entered: the time of the moment that matches best. */
const entryOf = (card: Result | undefined): number | null =>
  card && card.why.length > 0 ? (card.moments[0]?.startMs ?? null) : null;

const percent = (share: number) => `${String(share * 100)}%`;

/** Where a region lies in its picture; a cell shows all of it but of what is very wide or high. */
const placeOf = ({ x, y, width, height }: Region) => ({
  left: percent(x),
  top: percent(y),
  inlineSize: percent(width),
  blockSize: percent(height),
});

export interface CellProps {
  readonly outline: Outline;
  /** Undefined while it is on its way. */
  readonly card: Result | undefined;
  readonly wallMs: number | null;
  readonly index: number;
  readonly count: number;
  readonly width: number;
  /** The one that Tab comes to. */
  readonly current: boolean;
  readonly onOpen: (index: number) => void;
  readonly onFocus: (itemId: ItemId) => void;
  /** What is alike stands beside it, not behind it. */
  readonly open: boolean;
  readonly onFold: (itemId: ItemId) => void;
}

export const Cell = memo(function Cell(props: CellProps) {
  const language = useLanguage();
  const { outline, card, wallMs, index, count, width, current, onOpen, onFocus, open, onFold } = props;
  const t = useT();
  const format = useFormat();
  const selected = useIsSelected(outline.itemId);
  const why = card?.why.map((one) => whyText(one, language)) ?? [];
  const asked = card?.moments[0]?.regions ?? [];
  const away = card?.away === true;
  const entry = entryOf(card);
  const KindIcon = KIND_ICONS[outline.kind];
  const durationMs = card?.durationMs ?? null;
  const scrub = useScrub(durationMs !== null && outline.hasPreview && outline.kind !== 'audio');
  const day = card?.taken ? format.day(wallClockMs(card.taken)) : wallMs !== null && format.day(wallMs);
  const name = [
    card?.name ?? t('item.loading'),
    day,
    outline.kind !== 'picture' && t(`kind.${outline.kind}`),
    durationMs !== null && clock(durationMs),
    entry !== null && t('player.moment', { time: clock(entry) }),
    outline.animated && t('item.animated'),
    away && t('item.away'),
    card?.folded !== undefined && t('item.alike', { count: card.folded }),
    card?.favourite === true && t('select.favourite'),
    ...why,
  ];
  return (
    <div
      className="cell"
      role="option"
      style={{ inlineSize: width }}
      data-item={outline.itemId}
      aria-label={name.filter(Boolean).join(', ')}
      data-selected={selected || undefined}
      draggable
      aria-selected={selected}
      aria-setsize={count}
      aria-posinset={index + 1}
      tabIndex={current ? 0 : -1}
      onClick={() => onOpen(index)}
      onFocus={() => onFocus(outline.itemId)}
      {...scrub.handlers}
    >
      {outline.thumbhash !== null && <ThumbHash hash={outline.thumbhash} className="cell-hash" />}
      {outline.hasPreview ? (
        <Preview key={outline.itemId} itemId={outline.itemId} />
      ) : (
        <KindIcon size={22} aria-hidden />
      )}
      {scrub.at !== null && durationMs !== null && (
        <Scrub itemId={outline.itemId} durationMs={durationMs} at={scrub.at} />
      )}
      {entry !== null && (
        <span className="cell-entry" aria-hidden>
          <ResumeIcon size={11} fill="currentColor" />
          {clock(entry)}
        </span>
      )}
      <Badges outline={outline} card={card} away={away} open={open} onFold={onFold} />
      {asked.length > 0 && (
        <span className="cell-regions" aria-hidden>
          {asked.map((region, at) => (
            <span key={`${region.label}-${String(at)}`} style={placeOf(region)} />
          ))}
        </span>
      )}
      <span className="cell-select" title={t('select.item')} aria-hidden>
        <CheckIcon size={15} strokeWidth={3} />
      </span>
      {card?.favourite === true && (
        <span className="cell-favourite" aria-hidden>
          <FavouriteIcon size={16} />
        </span>
      )}
      <span className="cell-caption" aria-hidden>
        {card && card.why.length > 0
          ? card.why.slice(0, 3).map((one, at) => (
              <Fragment key={`${one.kind}-${one.text}`}>
                {at > 0 && ' · '}
                <Lit {...one} />
              </Fragment>
            ))
          : card?.name}
      </span>
    </div>
  );
});
