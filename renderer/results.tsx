// Runs in the page: the answer to what is searched for, in whichever state it is.
import { useState } from 'react';
import type { Ref } from 'react';
import type { ItemId } from '../contract/ids.ts';
import type { Plan } from '../contract/search.ts';
import { useFormat, useT } from './i18n/i18n.ts';
import { Grid } from './grid/grid.tsx';
import type { GridHandle } from './grid/grid.tsx';
import type { GridList } from './grid/grid-list.ts';
import { SizeSlider, useGridSize } from './grid/size-slider.tsx';
import { AnswerBar } from './search/answer-bar.tsx';
import type { Search } from './search/use-search.ts';
import { EmptyScope, NoItems, NothingMatches, Trouble } from './states.tsx';
import { Button } from './ui/button.tsx';

/** What lies below the cut-off is shown smaller than results. */
const NEAREST_SIZE = 150;

/** How the results stand: where nothing is wanted there is nothing to be relevant to, only newest first. */
function orderOf({ sort, wants, phrases }: Plan): Plan['sort'] {
  return sort === 'relevance' && wants.length + phrases.length === 0 ? 'newest' : sort;
}

export interface ResultsProps {
  readonly ref: Ref<GridHandle>;
  readonly search: Search;
  readonly list: GridList;
  /** Name of the collection that is searched in; null: everything. */
  readonly title: string | null;
  readonly onOpen: (itemId: ItemId) => void;
  readonly onMoreLike: (itemId: ItemId) => void;
  readonly onFolders: () => void;
}

export function Results({ ref, search, list, title, onOpen, onMoreLike, onFolders }: ResultsProps) {
  const t = useT();
  const format = useFormat();
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const [size, setSize] = useGridSize();
  const { answer, error, stale } = search;
  const nothing = answer !== null && answer.total === 0;
  const label = nothing
    ? t('nothing.nearest')
    : t(search.isBlank ? 'search.items' : 'search.results', {
        count: list.total,
        n: format.number(list.total),
      });
  return (
    <main ref={setScroller} className="app-main" data-stale={stale || undefined}>
      {answer && !error && !(nothing && search.isBlank) && (
        <AnswerBar answer={answer} search={search} total={nothing ? 0 : list.total} title={title}>
          <SizeSlider size={size} onSize={setSize} />
        </AnswerBar>
      )}
      {error !== null && !stale && (
        <Trouble error={error}>
          <Button onClick={() => void search.retry()}>{t('common.tryAgain')}</Button>
        </Trouble>
      )}
      {!error && nothing && search.isBlank && search.scope === null && <NoItems onFolders={onFolders} />}
      {!error && nothing && search.isBlank && search.scope !== null && <EmptyScope scope={search.scope} />}
      {!error && nothing && !search.isBlank && <NothingMatches answer={answer} search={search} />}
      {!error && list.count > 0 && answer && (
        <Grid
          ref={ref}
          list={list}
          sort={nothing ? 'relevance' : orderOf(answer.plan)}
          label={label}
          target={nothing ? Math.min(size, NEAREST_SIZE) : size}
          question={search.question}
          scroller={scroller}
          onOpen={onOpen}
          onMoreLike={onMoreLike}
          onEnd={search.more}
          unfolded={search.unfolded}
          onFold={search.toggleFold}
        />
      )}
    </main>
  );
}
