// Runs in the page: all that is known of an item, beside its picture.
import type { ReactNode } from 'react';
import { conceptWord } from '../../contract/concept-words.ts';
import type { ItemDetails } from '../../contract/media.ts';
import type { Why } from '../../contract/search.ts';
import { bridge } from '../engine/bridge.ts';
import { wallClockMs } from '../i18n/format.ts';
import { useFormat, useLanguage, useT } from '../i18n/i18n.ts';
import { IconButton } from '../ui/button.tsx';
import { OpenWithIcon, RevealIcon } from '../ui/icons.ts';
import { PathLine } from '../ui/path-line.tsx';
import { Lit } from '../ui/lit.tsx';
import { CopyButton } from './copy-button.tsx';
import { HistogramChart } from './histogram-chart.tsx';
import { Stars } from './marks.tsx';
import { metadataRows } from './metadata-rows.ts';
import { PlaceMap } from './place-map.tsx';
import './details.css';

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Files({ item }: { readonly item: ItemDetails }) {
  const t = useT();
  const format = useFormat();
  const app = bridge();
  const shown =
    item.files.find(({ state, role }) => state !== 'away' && role !== 'companion') ?? item.files[0];
  return (
    <ul className="detail-files">
      {item.files.map((file) => (
        <li key={file.fileId}>
          <div>
            <PathLine path={file.path} />
            <small>
              {[
                format.bytes(file.bytes),
                file.role === 'companion' && t('details.companion'),
                file.state === 'away' && t('item.away'),
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </div>
          <div className="detail-do">
            <CopyButton text={file.path} label={t('details.copyPath')} />
            {/* The platform is given the item's first file that is there. */}
            {app && file === shown && (
              <>
                <IconButton
                  label={t('details.reveal')}
                  tip="above-end"
                  onClick={() => void app.reveal(item.itemId)}
                >
                  <RevealIcon size={16} aria-hidden />
                </IconButton>
                <IconButton
                  label={t('details.openWith')}
                  tip="above-end"
                  onClick={() => void app.openWith(item.itemId)}
                >
                  <OpenWithIcon size={16} aria-hidden />
                </IconButton>
              </>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Concepts by their names for a person, each once; that nobody is there is nothing seen. */
function conceptLabels(concepts: ItemDetails['concepts'], language: string): ItemDetails['concepts'] {
  const named = concepts
    .filter(({ label }) => label !== 'people:0')
    .map(({ label, relevance }) => ({
      label: conceptWord(label, language),
      relevance,
    }));
  return named.filter(({ label }, at) => named.findIndex((one) => one.label === label) === at);
}

export function Details({ item, why }: { readonly item: ItemDetails; readonly why: readonly Why[] }) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const { metadata } = item;
  const taken = metadata.taken ?? item.taken;
  return (
    <>
      <header className="detail-head">
        <h2>
          <bdi>{metadata.title ?? item.name}</bdi>
        </h2>
        {taken && <p>{format.dateTime(wallClockMs(taken))}</p>}
        {taken && taken.certainty !== 'zoned' && (
          <p className="detail-aside">
            {t(taken.certainty === 'local' ? 'details.noZone' : 'details.fileDate')}
          </p>
        )}
        <Stars item={item} />
        {metadata.description !== null && <p className="detail-text">{metadata.description}</p>}
      </header>
      {why.length > 0 && (
        <Section title={t('details.why')}>
          <ul className="detail-list">
            {why.map((one) => (
              <li key={`${one.kind}-${one.text}`}>
                <Lit {...one} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {item.concepts.length > 0 && (
        <Section title={t('details.concepts')}>
          <ul className="detail-concepts">
            {conceptLabels(item.concepts, language).map(({ label, relevance }) => (
              <li key={label}>
                {label} <small>{format.percent(relevance)}</small>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('details.about')}>
        <dl className="detail-rows">
          {metadataRows(item, t, format).map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </Section>
      {metadata.latitude !== null && metadata.longitude !== null && (
        <Section title={t('details.place')}>
          <PlaceMap
            place={{ latitude: metadata.latitude, longitude: metadata.longitude }}
            label={t('map.label', {
              place: `${metadata.latitude.toFixed(4)}, ${metadata.longitude.toFixed(4)}`,
            })}
          />
        </Section>
      )}
      {item.hasPreview && (
        <Section title={t('details.histogram')}>
          <HistogramChart key={item.itemId} itemId={item.itemId} />
        </Section>
      )}
      <Section title={t('details.files')}>
        <Files item={item} />
      </Section>
    </>
  );
}
