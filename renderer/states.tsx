// Runs in the page: what stands where the pictures would be when there are none.
import { useState } from 'react';
import type { ReactNode } from 'react';
import { failureIn } from './engine/failure.ts';
import { useProgress } from './engine/engine.ts';
import { useAddRoot } from './engine/queries.ts';
import { useT } from './i18n/i18n.ts';
import { PlanNotes } from './search/answer-bar.tsx';
import type { Answer, Search } from './search/use-search.ts';
import { Button } from './ui/button.tsx';
import { FailureText } from './ui/failure-text.tsx';
import { AddFolderIcon } from './ui/icons.ts';
import { Mark } from './ui/mark.tsx';
import { useFolderPicker } from './upkeep/folder-picker.tsx';
import './states.css';

/** No folder yet: the one thing to do. */
export function Welcome() {
  const t = useT();
  const add = useAddRoot();
  const pick = useFolderPicker();
  const [choosing, setChoosing] = useState(false);
  const choose = async () => {
    setChoosing(true);
    const path = await pick(t('roots.pick'));
    setChoosing(false);
    if (path !== null) add.mutate(path);
  };
  return (
    <section className="state state-welcome">
      <Mark size={64} />
      <h2>{t('welcome.title')}</h2>
      <p>{t('welcome.text')}</p>
      <Button
        look="primary"
        autoFocus
        icon={<AddFolderIcon size={18} aria-hidden />}
        disabled={choosing || add.isPending}
        onClick={() => void choose()}
      >
        {t('welcome.choose')}
      </Button>
      {add.error && <FailureText failure={failureIn(add.error)} />}
      <p className="state-aside">{t('welcome.promise')}</p>
    </section>
  );
}

/** Folders, but nothing in them to show: not yet, or not at all. */
export function NoItems({ onFolders }: { readonly onFolders: () => void }) {
  const t = useT();
  const phase = useProgress()?.phase;
  const looking = phase === undefined || (phase !== 'idle' && phase !== 'paused');
  return (
    <section className="state">
      <h2>{t(looking ? 'empty.looking' : 'empty.title')}</h2>
      <p>{t(looking ? 'empty.lookingText' : 'empty.text')}</p>
      {!looking && <Button onClick={onFolders}>{t('menu.library')}</Button>}
    </section>
  );
}

/** A query without results, said as such; `nearest` stands below it, apart. */
export function NothingMatches({ answer, search }: { readonly answer: Answer; readonly search: Search }) {
  const t = useT();
  const filtered = answer.plan.filters.length > 0;
  const text = search.text.trim();
  return (
    <section className="state state-nothing">
      <h2>{text === '' ? t('nothing.title') : t('nothing.titleFor', { query: text })}</h2>
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
