// Runs on the engine's thread: what is said in an item: which of several transcripts counts, its words and steps.
import type { ItemId, SpokenSource } from '../../contract/index.ts';
import type { Sentence, SentenceRow, TranscriptRow } from '../database/transcripts.ts';
import type { StepContext } from '../indexing/context.ts';
import { versions } from '../indexing/versions.ts';
import { isSameLanguage } from './languages.ts';

type Context = Pick<StepContext, 'database' | 'spaces'>;

/** Who knows best first: a person wrote subtitles; a machine heard the rest. */
const rank: Readonly<Record<SpokenSource, number>> = { file: 0, track: 1, lyrics: 2, speech: 3, chapters: 4 };

/** Replaces all sentences of one source of an item. Inside a transaction; {@link settleSpoken} must follow. */
export function replaceTranscript(
  context: Context,
  transcript: Pick<TranscriptRow, 'itemId' | 'source' | 'origin' | 'language'>,
  sentences: readonly Sentence[],
): void {
  const { transcripts } = context.database;
  const transcriptId = transcripts.put(transcript);
  const before = transcripts.sentences(transcript.itemId).filter((row) => row.transcriptId === transcriptId);
  // The same again: moments keep their ids, embeddings and links.
  if (sameSentences(before, sentences)) return;
  removeSentences(context, before);
  for (const sentence of sentences) transcripts.addSentence(transcript.itemId, transcriptId, sentence);
}

/** Forgets a transcript with its sentences. Inside a transaction; {@link settleSpoken} must follow. */
export function removeTranscript(context: Context, { transcriptId, itemId }: TranscriptRow): void {
  const { transcripts } = context.database;
  removeSentences(
    context,
    transcripts.sentences(itemId).filter((row) => row.transcriptId === transcriptId),
  );
  transcripts.remove(transcriptId);
}

/**
 * Finds out which sentences count and writes their words; their meanings are queued. A sentence that one of a
 * better source says at the same time in the same language is kept, but not searched.
 */
export function settleSpoken(context: Context, itemId: ItemId): void {
  const { database, spaces } = context;
  const item = database.items.get(itemId);
  if (item === undefined) return;
  const transcripts = new Map(database.transcripts.ofItem(itemId).map((row) => [row.transcriptId, row]));
  const sentences = database.transcripts.sentences(itemId);
  const kept: { row: SentenceRow; transcript: TranscriptRow }[] = [];
  const ranked = [...transcripts.values()].sort(
    (a, b) => rank[a.source] - rank[b.source] || a.transcriptId - b.transcriptId,
  );
  for (const transcript of ranked) {
    const own = sentences.filter((row) => row.transcriptId === transcript.transcriptId);
    const better = [...kept];
    for (const row of own) {
      const superseded =
        transcript.source !== 'chapters' &&
        better.some(
          (one) =>
            isAtOnce(one.row, row) &&
            isSameLanguage(one.transcript.language, one.row.text, transcript.language, row.text),
        );
      if (superseded !== (row.superseded === 1)) database.transcripts.supersede(row.momentId, superseded);
      if (superseded) {
        database.words.remove(row.momentId);
        forgetMeaning(context, row);
      } else {
        database.words.set(row.momentId, onlySaid(row.text));
        if (transcript.source !== 'chapters') kept.push({ row, transcript });
      }
    }
  }
  for (const packId of spaces.packIds())
    database.steps.queue('embed-sentences', { itemId }, versions['embed-sentences'], item.sortMs, packId);
}

/** A sentence has no other words: the item's name belongs to the item as a whole, once. */
export function onlySaid(said: string) {
  return { name: '', folder: '', title: '', description: '', keywords: '', said };
}

function removeSentences(context: Context, rows: readonly SentenceRow[]): void {
  for (const row of rows) {
    context.database.words.remove(row.momentId);
    forgetMeaning(context, row);
    context.database.transcripts.removeSentence(row.momentId);
  }
}

function forgetMeaning({ database, spaces }: Context, { momentId }: SentenceRow): void {
  database.vectors.removeMoment(momentId);
  spaces.removeMoment(momentId);
}

function sameSentences(before: readonly SentenceRow[], now: readonly Sentence[]): boolean {
  return (
    before.length === now.length &&
    before.every((row, i) => {
      const other = now[i];
      return row.text === other?.text && row.startMs === other.startMs && row.endMs === other.endMs;
    })
  );
}

/** They share at least half of the shorter one's time; without times, the same text. */
function isAtOnce(a: SentenceRow, b: SentenceRow): boolean {
  if (a.startMs === null || b.startMs === null) return a.text === b.text;
  const [aEnd, bEnd] = [a.endMs ?? a.startMs, b.endMs ?? b.startMs];
  const shared = Math.min(aEnd, bEnd) - Math.max(a.startMs, b.startMs);
  return shared >= Math.min(aEnd - a.startMs, bEnd - b.startMs) / 2;
}
