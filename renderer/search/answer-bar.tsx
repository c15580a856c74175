// Runs in the page: what the engine understood and found, in one quiet line above the grid.
import type { ReactNode } from 'react';
import type { Plan } from '../../contract/search.ts';
import { usePacks } from '../engine/queries.ts';
import type { Format } from '../i18n/format.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import type { Translate } from '../i18n/i18n.ts';
import { CloseIcon } from '../ui/icons.ts';
import { filterLabel } from './filter-label.ts';
import { cutFromQuery } from './query-text.ts';
import type { Answer, Search } from './use-search.ts';
import './answer-bar.css';

function Chip({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  const t = useT();
  return (
    <li className="chip">
      {label}
      <button type="button" aria-label={t('search.removeFilter', { filter: label })} onClick={onRemove}>
        <CloseIcon size={13} aria-hidden />
      </button>
    </li>
  );
}

type Intent = NonNullable<Plan['intent']>;

function intentLabel({ kinds, spoken }: Intent, t: Translate, format: Format): string {
  if (spoken) return t('intent.spoken');
  return t('intent.first', { kinds: format.list(kinds.map((kind) => t(`kind.${kind}`))) });
}

/** Parts that count more or less than others, or are added and taken away; a plain text needs no chip. */
function wantChips({ wants, arithmetic, excluded }: Plan, t: Translate) {
  return wants.flatMap((want) => {
    if (want.kind !== 'text' || (want.negative && excluded.includes(want.text))) return [];
    const { text, weight, negative } = want;
    const counted = weight === 1 ? text : t('want.weighted', { text, weight });
    const spellings = [`${weight}:"${text}"`, `${weight}:${text}`];
    if (!arithmetic) return weight === 1 ? [] : [{ label: counted, spellings }];
    const signs = negative ? ['-', '−'] : ['+'];
    return [
      {
        label: t(negative ? 'want.minus' : 'want.plus', { text: counted }),
        spellings: [...signs.flatMap((sign) => [...spellings, text].map((one) => `${sign} ${one}`)), text],
      },
    ];
  });
}

/** The wants, filters, phrases and exclusions of the plan; removing one edits the query. */
function PlanChips({ answer, search }: { readonly answer: Answer; readonly search: Search }) {
  const t = useT();
  const format = useFormat();
  const { filters, phrases, excluded, intent } = answer.plan;
  const chips: { label: string; spellings: string[] }[] = [
    ...wantChips(answer.plan, t),
    ...(intent === null
      ? []
      : [{ label: intentLabel(intent, t, format), spellings: [`prefer:"${intent.text}"`, intent.text] }]),
    ...filters.map((filter) => ({
      label: filterLabel(filter, t, format),
      spellings: [`when:"${filter.text}"`, filter.text],
    })),
    ...phrases.map((phrase) => ({
      label: t('search.quoted', { phrase }),
      spellings: [`"${phrase}"`, `“${phrase}”`, phrase],
    })),
    ...excluded.map((word) => ({
      label: t('search.without', { word }),
      spellings: [`-"${word}"`, `-${word}`, `−${word}`],
    })),
  ];
  if (chips.length === 0) return null;
  return (
    <ul className="chips" aria-label={t('search.filters')}>
      {chips.map(({ label, spellings }, index) => (
        <Chip
          key={`${label}-${String(index)}`}
          label={label}
          onRemove={() => {
            search.setText(cutFromQuery(search.text, ...spellings));
          }}
        />
      ))}
    </ul>
  );
}

/** What the active pack does not know or knows roughly. */
export function PlanNotes({ answer }: { readonly answer: Answer }) {
  const t = useT();
  const format = useFormat();
  const active = usePacks().data?.find((pack) => pack.active);
  const { unknown, weak } = answer.plan;
  if (unknown.length === 0 && weak.length === 0) return null;
  const pack = !active || active.builtIn ? t('search.builtInPack') : active.name;
  return (
    <ul className="plan-notes">
      {unknown.length > 0 && <li>{t('search.unknown', { pack, words: format.list(unknown) })}</li>}
      {weak.map(({ word, as }) => (
        <li key={word}>{t('search.weak', { word, as })}</li>
      ))}
    </ul>
  );
}

export interface AnswerBarProps {
  readonly answer: Answer;
  readonly search: Search;
  /** How many there are in all: while the library grows the list may know of more than the answer. */
  readonly total: number;
  /** Name of the collection that is searched in. */
  readonly title: string | null;
  /** Stands at the end of the line: the size of the pictures. */
  readonly children: ReactNode;
}

export function AnswerBar({ answer, search, total, title, children }: AnswerBarProps) {
  const t = useT();
  const format = useFormat();
  const n = format.number(total);
  const counted = t(search.isBlank ? 'search.items' : 'search.results', { count: total, n });
  return (
    <div className="answer-bar" data-stale={search.stale || undefined}>
      <p className="answer-count">
        {title !== null && <strong className="answer-title">{title}</strong>}
        {title === null ? <strong>{counted}</strong> : <span>{counted}</span>}
        {!search.isBlank && (
          <span>{t('search.took', { ms: format.number(Math.max(0.1, answer.tookMs)) })}</span>
        )}
      </p>
      <PlanChips answer={answer} search={search} />
      {answer.total > 0 && <PlanNotes answer={answer} />}
      {answer.total > 0 && <div className="answer-tools">{children}</div>}
      <p className="spoken-only" role="status">
        {search.stale ? '' : counted}
      </p>
    </div>
  );
}
