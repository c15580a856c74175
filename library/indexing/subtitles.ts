// Runs on the engine's thread: the step subtitles: words that are already there, beside a file and inside it.
import { extname, join } from 'node:path';
import { failureOf, type ItemId } from '../../contract/index.ts';
import type { FileRow } from '../database/files.ts';
import type { WaitingStep } from '../database/steps.ts';
import type { Sentence, TranscriptRow } from '../database/transcripts.ts';
import { recordingOf } from '../database/recordings.ts';
import { extractSubtitles } from '../media/ffmpeg/subtitles.ts';
import { probe } from '../media/ffmpeg/probe.ts';
import { sourcePath } from '../source-path.ts';
import { removeTranscript, replaceTranscript, settleSpoken } from '../speech/spoken.ts';
import type { Cue } from '../subtitles/cue.ts';
import { lyricsOfTags } from '../subtitles/tag-lyrics.ts';
import { parseSubtitles, readSubtitles } from '../subtitles/read-subtitles.ts';
import { belongsTo, languageOfName } from '../subtitles/subtitle-names.ts';
import type { StepContext } from './context.ts';

type Written = Pick<TranscriptRow, 'source' | 'origin' | 'language'> & { readonly cues: readonly Cue[] };

/** Everything is read anew; sentences that stand as they were keep their moments. */
export async function subtitles(context: StepContext, step: WaitingStep, signal: AbortSignal): Promise<void> {
  const { database } = context;
  if (step.itemId === null) return;
  const itemId = step.itemId;
  const files = database.files.ofItem(itemId).filter((file) => file.away === 0);
  if (files.length === 0) {
    database.steps.finish(step.stepId, 'skipped');
    return;
  }
  try {
    const written = [
      ...(await besideFiles(context, files)),
      ...(await insideFile(context, itemId, files, signal)),
    ];
    database.transaction(() => {
      const isWritten = (row: TranscriptRow): boolean =>
        written.some(({ source, origin }) => source === row.source && origin === row.origin);
      for (const row of database.transcripts.ofItem(itemId))
        if (row.source !== 'speech' && !isWritten(row)) removeTranscript(context, row);
      for (const { cues, ...transcript } of written)
        replaceTranscript(context, { ...transcript, itemId }, cues.map(sentenceOf));
      if (database.transcripts.ofItem(itemId).length > 0) settleSpoken(context, itemId);
      database.steps.finish(step.stepId);
    });
  } catch (error) {
    if (!signal.aborted) database.steps.fail(step.stepId, failureOf(error));
  }
}

const sentenceOf = ({ startMs, endMs, text }: Cue): Sentence => ({ startMs, endMs, text });

/** Subtitle files of the same name. One that cannot be read is said in the log and keeps nothing else back. */
async function besideFiles({ database, log }: StepContext, files: readonly FileRow[]): Promise<Written[]> {
  const rootPaths = new Map(database.roots.all().map((root) => [root.rootId, root.path]));
  const written: Written[] = [];
  for (const file of files) {
    const ending = extname(file.path);
    const stem = file.path.slice(0, file.path.length - ending.length);
    for (const row of database.subtitleFiles.withStem(file.rootId, stem)) {
      if (!belongsTo(row.path, stem, ending)) continue;
      const path = join(rootPaths.get(row.rootId) ?? '', row.path);
      try {
        const cues = await readSubtitles(path);
        const language = languageOfName(row.path, stem);
        if (cues.length > 0) written.push({ source: 'file', origin: path, language, cues });
      } catch (error) {
        log.warn('subtitles.unreadable', { path, reason: failureOf(error).reason });
      }
    }
  }
  return written;
}

/** Tracks of text, titles of chapters, lyrics among the tags. */
async function insideFile(
  { database, log }: StepContext,
  itemId: ItemId,
  files: readonly FileRow[],
  signal: AbortSignal,
): Promise<Written[]> {
  const row = database.recordings.get(itemId);
  const file = files[0];
  if (row === undefined || file === undefined) return [];
  const { subtitles: tracks, chapters } = recordingOf(row);
  const path = await sourcePath(database, file);
  const written: Written[] = [];
  for (const track of tracks.filter(({ isText }) => isText))
    try {
      const cues = parseSubtitles(await extractSubtitles(path, track.index, signal));
      if (cues.length > 0)
        written.push({ source: 'track', origin: String(track.index), language: track.language, cues });
    } catch (error) {
      if (signal.aborted) throw error;
      log.warn('subtitles.track-unreadable', { itemId, track: track.index, reason: failureOf(error).reason });
    }
  const titles = chapters.flatMap(({ startMs, endMs, title }) =>
    // 'Chapter 3' says nothing that its number does not.
    title === null || !/\p{L}/u.test(title.replace(/chapter|track|장/giu, ''))
      ? []
      : [{ startMs, endMs, text: title }],
  );
  if (titles.length > 0) written.push({ source: 'chapters', origin: '', language: null, cues: titles });
  const lyrics = lyricsOfTags((await probe(path, signal)).tags);
  if (lyrics !== null) written.push({ source: 'lyrics', ...lyrics });
  return written;
}
