// Runs on the engine's thread: the durable queue of work, in index.db.
import type { FailureCode, FailureData, FileId, ItemId, ItemKind } from '../../contract/index.ts';
import type { Connection } from './connection.ts';
import type { FileRow } from './files.ts';

/** In the order in which an item goes through them; `words` refreshes the texts after a move. */
export type StepName =
  | 'identify'
  | 'describe'
  | 'words'
  | 'preview'
  | 'embed'
  | 'keyframes'
  | 'embed-keyframes'
  | 'subtitles'
  | 'transcribe'
  | 'embed-sentences';

/** What a step works on: a file (identify) or an item (all others). */
export type Subject = { readonly fileId: FileId } | { readonly itemId: ItemId };

export interface WaitingStep {
  readonly stepId: number;
  readonly name: StepName;
  readonly scope: string;
  readonly fileId: FileId | null;
  readonly itemId: ItemId | null;
}

export interface StepRow extends WaitingStep {
  readonly version: number;
  readonly state: 'waiting' | 'done' | 'failed' | 'skipped';
  readonly code: FailureCode | null;
  readonly reason: string | null;
  readonly remedy: string | null;
}

/** One number for what a step works on: the item's id, or the file's below zero. */
export function subjectOf(step: WaitingStep): number {
  return step.itemId ?? -Number(step.fileId ?? 0);
}

export type Steps = ReturnType<typeof createSteps>;

