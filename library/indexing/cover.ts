// Runs on the engine's thread: the step preview of a sound: the cover art inside its file.
import { rm, writeFile } from 'node:fs/promises';
import { failureOf } from '../../contract/index.ts';
import type { ItemRow } from '../database/items.ts';
import type { WaitingStep } from '../database/steps.ts';
import { extractCover } from '../media/ffmpeg/cover.ts';
import type { StepContext } from './context.ts';

/** A cover that cannot be shown is no fault of the sound: it stays without one. */
export async function cover(
  { database, pool, previews, log }: StepContext,
  item: ItemRow,
  path: string,
  step: WaitingStep,
  signal: AbortSignal,
): Promise<void> {
  const index = database.recordings.get(item.itemId)?.coverIndex ?? null;
  const previewPath = previews.preview(item.hash);
  const taken = `${previewPath}.cover.part`;
  try {
    if (index !== null) {
      previews.makeFolderFor(taken);
      await writeFile(taken, await extractCover(path, index, signal));
      const { mediaType } = await pool.identify(taken, signal);
      const wants = { previewPath, inputs: [] };
      const decoded = await pool.decode({ path: taken, mediaType, wants }, signal);
      database.transaction(() => {
        database.items.setDecoded(item.itemId, { ...decoded, animated: false });
        database.steps.finish(step.stepId);
      });
      return;
    }
  } catch (error) {
    if (signal.aborted) return;
    log.info('cover.unreadable', { itemId: item.itemId, code: failureOf(error).code });
  } finally {
    await rm(taken, { force: true });
  }
  database.steps.finish(step.stepId);
}
