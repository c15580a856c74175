// Runs in the page: one picture in the whole window, and from it to the next, to what is known, to others like it.
import { useCallback, useEffect, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import type { Result } from '../../contract/search.ts';
import { useEngine } from '../engine/engine.ts';
import { failureIn } from '../engine/failure.ts';
import type { GridList } from '../grid/grid-list.ts';
import { useT } from '../i18n/i18n.ts';
import { useCanAct, useFact } from '../shell/facts.ts';
import { IconButton } from '../ui/button.tsx';
import { Modal } from '../ui/dialog.tsx';
import { FailureText } from '../ui/failure-text.tsx';
import { NextIcon, PreviousIcon } from '../ui/icons.ts';
import { Compare } from './compare.tsx';
import { Details } from './details.tsx';
import { Filmstrip } from './filmstrip.tsx';
import { useImageShelf } from './image-shelf.ts';
import { Stage } from './stage.tsx';
import { useFullScreen } from './use-full-screen.ts';
import { useSlideshow } from './use-slideshow.ts';
import { useViewed, viewedAt } from './use-viewed.ts';
import { useZoom } from './use-zoom.ts';
import { ViewerBar } from './viewer-bar.tsx';
import type { Part, Shows } from './viewer-bar.tsx';
import { useMarkCommands } from './marks.tsx';
import { WhyChips } from './why-chips.tsx';
import { WHOLE } from './zoom.ts';
import './viewer.css';

/** Small pictures are ready so many ahead and behind: for an arrow key that is held down. */
const PREVIEWS_READY = 4;

export interface ViewerProps {
  readonly list: GridList;
  readonly itemId: ItemId;
  readonly shows: Shows;
  readonly onToggle: (what: Part) => void;
  readonly onGo: (itemId: ItemId) => void;
  readonly onEnd: () => void;
  readonly onClose: () => void;
  /** `alone`: more like this; else it joins what is searched for already. */
  readonly onSearchBy: (item: Result, alone: boolean) => void;
}

export function Viewer(props: ViewerProps) {
  const { list, itemId, shows, onToggle, onGo, onEnd, onClose } = props;
  const t = useT();
  const { media } = useEngine();
  const { index, item, viewed, details } = useViewed(list, itemId);
  const view = useState(WHOLE);
  const [, setView] = view;
  const zoom = useZoom(viewed.size, view);
  /** The place in the list of the picture beside this one. */
  const [beside, setBeside] = useState<number | null>(null);
  const [pointed, setPointed] = useState(false);
  const screen = useFullScreen();

  const idAt = (at: number) => (index < 0 ? undefined : list.idAt(at));
  const turned = beside ?? index;
  const [previousId, nextId] = [idAt(turned - 1), idAt(turned + 1)];
  const near = [itemId, idAt(turned), nextId, previousId].filter((one) => one !== undefined);
  const farther = Array.from({ length: PREVIEWS_READY }, (_, i) => [
    idAt(turned + 2 + i),
    idAt(turned - 2 - i),
  ])
    .flat()
    .filter((one) => one !== undefined);
  const shelf = useImageShelf([
    ...new Set([
      ...[media(itemId, 'preview'), ...near.map((one) => media(one, 'full'))],
      ...[...near, ...farther].map((one) => media(one, 'preview')),
    ]),
  ]);
  useEffect(() => {
    if (index >= list.count - 3) onEnd();
  }, [index, list.count, onEnd]);

  const go = useCallback(
    (to: ItemId | undefined) => {
      if (to === undefined) return;
      setView(WHOLE);
      onGo(to);
    },
    [setView, onGo],
  );
  /** In comparing, the picture at the end side changes. */
  const step = (by: 1 | -1) => {
    if (beside === null) go(idAt(index + by));
    else {
      const over = beside + by === index ? by * 2 : by;
      if (idAt(beside + over) !== undefined) setBeside(beside + over);
    }
  };
  const goOn = useCallback(() => go(list.idAt(index + 1) ?? list.idAt(0)), [go, list, index]);
  const shown = shelf(media(itemId, 'full'))?.state;
  const slideshow = useSlideshow(itemId, shown === 'ready' || shown === 'failed', goOn);
  const compare = () => {
    slideshow.stop();
    setView(WHOLE);
    setBeside((now) => (now === null ? (idAt(index + 1) === undefined ? index - 1 : index + 1) : null));
  };
  const close = () => {
    if (beside !== null) setBeside(null);
    else if (slideshow.running) slideshow.stop();
    else onClose();
  };
  const searchBy = (alone: boolean) => {
    if (item) props.onSearchBy(item, alone);
  };

  const mark = useMarkCommands(item);
  // What had the focus may have gone with its picture: the keys stay alive.
  useEffect(() => {
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('dialog.viewer [data-first]')?.focus();
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target instanceof HTMLButtonElement;
    const ahead = document.dir === 'rtl' ? -1 : 1;
    const keys: Record<string, () => void> = {
      ArrowRight: () => step(ahead),
      ArrowLeft: () => step(ahead === 1 ? -1 : 1),
      Home: () => go(list.idAt(0)),
      End: () => go(list.idAt(list.count - 1)),
      '+': zoom.closer,
      '=': zoom.closer,
      '-': zoom.farther,
      '0': zoom.whole,
      '1': zoom.actual,
      i: () => onToggle('details'),
      r: () => onToggle('regions'),
      t: () => onToggle('filmstrip'),
      m: () => searchBy(true),
      c: compare,
      s: slideshow.toggle,
      f: screen.toggle,
      h: mark.toggle,
      ...(onButton ? {} : { ' ': onClose }),
    };
    const key = keys[event.key] ?? keys[event.key.toLowerCase()];
    if (!key) return;
    event.preventDefault();
    key();
  };

  const asked = item?.moments.flatMap((moment) => moment.regions) ?? [];
  const seen = details.data?.moments.flatMap((moment) => moment.regions) ?? [];
  const regions = asked.length > 0 ? asked : seen;
  useFact('regions', regions.length > 0);
  useFact('beside', index >= 0 && list.count > 1);
  useFact('previous', previousId !== undefined);
  useFact('next', nextId !== undefined);
  const [canGoBack, canGoOn] = [useCanAct('previous'), useCanAct('next')];
  const other = beside === null ? undefined : viewedAt(list, beside);
  const alone = slideshow.running && !shows.details;
  return (
    <Modal className="viewer" onClose={close} label={t('viewer.title', { name: viewed.name })}>
      <div
        className="viewer-frame"
        data-alone={alone || undefined}
        tabIndex={-1}
        data-first
        onKeyDown={onKeyDown}
      >
        <ViewerBar
          name={viewed.name}
          item={item}
          shows={shows}
          comparing={beside !== null}
          playing={slideshow.running}
          full={screen.full}
          onToggle={onToggle}
          onSearchBy={searchBy}
          onCompare={compare}
          onPlay={slideshow.toggle}
          onFull={screen.toggle}
          onClose={close}
        />
        <div className="viewer-body">
          <div className="viewer-stage">
            {other && beside !== null ? (
              <Compare
                left={{ viewed, item }}
                right={{ viewed: other, item: list.cardAt(beside) ?? null }}
                shelf={shelf}
                view={view}
              />
            ) : (
              <Stage
                viewed={viewed}
                zoom={zoom}
                shelf={shelf}
                regions={shows.regions || pointed ? regions : []}
              />
            )}
            {item && !other && !alone && <WhyChips item={item} onPoint={setPointed} />}
            <div className="viewer-go viewer-previous">
              <IconButton
                label={t('viewer.previous')}
                shortcut="←"
                tip="above"
                disabled={!canGoBack}
                onClick={() => step(-1)}
              >
                <PreviousIcon size={22} aria-hidden />
              </IconButton>
            </div>
            <div className="viewer-go viewer-next">
              <IconButton
                label={t('viewer.next')}
                shortcut="→"
                tip="above-end"
                disabled={!canGoOn}
                onClick={() => step(1)}
              >
                <NextIcon size={22} aria-hidden />
              </IconButton>
            </div>
          </div>
          {shows.details && (
            <aside className="details" aria-label={t('viewer.details')} tabIndex={0}>
              {details.data && <Details item={details.data} why={item?.why ?? []} />}
              {details.error && <FailureText failure={failureIn(details.error)} />}
            </aside>
          )}
        </div>
        {shows.filmstrip && index >= 0 && !alone && <Filmstrip list={list} index={turned} onGo={go} />}
        <p className="spoken-only" role="status">
          {t('viewer.position', { name: viewed.name, n: index + 1, total: list.total })}
        </p>
      </div>
    </Modal>
  );
}
