// Runs on the engine's thread: the table of what is searched, in index.db.
import type { ItemId, MomentId, MomentKind } from '../../contract/index.ts';
import type { Connection } from './connection.ts';

export interface MomentRow {
  readonly momentId: MomentId;
  readonly itemId: ItemId;
  readonly kind: MomentKind;
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly text: string | null;
  /** Of sentences, see transcripts.ts. */
  readonly transcriptId: number | null;
  readonly superseded: 0 | 1;
}

/** A moment that is no sentence, before it has an id. */
export type NewMoment = Omit<MomentRow, 'momentId' | 'transcriptId' | 'superseded'>;

export type Moments = ReturnType<typeof createMoments>;

export function createMoments(index: Connection) {
  const columns = `moment_id AS momentId, item_id AS itemId, kind, start_ms AS startMs, end_ms AS endMs, text,
    transcript_id AS transcriptId, superseded`;
  const one = index.prepare<[MomentId], MomentRow>(`SELECT ${columns} FROM moment WHERE moment_id = ?`);
  const ofItem = index.prepare<[ItemId], MomentRow>(
    `SELECT ${columns} FROM moment WHERE item_id = ? ORDER BY start_ms, moment_id`,
  );
  const all = index.prepare<[], { momentId: MomentId; itemId: ItemId; kind: MomentKind }>(
    'SELECT moment_id AS momentId, item_id AS itemId, kind FROM moment',
  );
  const kinds = index.prepare<[], [MomentId, MomentKind]>('SELECT moment_id, kind FROM moment').raw();
  const insert = index.prepare<
    [ItemId, MomentKind, number | null, number | null, string | null],
    { momentId: MomentId }
  >(
    `INSERT INTO moment (item_id, kind, start_ms, end_ms, text) VALUES (?, ?, ?, ?, ?)
     RETURNING moment_id AS momentId`,
  );
  const setEnd = index.prepare<[number, MomentId]>('UPDATE moment SET end_ms = ? WHERE moment_id = ?');
  const remove = index.prepare<[MomentId]>('DELETE FROM moment WHERE moment_id = ?');
  const count = index.prepare<[], { n: number }>('SELECT count(*) AS n FROM moment');
  return {
    get: (momentId: MomentId): MomentRow | undefined => one.get(momentId),
    ofItem: (itemId: ItemId): MomentRow[] => ofItem.all(itemId),
    /** Every moment with its item: what the search index in memory is built from. */
    all: () => all.all(),
    /** The kind of every moment there is now, without a row of the table for each. */
    kinds(): (momentId: MomentId) => MomentKind | undefined {
      const names: MomentKind[] = [];
      let places = new Uint8Array(1024);
      for (const [momentId, kind] of kinds.iterate()) {
        if (momentId >= places.length) {
          const more = new Uint8Array(Math.ceil(momentId * 1.5));
          more.set(places);
          places = more;
        }
        places[momentId] = (names.indexOf(kind) + 1 || names.push(kind)) & 0xff;
      }
      return (momentId) => names[(places[momentId] ?? 0) - 1];
    },
    add(moment: NewMoment): MomentId {
      const row = insert.get(moment.itemId, moment.kind, moment.startMs, moment.endMs, moment.text);
      if (row === undefined) throw new Error('moment: the insert gave no row');
      return row.momentId;
    },
    setEnd: (momentId: MomentId, endMs: number): void => void setEnd.run(Math.round(endMs), momentId),
    remove: (momentId: MomentId): void => void remove.run(momentId),
    count: (): number => count.get()?.n ?? 0,
  };
}
