// Runs in the page: what stands where the pictures would be when there are none.
import type { ReactNode } from 'react';
import type { Scope } from '../contract/decisions.ts';
import { failureIn } from './engine/failure.ts';
import { useProgress } from './engine/engine.ts';
import { useT } from './i18n/i18n.ts';
import { PlanNotes } from './search/answer-bar.tsx';
import type { Answer, Search } from './search/use-search.ts';
import { Button } from './ui/button.tsx';
import { FailureText } from './ui/failure-text.tsx';
import './states.css';

/** Folders, but nothing in them to show: not yet, or not at all. */
export function NoItems({ onFolders }: { readonly onFolders: () => void }) {
  const t = useT();
  const phase = useProgress()?.phase;
  const looking = phase === undefined || (phase !== 'idle' && phase !== 'paused');
  return (
    <section className="state">
      <h2>{t(looking ? 'empty.looking' : 'empty.title')}</h2>
      <p>{t(looking ? 'empty.lookingText' : 'empty.text')}</p>
      {!looking && <Button onClick={onFolders}>{t('menu.settings')}</Button>}
    </section>
  );
}

/** A collection that holds nothing yet, and how that changes. */
export function EmptyScope({ scope }: { readonly scope: Scope }) {
  const t = useT();
  const where = scope.in === 'favourites' || scope.in === 'album' ? scope.in : 'other';
  return (
    <section className="state">
      <h2>{t(`scope.empty.${where}`)}</h2>
      <p>{t(`scope.empty.${where}Text`)}</p>
    </section>
  );
}

/** A heading says again what was asked, not all of a page that was pasted. */
const LONGEST_SAID = 60;
const shortened = (text: string): string =>
  [...text].length > LONGEST_SAID ? `${[...text].slice(0, LONGEST_SAID).join('')}…` : text;

/** A query without results, said as such; `nearest` stands below it, apart. */
export function NothingMatches({ answer, search }: { readonly answer: Answer; readonly search: Search }) {
  const t = useT();
  const filtered = answer.plan.filters.length > 0;
  const text = search.text.trim();
  return (
    <section className="state state-nothing">
      <h2>{text === '' ? t('nothing.title') : t('nothing.titleFor', { query: shortened(text) })}</h2>
      <PlanNotes answer={answer} />
      {filtered && <p>{t('nothing.filters')}</p>}
      {answer.nearest.length > 0 && <h3>{t('nothing.nearest')}</h3>}
    </section>
  );
}

export function Trouble({ error, children }: { readonly error: unknown; readonly children?: ReactNode }) {
  return (
    <section className="state">
      <FailureText failure={failureIn(error)} />
      {children}
    </section>
  );
}
