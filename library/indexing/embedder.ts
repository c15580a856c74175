// Runs on the engine's thread: gathers encoder inputs into batches and stores what the encoder gives.
import {
  failureOf,
  type FailureData,
  type ItemId,
  type MomentId,
  type PackId,
} from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { EncoderInput, Log, PictureEmbedding } from '../ports.ts';
import type { OpenSpace, Spaces } from '../spaces.ts';

export interface ToEmbed {
  readonly stepId: number;
  readonly itemId: ItemId;
  readonly momentId: MomentId;
  readonly input: EncoderInput;
}

export type Embedder = ReturnType<typeof createEmbedder>;

/**
 * One per open space. A batch goes when it is full, or when nothing more is on the way to it.
 * @param expectsMore - whether decoded pictures are still to come
 */
export function createEmbedder(
  options: { database: Database; spaces: Spaces; log: Log },
  packId: PackId,
  expectsMore: () => boolean,
) {
  const { database, spaces, log } = options;
  const waiting: { work: ToEmbed; done: () => void }[] = [];
  let running = false;

  const pump = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      while (waiting.length > 0) {
        const space = await spaces.open(packId);
        if (waiting.length < space.encoder.batchSize && expectsMore()) return;
        const batch = waiting.splice(0, space.encoder.batchSize);
        await embed(
          space,
          batch.map((entry) => entry.work),
        );
        for (const entry of batch) entry.done();
      }
    } catch (error) {
      // The pack could not be opened: every picture that waits for it fails with that reason.
      const failure = failureOf(error);
      for (const entry of waiting.splice(0)) {
        database.steps.fail(entry.work.stepId, failure);
        entry.done();
      }
    } finally {
      running = false;
    }
  };

  const embed = async (space: OpenSpace, batch: readonly ToEmbed[]): Promise<void> => {
    const inputs = batch.map((work) => work.input);
    try {
      store(space, batch, await space.encoder.encodePictures(inputs));
    } catch (error) {
      if (batch.length === 1) {
        const failure: FailureData = failureOf(error);
        if (failure.code !== 'CANCELLED' && batch[0] !== undefined)
          database.steps.fail(batch[0].stepId, failure);
        return;
      }
      log.warn('embed.batch-failed', { pack: packId, size: batch.length });
      for (const work of batch) await embed(space, [work]);
    }
  };

  const store = (
    space: OpenSpace,
    batch: readonly ToEmbed[],
    embeddings: readonly PictureEmbedding[],
  ): void => {
    const kept = database.transaction(() =>
      batch.filter((work, i) => {
        const embedding = embeddings[i];
        // Forgotten while it was encoded: nothing to store, and its step went with it.
        if (embedding === undefined || database.moments.get(work.momentId) === undefined) return false;
        space.vectors.put(work.momentId, embedding);
        database.steps.finish(work.stepId);
        return true;
      }),
    );
    for (const work of kept) {
      const embedding = embeddings[batch.indexOf(work)];
      if (embedding !== undefined) space.index.put(work.momentId, work.itemId, 'picture', embedding);
    }
  };

  return {
    /** Resolves when the picture is stored, or its failure is. */
    add: (work: ToEmbed): Promise<void> =>
      new Promise((done) => {
        waiting.push({ work, done });
        void pump();
      }),
    /** Lets go of what waits; its steps stay in the queue. */
    drop(): void {
      for (const entry of waiting.splice(0)) entry.done();
    },
    /** To be called when a picture that was on the way will not come after all. */
    nudge: (): void => void pump(),
  };
}
