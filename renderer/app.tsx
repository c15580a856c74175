// Runs in the page: the window: collections beside, search above, pictures below, and what lies over them.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SavedSearch, Scope } from '../contract/decisions.ts';
import type { ItemId } from '../contract/ids.ts';
import type { Result } from '../contract/search.ts';
import { SideButton, SidePlace, useSide } from './collections/side.tsx';
import { nameOfScope, useScope } from './collections/use-scope.ts';
import { useCollections, useEveryId } from './engine/decisions.ts';
import { useConnection } from './engine/engine.ts';
import { useRescan, useRoots } from './engine/queries.ts';
import { Results } from './results.tsx';
import { useFormat, useT } from './i18n/i18n.ts';
import type { GridHandle } from './grid/grid.tsx';
import { SearchField } from './search/search-field.tsx';
import { useSearch } from './search/use-search.ts';
import { DecideContext, useSelection } from './selection/context.ts';
import { SelectionArea } from './selection/selection-area.tsx';
import { SelectionBar } from './selection/selection-bar.tsx';
import { DesktopShell } from './shell/desktop-shell.tsx';
import { useFact } from './shell/facts.ts';
import { Welcome } from './welcome/welcome.tsx';
import { useTimeline } from './timeline/use-timeline.ts';
import { Toast } from './ui/toast.tsx';
import { Mark } from './ui/mark.tsx';
import { AppMenu } from './upkeep/app-menu.tsx';
import { Panels } from './upkeep/panels.tsx';
import type { Panel } from './upkeep/panels.tsx';
import { StatusBar } from './upkeep/status-bar.tsx';
import { useEdits } from './use-edits.ts';
import { useNotice } from './use-notice.ts';
import { Player } from './player/player.tsx';
import type { Question } from './player/player.tsx';
import { useLinkedMoment } from './player/use-linked-moment.ts';
import { Viewer } from './viewer/viewer.tsx';
import type { Shows } from './viewer/viewer-bar.tsx';
import './app.css';

