// Runs in the page: the packs that understand pictures: lists, imports, chooses and removes them.
import { useState } from 'react';
import type { PackInfo } from '../../contract/upkeep.ts';
import { useProgress } from '../engine/engine.ts';
import { failureIn } from '../engine/failure.ts';
import { useActivatePack, useImportPack, usePacks, useRemovePack } from '../engine/queries.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { FailureText } from '../ui/failure-text.tsx';
import { LargerIcon, PackIcon, RemoveIcon } from '../ui/icons.ts';
import { useFolderPicker } from './folder-picker.tsx';
import { MirrorSection } from './mirror-section.tsx';
import { OffersSection } from './offers-section.tsx';

function PackRow({ pack }: { readonly pack: PackInfo }) {
  const t = useT();
  const format = useFormat();
  const activate = useActivatePack();
  const remove = useRemovePack();
  const [asking, setAsking] = useState(false);
  const now = useProgress()?.filling;
  const filling = now?.packId === pack.packId ? now : pack.filling;
  const error = activate.error ?? remove.error;
  const languages = pack.languages.includes('*')
    ? t('offers.manyLanguages')
    : format.list(pack.languages.map((tag) => format.language(tag)));
  const facts = [languages, format.bytes(pack.bytes), `v${pack.version}`, pack.license];
  return (
    <li className="entry">
      <PackIcon size={20} strokeWidth={1.75} aria-hidden />
      <div className="entry-text">
        <span className="entry-title">
          {pack.builtIn ? t('packs.builtIn') : pack.name}
          {pack.active && <em>{t('packs.active')}</em>}
        </span>
        <span>{pack.builtIn ? t('packs.builtInSummary') : pack.summary}</span>
        <small>{facts.join(' · ')}</small>
        {filling && (
          <div className="entry-filling">
            <progress value={filling.done} max={Math.max(1, filling.total)} aria-label={t('packs.filling')} />
            <small>
              {t('packs.fillingOf', {
                done: format.number(filling.done),
                total: format.number(filling.total),
              })}
            </small>
          </div>
        )}
        {error && <FailureText failure={failureIn(error)} />}
      </div>
      {!pack.active && !filling && !asking && (
        <Button disabled={activate.isPending} onClick={() => activate.mutate(pack.packId)}>
          {t('packs.use')}
        </Button>
      )}
      {!pack.builtIn && !pack.active && !filling && !asking && (
        <IconButton
          label={t('packs.remove', { name: pack.name })}
          tip="above-end"
          onClick={() => setAsking(true)}
        >
          <RemoveIcon size={17} aria-hidden />
        </IconButton>
      )}
      {asking && (
        <div className="entry-ask" role="group" aria-label={t('packs.removeTitle')}>
          <p>{t('packs.removeAsk')}</p>
          <Button autoFocus onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
          <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate(pack.packId)}>
            {t('packs.removeYes')}
          </Button>
        </div>
      )}
    </li>
  );
}

function PacksSection() {
  const t = useT();
  const packs = usePacks();
  const take = useImportPack();
  const pick = useFolderPicker();
  const choose = async () => {
    const path = await pick(t('packs.pick'));
    if (path !== null) take.mutate(path);
  };
  return (
    <section className="entries" aria-labelledby="packs-title">
      <header>
        <h3 id="packs-title">{t('packs.title')}</h3>
        <Button
          look="quiet"
          icon={<LargerIcon size={17} aria-hidden />}
          disabled={take.isPending}
          onClick={() => void choose()}
        >
          {t(take.isPending ? 'packs.importing' : 'packs.import')}
        </Button>
      </header>
      {take.error && <FailureText failure={failureIn(take.error)} />}
      <ul>
        {packs.data?.map((pack) => (
          <PackRow key={pack.packId} pack={pack} />
        ))}
      </ul>
    </section>
  );
}

/** The packs at hand, then those that can be downloaded. */
export function PacksSections() {
  return (
    <>
      <PacksSection />
      <OffersSection />
      <MirrorSection />
    </>
  );
}
