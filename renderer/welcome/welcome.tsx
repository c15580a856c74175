// Runs in the page: the first minute: which folders to begin with, and what to expect.
import { useState } from 'react';
import type { SuggestedFolder } from '../../contract/upkeep.ts';
import { failureIn } from '../engine/failure.ts';
import { useAddRoot, useSuggestedFolders } from '../engine/queries.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { FailureText } from '../ui/failure-text.tsx';
import { AddFolderIcon, FolderIcon } from '../ui/icons.ts';
import { Mark } from '../ui/mark.tsx';
import { useFolderPicker } from '../upkeep/folder-picker.tsx';
import './welcome.css';

function useFilesSaid(): (folder: SuggestedFolder) => string {
  const t = useT();
  const format = useFormat();
  return ({ media, more }) => {
    if (media === 0) return more ? '' : t('welcome.nothing');
    const n = format.number(media);
    return more ? t('welcome.mediaMore', { n }) : t('welcome.media', { count: media, n });
  };
}

export function Welcome() {
  const t = useT();
  const format = useFormat();
  const filesSaid = useFilesSaid();
  const suggested = useSuggestedFolders().data ?? [];
  const add = useAddRoot();
  const pick = useFolderPicker();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [own, setOwn] = useState<readonly string[]>([]);
  const folders: readonly SuggestedFolder[] = [
    ...suggested,
    // What a person chose themselves needs no count.
    ...own
      .filter((path) => suggested.every((one) => one.path !== path))
      .map((path) => ({ path, shown: path, media: 0, more: true })),
  ];
  const chosen = folders.filter(({ path }) => !left.has(path));
  const another = async () => {
    const path = await pick(t('roots.pick'));
    if (path === null) return;
    setOwn((before) => [...before.filter((one) => one !== path), path]);
    setLeft((before) => new Set([...before].filter((one) => one !== path)));
    // With nothing to choose among there is nothing to wait for.
    if (folders.length === 0) add.mutate(path);
  };
  const start = async () => {
    for (const { path } of chosen) await add.mutateAsync(path).catch(() => undefined);
  };
  const toggle = (path: string) => {
    const next = new Set(left);
    if (!next.delete(path)) next.add(path);
    setLeft(next);
  };
  return (
    <section className="welcome">
      <Mark size={60} />
      <h2>{t('welcome.title')}</h2>
      <p>{t('welcome.text')}</p>
      {folders.length > 0 && (
        <fieldset className="welcome-folders">
          <legend className="spoken-only">{t('welcome.folders')}</legend>
          {folders.map((folder) => (
            <label key={folder.path} className="welcome-folder">
              <input type="checkbox" checked={!left.has(folder.path)} onChange={() => toggle(folder.path)} />
              <FolderIcon size={20} strokeWidth={1.75} aria-hidden />
              <span>
                <strong>{folder.path.split(/[\\/]/).at(-1)}</strong>
                <bdi className="path">{folder.shown}</bdi>
              </span>
              <small>{filesSaid(folder)}</small>
            </label>
          ))}
        </fieldset>
      )}
      <div className="welcome-actions">
        {folders.length > 0 && (
          <Button
            look="primary"
            autoFocus
            disabled={chosen.length === 0 || add.isPending}
            onClick={() => void start()}
          >
            {t('welcome.start', { count: chosen.length, n: format.number(chosen.length) })}
          </Button>
        )}
        <Button
          look={folders.length > 0 ? 'plain' : 'primary'}
          autoFocus={folders.length === 0}
          icon={<AddFolderIcon size={18} aria-hidden />}
          onClick={() => void another()}
        >
          {t(folders.length > 0 ? 'welcome.another' : 'welcome.choose')}
        </Button>
      </div>
      {add.error && <FailureText failure={failureIn(add.error)} />}
      <p className="welcome-aside">{t('welcome.promise')}</p>
      <p className="welcome-aside">{t('welcome.pack')}</p>
    </section>
  );
}