export function App() {
  const t = useT();
  const format = useFormat();
  const connected = useConnection().phase === 'open';
  const roots = useRoots();
  const hasRoots = (roots.data?.length ?? 0) > 0;
  const [scope, setScope] = useScope();
  // Asked together with the roots: most libraries have some, and one that has none answers with nothing.
  const search = useSearch(roots.data?.length !== 0, scope);
  const side = useSide();
  const collections = useCollections().data;
  const selection = useSelection();
  const everyId = useEveryId();
  const rescan = useRescan();
  const grid = useRef<GridHandle>(null);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [opened, setOpened] = useState<ItemId | null>(null);
  const [shows, setShows] = useState<Shows>({ details: false, regions: false, filmstrip: false });
  const [notice, say] = useNotice();
  const decide = useEdits(say);

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
  // Another question shows other pictures: what was selected is out of sight.
  useEffect(() => selection.clear(), [selection, search.question]);

  const { addFiles, addItem, clear, setText } = search;
  const onPictures = useCallback(
    (files: readonly File[]) => {
      setOpened(null);
      addFiles(files);
    },
    [addFiles],
  );
  const onRefused = useCallback(() => say(t('drop.refused')), [say, t]);
  const searchBy = useCallback(
    (item: Result, alone: boolean) => {
      setOpened(null);
      addItem(item, alone);
    },
    [addItem],
  );
  const list = useTimeline(search.answer, scope);
  const moreLike = useCallback(
    (itemId: ItemId) => {
      const item = list.cardAt(list.indexOf(itemId));
      if (item) searchBy(item, true);
    },
    [list, searchBy],
  );
  const goTo = (next: Scope | null) => {
    clear();
    setScope(next);
  };
  const goToSearch = ({ text }: SavedSearch) => {
    clear();
    setScope(null);
    setText(text);
  };
  const selectAll = () => {
    const known = Array.from({ length: list.count }, (_, index) => list.idAt(index)).filter(
      (id) => id !== undefined,
    );
    selection.replace(known);
    // A ranking is shown page by page: the rest is asked for.
    if (list.count < list.total && search.examples.length === 0)
      void everyId(search.text.trim(), scope).then(selection.replace);
  };
  const lookAgain = () => {
    rescan.mutate(undefined, {
      onSuccess: (counts) => {
        const { added, changed, removed, moved } = counts;
        const n = {
          added: format.number(added),
          changed: format.number(changed + moved),
          removed: format.number(removed),
        };
        say(added + changed + removed + moved === 0 ? t('rescan.same') : t('rescan.found', n));
      },
    });
  };

  const linked = useLinkedMoment(setOpened);
  const kind =
    opened === null
      ? undefined
      : linked?.itemId === opened
        ? linked.kind
        : (list.outlineAt(list.indexOf(opened))?.kind ?? 'picture');
  useFact('library', hasRoots);
  useFact('listed', hasRoots && list.count > 0);
  useFact('picture', kind === 'picture');
  useFact('player', kind !== undefined && kind !== 'picture');
  const question: Question = {
    request: search.isBlank
      ? null
      : { text: search.text.trim(), scope, images: search.examples.map((example) => example.query) },
    key: search.question,
  };
  const close = () => {
    setOpened(null);
    // After the dialog gave the focus back to where it was opened from.
    requestAnimationFrame(() => grid.current?.focus(opened ?? undefined));
  };
  const title = nameOfScope(scope, collections, t);
  const first = roots.data !== undefined && !hasRoots;
  return (
    <DecideContext value={decide}>
      <div className="app" data-side={(side.open && !side.isNarrow && !first) || undefined}>
        <header className="app-head">
          <div className="app-start">
            {!first && <SideButton side={side} />}
            <h1 className="app-name">
              <Mark size={24} />
              <span>Afterimage</span>
            </h1>
          </div>
          {!first && (
            <SearchField
              search={search}
              busy={search.stale && connected && hasRoots}
              within={scope === null ? null : title}
              onDown={() => grid.current?.focus()}
            />
          )}
          <AppMenu onPanel={setPanel} onRescan={lookAgain} />
        </header>
        {!first && (
          <SidePlace
            side={side}
            scope={scope}
            text={search.text.trim()}
            onScope={goTo}
            onSearch={goToSearch}
          />
        )}
        <div className="app-body">
          {first ? (
            <main className="app-main">
              <Welcome />
            </main>
          ) : (
            <SelectionArea order={list} onSelectAll={selectAll}>
              <Results
                ref={grid}
                search={search}
                list={list}
                title={scope === null ? null : title}
                onOpen={setOpened}
                onMoreLike={moreLike}
                onFolders={() => setPanel('settings')}
              />
              <SelectionBar scope={scope} onSelectAll={selectAll} />
            </SelectionArea>
          )}
          <Toast notice={notice} />
        </div>
        <StatusBar onErrors={() => setPanel('errors')} />
        {opened !== null && kind !== 'picture' && kind !== undefined && (
          <Player
            list={list}
            itemId={opened}
            startMs={linked?.itemId === opened ? linked.startMs : null}
            question={question}
            showsDetails={shows.details}
            onDetails={() => setShows((before) => ({ ...before, details: !before.details }))}
            onGo={setOpened}
            onSearchBy={searchBy}
            onClose={close}
          />
        )}
        {opened !== null && kind === 'picture' && (
          <Viewer
            list={list}
            itemId={opened}
            shows={shows}
            onToggle={(what) => setShows((before) => ({ ...before, [what]: !before[what] }))}
            onGo={setOpened}
            onEnd={search.more}
            onSearchBy={searchBy}
            onClose={close}
          />
        )}
        <Panels panel={panel} onPanel={setPanel} />
        <DesktopShell
          opened={opened}
          onOpen={setOpened}
          onPanel={setPanel}
          onRescan={lookAgain}
          onPictures={onPictures}
          onRefused={onRefused}
          say={say}
        />
      </div>
    </DecideContext>
  );
}
