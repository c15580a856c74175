// Runs on the engine's thread: the sentences of an item as transcripts, one per source and language.
import type { ItemId, Transcript } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';

/** Those that say most first: subtitles beat what was heard. Lines without times lead nowhere and are left out. */
const ORDER: readonly Transcript['source'][] = ['file', 'track', 'speech', 'lyrics', 'chapters'];

export function transcriptsOf(database: Database, itemId: ItemId): Transcript[] {
  const moments = database.moments.ofItem(itemId);
  return database.transcripts
    .ofItem(itemId)
    .map(({ transcriptId, source, language }) => ({
      ...{ transcriptId, source, language },
      lines: moments.flatMap(({ momentId, startMs, endMs, text, ...moment }) =>
        moment.transcriptId !== transcriptId || startMs === null || text === null
          ? []
          : [{ momentId, startMs, endMs: endMs ?? startMs, text }],
      ),
    }))
    .filter(({ lines }) => lines.length > 0)
    .sort((a, b) => ORDER.indexOf(a.source) - ORDER.indexOf(b.source));
}
