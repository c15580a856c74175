// Runs in the page: two pictures side by side, zoomed and moved together.
import { whyText } from '../../contract/concept-words.ts';
import type { Result } from '../../contract/search.ts';
import { wallClockMs } from '../i18n/format.ts';
import { useFormat, useLanguage, useT } from '../i18n/i18n.ts';
import { Stage } from './stage.tsx';
import type { Shelf } from './stage.tsx';
import type { Viewed } from './use-viewed.ts';
import { useZoom } from './use-zoom.ts';
import type { ViewState } from './use-zoom.ts';
import './compare.css';

export interface Compared {
  readonly viewed: Viewed;
  /** Null while its card is on its way. */
  readonly item: Result | null;
}

interface HalfProps extends Compared {
  readonly shelf: Shelf;
  readonly view: ViewState;
}

function Half({ viewed, item, shelf, view }: HalfProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const zoom = useZoom(viewed.size, view);
  const facts = item && [
    item.taken && format.dateTime(wallClockMs(item.taken)),
    item.width && item.height && `${String(item.width)} × ${String(item.height)}`,
    item.why.length > 0 && t('compare.relevance', { percent: format.percent(item.relevance) }),
    ...item.why.slice(0, 2).map((one) => whyText(one, language)),
  ];
  return (
    <figure className="compare-half">
      <Stage viewed={viewed} zoom={zoom} shelf={shelf} regions={item?.moments[0]?.regions ?? []} />
      <figcaption>
        <strong>
          <bdi>{viewed.name}</bdi>
        </strong>
        <span>{facts?.filter(Boolean).join(' · ')}</span>
      </figcaption>
    </figure>
  );
}

export interface CompareProps {
  readonly left: Compared;
  readonly right: Compared;
  readonly shelf: Shelf;
  readonly view: ViewState;
}

export function Compare({ left, right, shelf, view }: CompareProps) {
  return (
    <div className="compare">
      <Half key={`left-${String(left.viewed.itemId)}`} {...left} shelf={shelf} view={view} />
      <Half key={`right-${String(right.viewed.itemId)}`} {...right} shelf={shelf} view={view} />
    </div>
  );
}
