// Runs in the page: one picture in the whole window, and from it to the next, to what is known, to others like it.
import { useEffect, useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Result } from '../../contract/search.ts';
import { useEngine } from '../engine/engine.ts';
import { failureIn } from '../engine/failure.ts';
import { useDetails } from '../engine/queries.ts';
import { useT } from '../i18n/i18n.ts';
import { IconButton } from '../ui/button.tsx';
import { Modal } from '../ui/dialog.tsx';
import { FailureText } from '../ui/failure-text.tsx';
import { NextIcon, PreviousIcon } from '../ui/icons.ts';
import { Details } from './details.tsx';
import { Stage } from './stage.tsx';
import { useZoom } from './use-zoom.ts';
import { ViewerBar } from './viewer-bar.tsx';
import './viewer.css';

export interface ViewerProps {
  readonly items: readonly Result[];
  readonly item: Result;
  readonly showsDetails: boolean;
  readonly showsRegions: boolean;
  readonly onToggle: (what: 'details' | 'regions') => void;
  readonly onGo: (item: Result) => void;
  readonly onEnd: () => void;
  readonly onClose: () => void;
  /** `alone`: more like this; else it joins what is searched for already. */
  readonly onSearchBy: (item: Result, alone: boolean) => void;
}

/** Fetches the neighbours, so that an arrow key shows them at once. */
function useNeighbours(neighbours: readonly (Result | undefined)[]) {
  const { media } = useEngine();
  const sources = neighbours.flatMap((one) => (one ? [media(one.itemId, 'full')] : [])).join('\n');
  useEffect(() => {
    const images =
      sources === '' ? [] : sources.split('\n').map((source) => Object.assign(new Image(), { src: source }));
    return () => {
      for (const image of images) image.src = '';
    };
  }, [sources]);
}

export function Viewer(props: ViewerProps) {
  const { items, item, showsDetails, showsRegions, onToggle, onGo, onEnd, onClose, onSearchBy } = props;
  const t = useT();
  const [stage, setStage] = useState<HTMLElement | null>(null);
  const details = useDetails(item.itemId);
  const picture = useMemo(
    () => (item.width && item.height ? { width: item.width, height: item.height } : null),
    [item.width, item.height],
  );
  const zoom = useZoom(stage, picture);
  const index = items.findIndex(({ itemId }) => itemId === item.itemId);
  const [previous, next] = [items[index - 1], index >= 0 ? items[index + 1] : undefined];
  useNeighbours([next, previous]);
  useEffect(() => {
    if (index >= items.length - 3) onEnd();
  }, [index, items.length, onEnd]);

  const go = (to: Result | undefined) => {
    if (!to) return;
    zoom.whole();
    onGo(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target instanceof HTMLButtonElement;
    const keys: Record<string, () => void> = {
      ArrowRight: () => go(document.dir === 'rtl' ? previous : next),
      ArrowLeft: () => go(document.dir === 'rtl' ? next : previous),
      Home: () => go(items[0]),
      '+': zoom.closer,
      '=': zoom.closer,
      '-': zoom.farther,
      '0': zoom.whole,
      i: () => onToggle('details'),
      r: () => onToggle('regions'),
      m: () => onSearchBy(item, true),
      ...(onButton ? {} : { ' ': onClose }),
    };
    const key = keys[event.key] ?? keys[event.key.toLowerCase()];
    if (!key) return;
    event.preventDefault();
    key();
  };

  const regions = details.data?.moments.flatMap((moment) => moment.regions) ?? [];
  return (
    <Modal className="viewer" onClose={onClose} label={t('viewer.title', { name: item.name })}>
      <div className="viewer-frame" tabIndex={-1} data-first onKeyDown={onKeyDown}>
        <ViewerBar
          item={item}
          hasRegions={regions.length > 0}
          showsRegions={showsRegions}
          showsDetails={showsDetails}
          onToggle={onToggle}
          onSearchBy={onSearchBy}
          onClose={onClose}
        />
        <div className="viewer-body">
          <div className="viewer-stage">
            <Stage item={item} zoom={zoom} setElement={setStage} regions={showsRegions ? regions : []} />
            <div className="viewer-go viewer-previous">
              <IconButton
                label={t('viewer.previous')}
                shortcut="←"
                tip="above"
                disabled={!previous}
                onClick={() => go(previous)}
              >
                <PreviousIcon size={22} aria-hidden />
              </IconButton>
            </div>
            <div className="viewer-go viewer-next">
              <IconButton
                label={t('viewer.next')}
                shortcut="→"
                tip="above-end"
                disabled={!next}
                onClick={() => go(next)}
              >
                <NextIcon size={22} aria-hidden />
              </IconButton>
            </div>
          </div>
          {showsDetails && (
            <aside className="details" aria-label={t('viewer.details')} tabIndex={0}>
              {details.data && <Details item={details.data} why={item.why} />}
              {details.error && <FailureText failure={failureIn(details.error)} />}
            </aside>
          )}
        </div>
        <p className="spoken-only" role="status">
          {t('viewer.position', { name: item.name, n: index + 1, total: items.length })}
        </p>
      </div>
    </Modal>
  );
}
