// Runs on the engine's thread: the steps preview and embed of a picture, from one decode.
import { failureOf, type PackId } from '../../contract/index.ts';
import type { WaitingStep } from '../database/steps.ts';
import { sourcePath } from '../source-path.ts';
import type { StepContext } from './context.ts';
import type { Embedder } from './embedder.ts';
import { queueAnimation, queueKnownKeyframes } from './animated.ts';
import { cover } from './cover.ts';

/** How the runner counts what is on its way to the encoders, so that last, partly filled batches go too. */
export interface Decoding {
  begin(): void;
  end(): void;
}

/**
 * Decodes once and serves every step of the item that waits for pixels: its preview, and its embedding in
 * each space that is in use or being filled.
 */
export async function picture(
  context: StepContext,
  embedderOf: (packId: PackId) => Embedder,
  decoding: Decoding,
  step: WaitingStep,
  signal: AbortSignal,
): Promise<void> {
  const { database, pool, previews, spaces } = context;
  if (step.itemId === null) return;
  const itemId = step.itemId;
  const item = database.items.get(itemId);
  const moment = database.moments.ofItem(itemId).find((row) => row.kind === 'picture');
  const file = database.files.ofItem(itemId)[0];
  if (item?.kind === 'audio' && file?.away === 0) {
    await cover(context, item, await sourcePath(database, file), step, signal);
    return;
  }
  if (item === undefined || moment === undefined || file === undefined || file.away === 1) {
    // Nothing to read now; the step comes back with the file.
    database.steps.finish(step.stepId, 'skipped');
    return;
  }
  const packIds = spaces.packIds();
  const open = database.steps.ofItem(itemId).filter((row) => row.state !== 'done');
  const preview = open.find((row) => row.name === 'preview' && row.state === 'waiting');
  const embeds = open.filter((row) => row.name === 'embed' && packIds.includes(row.scope as PackId));
  const embedding: Promise<void>[] = [];
  decoding.begin();
  try {
    const opened = await Promise.all(embeds.map((row) => spaces.open(row.scope as PackId)));
    const previewPath = preview === undefined ? null : previews.preview(item.hash);
    const decoded = await pool.decode(
      {
        path: await sourcePath(database, file),
        mediaType: item.mediaType,
        wants: { previewPath, inputs: opened.map((space) => space.encoder.imageInput) },
      },
      signal,
    );
    if (preview !== undefined)
      database.transaction(() => {
        database.items.setDecoded(itemId, decoded);
        queueAnimation(database, item, decoded);
        database.steps.finish(preview.stepId);
      });
    if (decoded.animated) queueKnownKeyframes(database, item, embeds);
    for (const [i, row] of embeds.entries()) {
      const input = decoded.inputs[i];
      if (input !== undefined && !signal.aborted)
        embedding.push(
          embedderOf(row.scope as PackId).add({
            stepId: row.stepId,
            itemId,
            momentId: moment.momentId,
            input,
          }),
        );
    }
  } catch (error) {
    if (!signal.aborted) {
      const failure = failureOf(error);
      database.transaction(() => {
        for (const row of preview === undefined ? embeds : [preview, ...embeds])
          database.steps.fail(row.stepId, failure);
      });
    }
  } finally {
    decoding.end();
  }
  await Promise.all(embedding);
}