export function createSteps(index: Connection) {
  const short = 'step_id AS stepId, name, scope, file_id AS fileId, item_id AS itemId';
  const long = `${short}, version, state, code, reason, remedy`;
  const conflict = `DO UPDATE SET version = excluded.version, state = 'waiting', priority = excluded.priority,
    code = NULL, reason = NULL, remedy = NULL`;
  const forFile = index.prepare<[string, string, number, FileId, number]>(
    `INSERT INTO step (name, scope, version, file_id, state, priority) VALUES (?, ?, ?, ?, 'waiting', ?)
     ON CONFLICT (file_id, name, scope) WHERE file_id IS NOT NULL ${conflict}`,
  );
  const forItem = index.prepare<[string, string, number, ItemId, number]>(
    `INSERT INTO step (name, scope, version, item_id, state, priority) VALUES (?, ?, ?, ?, 'waiting', ?)
     ON CONFLICT (item_id, name, scope) WHERE item_id IS NOT NULL ${conflict}`,
  );
  const waiting = index.prepare<[string, string, string, number], WaitingStep>(
    `SELECT ${short} FROM step WHERE state = 'waiting' AND name = ? AND scope = ?
       AND coalesce(item_id, -file_id) NOT IN (SELECT value FROM json_each(?)) ORDER BY priority DESC LIMIT ?`,
  );
  const end = index.prepare<[string, string | null, string | null, string | null, number]>(
    'UPDATE step SET state = ?, code = ?, reason = ?, remedy = ? WHERE step_id = ?',
  );
  const ofItem = index.prepare<[ItemId], StepRow>(
    `SELECT ${long} FROM step WHERE item_id = ? ORDER BY step_id`,
  );
  const ofFile = index.prepare<[FileId], StepRow>(
    `SELECT ${long} FROM step WHERE file_id = ? ORDER BY step_id`,
  );
  const counts = index.prepare<[], { name: StepName; scope: string; state: string; n: number }>(
    'SELECT name, scope, state, count(*) AS n FROM step GROUP BY name, scope, state',
  );
  const waitingOf = index.prepare<[StepName], { n: number }>(
    `SELECT count(*) AS n FROM step WHERE state = 'waiting' AND name = ?`,
  );
  const waitingIn = index.prepare<[StepName, string], { n: number }>(
    `SELECT count(*) AS n FROM step WHERE state = 'waiting' AND name = ? AND scope = ?`,
  );
  const waitingAll = index.prepare<[], { n: number }>(
    `SELECT count(*) AS n FROM step WHERE state = 'waiting'`,
  );
  const failedCount = index.prepare<[], { n: number }>(
    `SELECT count(DISTINCT coalesce(item_id, -file_id)) AS n FROM step WHERE state = 'failed'`,
  );
  const reviveOf = index.prepare<[ItemId]>(
    `UPDATE step SET state = 'waiting' WHERE item_id = ? AND state = 'skipped'`,
  );
  const reviveAll = index.prepare(`UPDATE step SET state = 'waiting' WHERE state = 'skipped'`);
  const reset = index.prepare<[string, string]>(
    `UPDATE step SET state = 'waiting', code = NULL, reason = NULL, remedy = NULL WHERE name = ? AND scope = ?`,
  );
  const failed = index.prepare<[], StepRow>(
    `SELECT ${long} FROM step WHERE state = 'failed' ORDER BY step_id`,
  );
  const retry = index.prepare(
    `UPDATE step SET state = 'waiting', code = NULL, reason = NULL, remedy = NULL WHERE state = 'failed'`,
  );
  const retryOf = index.prepare<[number | null, number | null]>(
    `UPDATE step SET state = 'waiting', code = NULL, reason = NULL, remedy = NULL
     WHERE state = 'failed' AND (file_id = ? OR item_id = ?)`,
  );
  const raise = index.prepare<[number, string, number]>(
    `UPDATE step SET version = ?, state = 'waiting', code = NULL, reason = NULL, remedy = NULL
     WHERE name = ? AND version < ?`,
  );
  const fill = index.prepare<[StepName, string, number, string]>(
    `INSERT OR IGNORE INTO step (name, scope, version, item_id, state, priority)
     SELECT ?, ?, ?, item_id, 'waiting', sort_ms FROM item WHERE kind = ?`,
  );
  const waitingScope = index.prepare<[string], { n: number }>(
    `SELECT count(*) AS n FROM step WHERE state = 'waiting' AND scope = ?`,
  );
  const dropScope = index.prepare<[string]>(`DELETE FROM step WHERE scope = ?`);
  const dropWaiting = index.prepare<[string]>(`DELETE FROM step WHERE scope = ? AND state = 'waiting'`);
  return {
    /** Queues a step, again if it was there already. */
    queue(name: StepName, subject: Subject, version: number, priority: number, scope = ''): void {
      if ('fileId' in subject) forFile.run(name, scope, version, subject.fileId, Math.round(priority));
      else forItem.run(name, scope, version, subject.itemId, Math.round(priority));
    },
    /** The next to do, newest first, without those whose subject is in `inFlight` ({@link subjectOf}). */
    next: (name: StepName, scope: string, inFlight: Iterable<number>, limit: number): WaitingStep[] =>
      waiting.all(name, scope, JSON.stringify([...inFlight]), limit),
    finish: (stepId: number, state: 'done' | 'skipped' = 'done'): void =>
      void end.run(state, null, null, null, stepId),
    fail: (stepId: number, failure: FailureData): void =>
      void end.run('failed', failure.code, failure.reason, failure.remedy, stepId),
    ofItem: (itemId: ItemId): StepRow[] => ofItem.all(itemId),
    ofFile: (fileId: FileId): StepRow[] => ofFile.all(fileId),
    counts: () => counts.all(),
    /** How many wait: of all, of a name, of a name in a scope. */
    waiting(name?: StepName, scope?: string): number {
      if (name === undefined) return waitingAll.get()?.n ?? 0;
      return (scope === undefined ? waitingOf.get(name) : waitingIn.get(name, scope))?.n ?? 0;
    },
    /** What was skipped because its file was away waits again: for one item, or for all. */
    reviveSkipped(itemId?: ItemId): void {
      if (itemId === undefined) reviveAll.run();
      else reviveOf.run(itemId);
    },
    /** How many files or items have a failed step. */
    failedCount: (): number => failedCount.get()?.n ?? 0,
    /** Does every step of a name and scope again, whatever became of it. */
    reset: (name: StepName, scope: string): number => reset.run(name, scope).changes,
    failed: (): StepRow[] => failed.all(),
    /** Failed steps wait again: all, or those of a file and its item. */
    retryFailed: (of?: Pick<FileRow, 'fileId' | 'itemId'>): number =>
      (of === undefined ? retry.run() : retryOf.run(of.fileId, of.itemId)).changes,
    /** Does a step again wherever it was done by an older version. */
    raiseVersion: (name: StepName, version: number): number => raise.run(version, name, version).changes,
    /** Queues a step in the scope of a pack for every item of a kind that has no such step yet. */
    fillScope: (name: StepName, scope: string, version: number, kind: ItemKind): number =>
      fill.run(name, scope, version, kind).changes,
    /** How many wait in the scope of a pack, of whatever name. */
    waitingInScope: (scope: string): number => waitingScope.get(scope)?.n ?? 0,
    dropScope: (scope: string): void => void dropScope.run(scope),
    /** Gives up what still waits in a scope that is no longer used. */
    dropWaiting: (scope: string): void => void dropWaiting.run(scope),
  };
}
