// Runs on the engine's thread: writes what a look at the folders found, in short transactions.
import { setImmediate as turn } from 'node:timers/promises';
import type { ChangeCounts, FailureData, FileId } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { FileRow } from '../database/files.ts';
import { queueSubtitles } from '../indexing/queue-subtitles.ts';
import { versions } from '../indexing/versions.ts';
import type { Plan } from './difference.ts';
import type { Found } from './seen.ts';

/** Files per transaction: a search waits for one at the most, and a killed process loses one. */
const BATCH = 500;

const troubles: Readonly<Record<NonNullable<Found['trouble']>, FailureData>> = {
  'link-to-nothing': {
    code: 'FILE_NOT_FOUND',
    reason: 'This is a link to something that is not there.',
    remedy: 'Bring back what it points to, or delete the link.',
  },
  'name-unusable': {
    code: 'FILE_NAME_UNUSABLE',
    reason: 'The name of the file, or of a folder above it, cannot be read as text.',
    remedy: 'Rename it.',
  },
};

/**
 * Moves first, removals last: wherever the process ends between, the next look finds the rest and no item
 * has been left by a file that only moved.
 */
export async function writePlan(database: Database, plan: Plan, signal?: AbortSignal): Promise<ChangeCounts> {
  const { files, steps } = database;

  const queueIdentify = (fileId: FileId, found: Found): void => {
    steps.queue('identify', { fileId }, versions.identify, found.modifiedMs);
    if (found.trouble === undefined) return;
    const step = steps.ofFile(fileId).find((row) => row.name === 'identify');
    if (step !== undefined) steps.fail(step.stepId, troubles[found.trouble]);
  };
  /** The texts of an item hold the names of its files. */
  const queueWords = (row: FileRow): void => {
    if (row.itemId === null) return;
    steps.queue('words', { itemId: row.itemId }, versions.words, row.modifiedMs);
    // Other subtitles may lie beside it now.
    queueSubtitles(database, row.itemId);
  };
  const move = ({ row, rootId, found }: Plan['moved'][number]): void => {
    const now = files.get(row.fileId);
    if (now === undefined) return;
    files.move(row.fileId, rootId, found.path);
    if (now.itemId === null) queueIdentify(row.fileId, found);
    else queueWords(now);
  };
  const change = ({ row, found }: Plan['changed'][number]): void => {
    files.touch(row.fileId, found);
    if (found.trouble !== undefined) files.link(row.fileId, null, 'primary');
    queueIdentify(row.fileId, found);
  };
  const remove = (row: FileRow): void => {
    const now = files.get(row.fileId);
    if (now === undefined) return;
    queueWords(now);
    files.remove(row.fileId);
  };

  const { tangled, removedWith, plain } = untangle(database, plan);
  if (tangled.length > 0)
    database.transaction(() => {
      // No path has an empty part: nothing lies there.
      for (const { row } of tangled) files.move(row.fileId, row.rootId, `//${String(row.fileId)}`);
      for (const row of removedWith) remove(row);
      for (const one of tangled) move(one);
    });
  const removedAlready = new Set(removedWith.map((row) => row.fileId));

  const work: (() => void)[] = [
    ...plain.map((one) => () => move(one)),
    ...plan.renumbered.map(
      ({ row, found }) =>
        () =>
          files.touch(row.fileId, found),
    ),
    ...plan.changed.map((one) => () => change(one)),
    ...plan.added.map(
      ({ rootId, found }) =>
        () =>
          queueIdentify(files.add(rootId, found), found),
    ),
    ...plan.removed.filter((row) => !removedAlready.has(row.fileId)).map((row) => () => remove(row)),
  ];
  for (let at = 0; at < work.length; at += BATCH) {
    signal?.throwIfAborted();
    database.transaction(() => {
      for (const one of work.slice(at, at + BATCH)) one();
    });
    await turn();
  }
  return {
    added: plan.added.length,
    changed: plan.changed.length,
    removed: plan.removed.length,
    moved: plan.moved.length,
    unchanged: plan.unchanged,
  };
}

/** Moves onto paths that other rows still hold (swaps, chains, replacing) have to be written as one. */
function untangle(
  { files }: Database,
  plan: Plan,
): { tangled: Plan['moved']; removedWith: FileRow[]; plain: Plan['moved'] } {
  const moving = new Map(plan.moved.map((one) => [one.row.fileId, one]));
  const tangled = new Map<FileId, Plan['moved'][number]>();
  const removedWith: FileRow[] = [];
  for (const one of plan.moved) {
    const occupant = files.byPath(one.rootId, one.found.path);
    if (occupant === undefined || occupant.fileId === one.row.fileId) continue;
    tangled.set(one.row.fileId, one);
    const movingToo = moving.get(occupant.fileId);
    if (movingToo === undefined) removedWith.push(occupant);
    else tangled.set(occupant.fileId, movingToo);
  }
  return {
    tangled: [...tangled.values()],
    removedWith,
    plain: plan.moved.filter((one) => !tangled.has(one.row.fileId)),
  };
}
