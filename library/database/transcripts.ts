// Runs on the engine's thread: the tables of what is said, in index.db.
import type { ItemId, MomentId, SpokenSource } from '../../contract/index.ts';
import type { Connection } from './connection.ts';

export interface TranscriptRow {
  readonly transcriptId: number;
  readonly itemId: ItemId;
  readonly source: SpokenSource;
  readonly origin: string;
  readonly language: string | null;
  readonly heard: string | null;
  readonly dropped: number;
}

export interface SentenceRow {
  readonly momentId: MomentId;
  readonly transcriptId: number;
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly text: string;
  readonly superseded: 0 | 1;
}

/** What is said from start to end; without times where the source has none. */
export type Sentence = Pick<SentenceRow, 'startMs' | 'endMs' | 'text'>;

export type Transcripts = ReturnType<typeof createTranscripts>;

export function createTranscripts(index: Connection) {
  const columns =
    'transcript_id AS transcriptId, item_id AS itemId, source, origin, language, heard, dropped';
  const ofItem = index.prepare<[ItemId], TranscriptRow>(
    `SELECT ${columns} FROM transcript WHERE item_id = ? ORDER BY transcript_id`,
  );
  const put = index.prepare<[ItemId, SpokenSource, string, string | null], { transcriptId: number }>(
    `INSERT INTO transcript (item_id, source, origin, language) VALUES (?, ?, ?, ?)
     ON CONFLICT (item_id, source, origin) DO UPDATE SET language = excluded.language
     RETURNING transcript_id AS transcriptId`,
  );
  const setHeard = index.prepare<[string | null, number, string | null, number]>(
    'UPDATE transcript SET heard = ?, dropped = ?, language = ? WHERE transcript_id = ?',
  );
  const remove = index.prepare<[number]>('DELETE FROM transcript WHERE transcript_id = ?');
  const sentences = index.prepare<[ItemId], SentenceRow>(
    `SELECT moment_id AS momentId, transcript_id AS transcriptId, start_ms AS startMs, end_ms AS endMs, text,
       superseded FROM moment WHERE item_id = ? AND transcript_id IS NOT NULL ORDER BY start_ms, moment_id`,
  );
  const add = index.prepare<[ItemId, number | null, number | null, string, number], { momentId: MomentId }>(
    `INSERT INTO moment (item_id, kind, start_ms, end_ms, text, transcript_id) VALUES (?, 'sentence', ?, ?, ?, ?)
     RETURNING moment_id AS momentId`,
  );
  const removeMoment = index.prepare<[MomentId]>('DELETE FROM moment WHERE moment_id = ?');
  const supersede = index.prepare<[0 | 1, MomentId]>('UPDATE moment SET superseded = ? WHERE moment_id = ?');
  const spokenBy = index.prepare<[string], { itemId: ItemId }>(
    `SELECT item_id AS itemId FROM transcript WHERE source = 'speech' AND origin = ?`,
  );
  return {
    ofItem: (itemId: ItemId): TranscriptRow[] => ofItem.all(itemId),
    /** The transcript of an item from a source, made when it is not there. */
    put(transcript: Pick<TranscriptRow, 'itemId' | 'source' | 'origin' | 'language'>): number {
      const { itemId, source, origin, language } = transcript;
      const row = put.get(itemId, source, origin, language);
      if (row === undefined) throw new Error('transcript: the insert gave no row');
      return row.transcriptId;
    },
    /** @param heard - null: to the end */
    setHeard: (transcriptId: number, heard: string | null, dropped: number, language: string | null): void =>
      void setHeard.run(heard, dropped, language, transcriptId),
    remove: (transcriptId: number): void => void remove.run(transcriptId),
    /** Of all transcripts of an item, in the order of their times. */
    sentences: (itemId: ItemId): SentenceRow[] => sentences.all(itemId),
    addSentence(itemId: ItemId, transcriptId: number, { startMs, endMs, text }: Sentence): MomentId {
      const row = add.get(
        itemId,
        startMs === null ? null : Math.round(startMs),
        endMs === null ? null : Math.round(endMs),
        text,
        transcriptId,
      );
      if (row === undefined) throw new Error('moment: the insert gave no row');
      return row.momentId;
    },
    removeSentence: (momentId: MomentId): void => void removeMoment.run(momentId),
    supersede: (momentId: MomentId, superseded: boolean): void =>
      void supersede.run(superseded ? 1 : 0, momentId),
    /** Items that a speech pack has heard, or begun to. */
    heardBy: (packId: string): ItemId[] => spokenBy.all(packId).map((row) => row.itemId),
  };
}
