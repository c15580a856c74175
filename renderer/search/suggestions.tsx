// Runs in the page: the list below the search field: what was asked before and what the library holds.
import type { ComponentType } from 'react';
import { useFormat, useT } from '../i18n/i18n.ts';
import {
  CameraIcon,
  CloseIcon,
  ConceptIcon,
  DateIcon,
  FolderIcon,
  HistoryIcon,
  LensIcon,
} from '../ui/icons.ts';
import type { Offer } from './suggest.ts';
import './suggestions.css';

const ICONS: Readonly<Record<Offer['kind'], ComponentType<{ size: number; 'aria-hidden': true }>>> = {
  history: HistoryIcon,
  concept: ConceptIcon,
  camera: CameraIcon,
  lens: LensIcon,
  folder: FolderIcon,
  year: DateIcon,
  month: DateIcon,
};

/** Id of an offer's element: what the field names as active. */
export const offerId = (index: number): string => `search-offer-${String(index)}`;
export const OFFERS_ID = 'search-offers';

export interface SuggestionsProps {
  readonly offers: readonly Offer[];
  /** -1: none. */
  readonly active: number;
  readonly onChoose: (offer: Offer) => void;
  /** Null: everything that was asked before. */
  readonly onForget: (text: string | null) => void;
}

export function Suggestions({ offers, active, onChoose, onForget }: SuggestionsProps) {
  const t = useT();
  const format = useFormat();
  const past = offers.some(({ kind }) => kind === 'history');
  return (
    // The field keeps the focus: a press that would take it ends here.
    <div className="suggestions" onPointerDown={(event) => event.preventDefault()}>
      <ul id={OFFERS_ID} role="listbox" aria-label={t('suggest.label')}>
        {offers.map((offer, index) => {
          const Icon = ICONS[offer.kind];
          return (
            <li
              key={`${offer.kind}-${offer.text}`}
              id={offerId(index)}
              role="option"
              aria-selected={index === active}
              className="suggestion"
              onClick={() => onChoose(offer)}
            >
              <Icon size={16} aria-hidden />
              <bdi className="suggestion-label">{offer.label}</bdi>
              <span className="suggestion-kind">
                {offer.kind !== 'history' && t(`suggest.${offer.kind}`)}
                {offer.items !== null && <small>{format.number(offer.items)}</small>}
              </span>
            </li>
          );
        })}
      </ul>
      {past && (
        <div className="suggestions-foot">
          {active >= 0 && offers[active]?.kind === 'history' && <span>{t('suggest.removeKey')}</span>}
          <button type="button" tabIndex={-1} onClick={() => onForget(null)}>
            <CloseIcon size={13} aria-hidden />
            {t('suggest.clear')}
          </button>
        </div>
      )}
    </div>
  );
}
