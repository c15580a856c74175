// Runs in the page: the folders that are watched: adds, lists and forgets them.
import { useState } from 'react';
import type { RootInfo } from '../../contract/upkeep.ts';
import { failureIn } from '../engine/failure.ts';
import { useAddRoot, useRemoveRoot, useRoots } from '../engine/queries.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { FailureText } from '../ui/failure-text.tsx';
import { AddFolderIcon, AwayIcon, FolderIcon, RemoveIcon } from '../ui/icons.ts';
import { useFolderPicker } from './folder-picker.tsx';

function RootRow({ root }: { readonly root: RootInfo }) {
  const t = useT();
  const format = useFormat();
  const remove = useRemoveRoot();
  const [asking, setAsking] = useState(false);
  const Icon = root.state === 'away' ? AwayIcon : FolderIcon;
  const files = t('roots.files', { count: root.files, n: format.number(root.files) });
  return (
    <li className="entry">
      <Icon size={20} strokeWidth={1.75} aria-hidden />
      <div className="entry-text">
        <bdi className="path">{root.path}</bdi>
        <small>{root.state === 'away' ? `${files} · ${t('roots.away')}` : files}</small>
        {remove.error && <FailureText failure={failureIn(remove.error)} />}
      </div>
      {!asking && (
        <IconButton
          label={t('roots.remove', { path: root.path })}
          tip="above-end"
          onClick={() => setAsking(true)}
        >
          <RemoveIcon size={17} aria-hidden />
        </IconButton>
      )}
      {asking && (
        <div className="entry-ask" role="group" aria-label={t('roots.removeTitle')}>
          <p>{t('roots.removeAsk')}</p>
          <Button autoFocus onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
          <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate(root.rootId)}>
            {t('roots.removeYes')}
          </Button>
        </div>
      )}
    </li>
  );
}

export function RootsSection() {
  const t = useT();
  const roots = useRoots();
  const add = useAddRoot();
  const pick = useFolderPicker();
  const choose = async () => {
    const path = await pick(t('roots.pick'));
    if (path !== null) add.mutate(path);
  };
  return (
    <section className="entries" aria-labelledby="roots-title">
      <header>
        <h3 id="roots-title">{t('roots.title')}</h3>
        <Button look="quiet" icon={<AddFolderIcon size={17} aria-hidden />} onClick={() => void choose()}>
          {t('roots.add')}
        </Button>
      </header>
      {add.error && <FailureText failure={failureIn(add.error)} />}
      <ul>
        {roots.data?.map((root) => (
          <RootRow key={root.rootId} root={root} />
        ))}
      </ul>
      {roots.data?.length === 0 && <p className="entries-none">{t('roots.none')}</p>}
    </section>
  );
}
