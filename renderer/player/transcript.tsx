// Runs in the page: what is said, line by line, beside what plays: the spoken line is lit, each leads to its second.
import { Fragment, useEffect, useMemo, useRef, useState } from 'react';
import type { Transcript as TranscriptData, TranscriptLine } from '../../contract/playback.ts';
import { useT } from '../i18n/i18n.ts';
import { clock } from './clock.ts';

/** Words of a text that are worth lighting: no filters, no minuses, no single letters. */
function wordsOf(text: string): string[] {
  return text
    .split(/[\s"“”,]+/u)
    .filter((word) => [...word].length >= 2 && !/^-|:/u.test(word))
    .map((word) => word.toLowerCase());
}

function Lit({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  if (words.length === 0) return text;
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return text
    .split(new RegExp(`(${pattern})`, 'giu'))
    .map((part, at) => (at % 2 === 1 ? <mark key={at}>{part}</mark> : <Fragment key={at}>{part}</Fragment>));
}

/** The line that is spoken at a time, or was last; -1 before the first. */
export function lineAt(lines: readonly TranscriptLine[], nowMs: number): number {
  let found = -1;
  for (const [at, line] of lines.entries()) if (line.startMs <= nowMs + 1) found = at;
  return found;
}

export interface TranscriptProps {
  readonly transcripts: readonly TranscriptData[];
  readonly chosen: TranscriptData | undefined;
  readonly onChoose: (transcriptId: number) => void;
  readonly nowMs: number;
  readonly query: string;
  readonly onSeek: (ms: number) => void;
}

export function Transcript({ transcripts, chosen, onChoose, nowMs, query, onSeek }: TranscriptProps) {
  const t = useT();
  const [sought, setSought] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const lines = chosen?.lines ?? [];
  const current = lineAt(lines, nowMs);
  const words = useMemo(() => wordsOf(sought === '' ? query : sought), [sought, query]);
  const seeks = sought.trim().toLowerCase();
  useEffect(() => {
    const element = list.current;
    const line = element?.children[current];
    // While one reads elsewhere in it, it does not run away.
    if (!element || !(line instanceof HTMLElement) || element.matches(':hover, :focus-within')) return;
    element.scrollTo({ top: line.offsetTop - element.clientHeight / 3, behavior: 'smooth' });
  }, [current]);
  const labelOf = ({ source, language }: TranscriptData) =>
    [t(`player.source.${source}`), language].filter(Boolean).join(' · ');
  return (
    <>
      <div className="transcript-head">
        <h3>{t('player.transcript')}</h3>
        {transcripts.length > 1 ? (
          <select
            aria-label={t('player.transcript')}
            value={chosen?.transcriptId}
            onChange={(event) => onChoose(Number(event.target.value))}
          >
            {transcripts.map((one) => (
              <option key={one.transcriptId} value={one.transcriptId}>
                {labelOf(one)}
              </option>
            ))}
          </select>
        ) : (
          chosen && <span>{labelOf(chosen)}</span>
        )}
      </div>
      {lines.length === 0 ? (
        <p className="transcript-none">{t('player.noTranscript')}</p>
      ) : (
        <>
          <input
            className="transcript-search"
            type="search"
            value={sought}
            placeholder={t('player.searchTranscript')}
            aria-label={t('player.searchTranscript')}
            onChange={(event) => setSought(event.target.value)}
          />
          <ol ref={list} className="transcript-lines" aria-label={t('player.transcript')}>
            {lines.map((line, at) => (
              <li key={line.momentId} hidden={seeks !== '' && !line.text.toLowerCase().includes(seeks)}>
                <button
                  type="button"
                  aria-current={at === current ? 'true' : undefined}
                  onClick={() => onSeek(line.startMs)}
                >
                  <time>{clock(line.startMs)}</time>
                  <span lang={chosen?.language ?? undefined}>
                    <Lit text={line.text} words={words} />
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}
