// Runs in the page: why the open picture is a result, and where in it that is to be seen.
import type { Result } from '../../contract/search.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { Lit } from '../ui/lit.tsx';
import './why-chips.css';

export interface WhyChipsProps {
  readonly item: Result;
  /** Something is to be outlined as long as the chips are pointed at. */
  readonly onPoint: (pointed: boolean) => void;
}

export function WhyChips({ item, onPoint }: WhyChipsProps) {
  const t = useT();
  const format = useFormat();
  if (item.why.length === 0) return null;
  return (
    <ul
      className="why-chips"
      aria-label={t('details.why')}
      onPointerEnter={() => onPoint(true)}
      onPointerLeave={() => onPoint(false)}
    >
      {item.relevance < 1 && (
        <li className="why-relevance">
          {t('compare.relevance', { percent: format.percent(item.relevance) })}
        </li>
      )}
      {item.why.slice(0, 4).map((one) => (
        <li key={`${one.kind}-${one.text}`}>
          <Lit {...one} />
        </li>
      ))}
    </ul>
  );
}
