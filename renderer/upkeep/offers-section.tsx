// Runs in the page: packs that can be downloaded: what each is, costs and needs, consent, and how far a download is.
import { useState } from 'react';
import type { PackDownload, PackOffer } from '../../contract/downloads.ts';
import { failureIn } from '../engine/failure.ts';
import type { Format } from '../i18n/format.ts';
import { useFormat, useT, type Translate } from '../i18n/i18n.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { FailureText } from '../ui/failure-text.tsx';
import { PackIcon, RemoveIcon } from '../ui/icons.ts';
import { useDownloads, useInstall, useOffers, usePackCost, useStop } from './use-downloads.ts';

function DownloadState({ offer, now }: { readonly offer: PackOffer; readonly now: PackDownload }) {
  const t = useT();
  const format = useFormat();
  const done = format.bytes(now.doneBytes);
  const total = format.bytes(now.totalBytes);
  const words =
    now.state === 'running'
      ? [
          t('offers.of', { done, total }),
          ...(now.bytesPerSecond ? [t('offers.rate', { rate: format.bytes(now.bytesPerSecond) })] : []),
          ...(now.remainingMs === null ? [] : [t('offers.left', { time: format.duration(now.remainingMs) })]),
        ]
      : [t('offers.stopped', { done, total })];
  return (
    <>
      <div className="entry-filling entry-download">
        <progress
          value={now.doneBytes}
          max={Math.max(1, now.totalBytes)}
          aria-label={t('offers.progress', { name: offer.name })}
          data-paused={now.state === 'running' ? undefined : true}
        />
        <small>{words.join(' · ')}</small>
      </div>
      {now.failure && <FailureText failure={now.failure} />}
    </>
  );
}

function DownloadButtons({ offer, now }: { readonly offer: PackOffer; readonly now: PackDownload }) {
  const t = useT();
  const install = useInstall();
  const stop = useStop();
  const { packId } = offer;
  return (
    <>
      {now.state === 'running' ? (
        <Button disabled={stop.isPending} onClick={() => stop.mutate({ packId, keep: true })}>
          {t('offers.stop')}
        </Button>
      ) : (
        <Button disabled={install.isPending} onClick={() => install.mutate(packId)}>
          {t('offers.goOn')}
        </Button>
      )}
      <IconButton
        label={t('offers.discard')}
        tip="above-end"
        disabled={stop.isPending}
        onClick={() => stop.mutate({ packId, keep: false })}
      >
        <RemoveIcon size={17} aria-hidden />
      </IconButton>
    </>
  );
}

/** What it will do for search, in a line. */
function sentenceOf({ family, languages }: PackOffer, t: Translate, format: Format): string {
  const said = languages.includes('*')
    ? t('offers.manyLanguages')
    : t('offers.inLanguages', { languages: format.list(languages.map((tag) => format.language(tag))) });
  return t(family === 'speech' ? 'offers.speech' : 'offers.sentences', { languages: said });
}

function Cost({ offer }: { readonly offer: PackOffer }) {
  const t = useT();
  const format = useFormat();
  const cost = usePackCost(offer.packId);
  if (offer.family === 'speech') return null;
  if (cost.isPending) return <> · {t('offers.measuring')}</>;
  const seconds = cost.data?.secondsPerThousand ?? null;
  return seconds === null ? null : <> · {t('offers.cost', { time: format.duration(seconds * 1000) })}</>;
}

function OfferRow({ offer, now }: { readonly offer: PackOffer; readonly now: PackDownload | undefined }) {
  const t = useT();
  const format = useFormat();
  const install = useInstall();
  const [asking, setAsking] = useState(false);
  const memory = format.bytes(offer.memoryBytes);
  const size = format.bytes(offer.bytes);
  const agree = () => {
    install.mutate(offer.packId);
    setAsking(false);
  };
  return (
    <li className="entry">
      <PackIcon size={20} strokeWidth={1.75} aria-hidden />
      <div className="entry-text">
        <span className="entry-title">
          {offer.name}
          {offer.recommended && <em>{t('offers.recommended')}</em>}
        </span>
        <span>{sentenceOf(offer, t, format)}</span>
        <small>
          {size} · {offer.license}
          <Cost offer={offer} />
        </small>
        {offer.recommended && (
          <small>{t('offers.whyRecommended', { memory, free: format.bytes(offer.freeBytes) })}</small>
        )}
        {offer.memoryBytes < offer.needsMemoryBytes && (
          <small>{t('offers.tooLarge', { needed: format.bytes(offer.needsMemoryBytes), memory })}</small>
        )}
        {now && <DownloadState offer={offer} now={now} />}
        {install.error && <FailureText failure={failureIn(install.error)} />}
      </div>
      {now && <DownloadButtons offer={offer} now={now} />}
      {!now && !asking && (
        <Button
          aria-label={t('offers.installName', { name: offer.name })}
          disabled={install.isPending}
          onClick={() => setAsking(true)}
        >
          {t('offers.install')}
        </Button>
      )}
      {asking && (
        <div className="entry-ask" role="group" aria-label={t('offers.installName', { name: offer.name })}>
          <p>
            {t('offers.ask', { size, license: offer.license })}{' '}
            <small>{t('offers.hosts', { hosts: format.list(offer.hosts) })}</small>{' '}
            {!offer.verified && <small>{t('offers.unverified')}</small>}
          </p>
          <Button autoFocus onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
          <Button look="primary" onClick={agree}>
            {t('offers.yes')}
          </Button>
        </div>
      )}
    </li>
  );
}

export function OffersSection() {
  const t = useT();
  const offers = useOffers();
  const downloads = useDownloads();
  const open = offers.data?.filter((offer) => offer.installed !== offer.version) ?? [];
  if (open.length === 0) return null;
  return (
    <section className="entries" aria-labelledby="offers-title">
      <header>
        <h3 id="offers-title">{t('offers.title')}</h3>
      </header>
      <p className="entries-none">{t('offers.privacy')}</p>
      <ul>
        {open.map((offer) => (
          <OfferRow
            key={offer.packId}
            offer={offer}
            now={downloads.find((one) => one.packId === offer.packId)}
          />
        ))}
      </ul>
    </section>
  );
}
