// Runs on the engine's thread: the steps describe (what the file says of itself) and words.
import { failureOf } from '../../contract/index.ts';
import type { WaitingStep } from '../database/steps.ts';
import { sourcePath } from '../source-path.ts';
import type { StepContext } from './context.ts';
import { writeWords } from './item-words.ts';

export async function describe(context: StepContext, step: WaitingStep, signal: AbortSignal): Promise<void> {
  const { database, metadata } = context;
  if (step.itemId === null) return;
  const itemId = step.itemId;
  const file = database.files.ofItem(itemId)[0];
  if (file === undefined || file.away === 1) {
    database.steps.finish(step.stepId, 'skipped');
    return;
  }
  try {
    const described = await metadata.read(await sourcePath(database, file), signal);
    database.transaction(() => {
      database.items.setMetadata(itemId, described, file.modifiedMs);
      writeWords(database, itemId);
      database.steps.finish(step.stepId);
    });
  } catch (error) {
    if (!signal.aborted) database.steps.fail(step.stepId, failureOf(error));
  }
}

/** The texts of an item after a move or a rename: nothing is read from disk. */
export function refreshWords({ database }: StepContext, step: WaitingStep): void {
  database.transaction(() => {
    if (step.itemId !== null) writeWords(database, step.itemId);
    database.steps.finish(step.stepId);
  });
}
