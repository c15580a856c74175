// Runs in the page: the window: search above, pictures below, and what lies over them.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ItemId } from '../contract/ids.ts';
import type { Result } from '../contract/search.ts';
import { useConnection } from './engine/engine.ts';
import { useRescan, useRoots } from './engine/queries.ts';
import { Results } from './results.tsx';
import { useFormat, useT } from './i18n/i18n.ts';
import type { GridHandle } from './grid/grid.tsx';
import { DropTarget } from './search/drop-target.tsx';
import { SearchField } from './search/search-field.tsx';
import { useSearch } from './search/use-search.ts';
import { Welcome } from './states.tsx';
import { Mark } from './ui/mark.tsx';
import { AppMenu } from './upkeep/app-menu.tsx';
import type { Panel } from './upkeep/app-menu.tsx';
import { ErrorsDialog } from './upkeep/errors-dialog.tsx';
import { KeysDialog } from './upkeep/keys-dialog.tsx';
import { LibraryDialog } from './upkeep/library-dialog.tsx';
import { useTimeline } from './timeline/use-timeline.ts';
import { StatusBar } from './upkeep/status-bar.tsx';
import { Viewer } from './viewer/viewer.tsx';
import type { Shows } from './viewer/viewer-bar.tsx';
import './app.css';

const NOTICE_MS = 5_000;

function useNotice() {
  const [notice, setNotice] = useState<string | null>(null);
  useEffect(() => {
    if (notice === null) return undefined;
    const timer = setTimeout(() => setNotice(null), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return [notice, setNotice] as const;
}

export function App() {
  const t = useT();
  const format = useFormat();
  const connected = useConnection().phase === 'open';
  const roots = useRoots();
  const hasRoots = (roots.data?.length ?? 0) > 0;
  const search = useSearch(hasRoots);
  const rescan = useRescan();
  const grid = useRef<GridHandle>(null);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [opened, setOpened] = useState<ItemId | null>(null);
  const [shows, setShows] = useState<Shows>({ details: false, regions: false, filmstrip: false });
  const [notice, setNotice] = useNotice();

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLInputElement && event.target.type === 'text';
      if (event.key !== '?' || (typing && event.target.value !== '')) return;
      if (document.querySelector('dialog[open]')) return;
      event.preventDefault();
      setPanel('keys');
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const { addFiles, addItem } = search;
  const onPictures = useCallback(
    (files: readonly File[]) => {
      setOpened(null);
      addFiles(files);
    },
    [addFiles],
  );
  const onRefused = useCallback(() => setNotice(t('drop.refused')), [setNotice, t]);
  const searchBy = useCallback(
    (item: Result, alone: boolean) => {
      setOpened(null);
      addItem(item, alone);
    },
    [addItem],
  );
  const list = useTimeline(search.answer);
  const moreLike = useCallback(
    (itemId: ItemId) => {
      const item = list.cardAt(list.indexOf(itemId));
      if (item) searchBy(item, true);
    },
    [list, searchBy],
  );
  const lookAgain = () => {
    rescan.mutate(undefined, {
      onSuccess: (counts) => {
        const { added, changed, removed, moved } = counts;
        const n = {
          added: format.number(added),
          changed: format.number(changed + moved),
          removed: format.number(removed),
        };
        setNotice(added + changed + removed + moved === 0 ? t('rescan.same') : t('rescan.found', n));
      },
    });
  };

  return (
    <div className="app">
      <header className="app-head">
        <h1 className="app-name">
          <Mark size={26} />
          <span>Afterimage</span>
        </h1>
        <SearchField
          search={search}
          busy={search.stale && connected && hasRoots}
          onDown={() => grid.current?.focus()}
        />
        <AppMenu onPanel={setPanel} onRescan={lookAgain} />
      </header>
      {roots.data && !hasRoots ? (
        <main className="app-main">
          <Welcome />
        </main>
      ) : (
        <Results
          ref={grid}
          search={search}
          list={list}
          onOpen={setOpened}
          onMoreLike={moreLike}
          onFolders={() => setPanel('library')}
        />
      )}
      <StatusBar notice={notice} onErrors={() => setPanel('errors')} />
      {opened !== null && (
        <Viewer
          list={list}
          itemId={opened}
          shows={shows}
          onToggle={(what) => setShows((before) => ({ ...before, [what]: !before[what] }))}
          onGo={setOpened}
          onEnd={search.more}
          onSearchBy={searchBy}
          onClose={() => {
            setOpened(null);
            // After the dialog gave the focus back to where it was opened from.
            requestAnimationFrame(() => grid.current?.focus(opened));
          }}
        />
      )}
      {panel === 'library' && <LibraryDialog onClose={() => setPanel(null)} />}
      {panel === 'errors' && <ErrorsDialog onClose={() => setPanel(null)} />}
      {panel === 'keys' && <KeysDialog onClose={() => setPanel(null)} />}
      <DropTarget onPictures={onPictures} onRefused={onRefused} />
    </div>
  );
}
