// Runs on the engine's thread: the step embed-sentences: what is said in an item, in the space of one pack.
import { failureOf, type PackId } from '../../contract/index.ts';
import type { WaitingStep } from '../database/steps.ts';
import type { StepContext } from './context.ts';

/** Sentences at a time: a search waits for one batch at the most, and a stop loses no more. */
const BATCH = 16;

/** Only what has no embedding yet; the step's scope names the pack. */
export async function embedSentences(
  context: StepContext,
  step: WaitingStep,
  signal: AbortSignal,
): Promise<void> {
  const { database, spaces } = context;
  if (step.itemId === null) return;
  const itemId = step.itemId;
  try {
    const space = await spaces.open(step.scope as PackId);
    const { encodeSentences } = space.encoder;
    if (encodeSentences === null) {
      // A pack of concepts: words alone find what is said.
      database.steps.finish(step.stepId);
      return;
    }
    const missing = database.transcripts
      .sentences(itemId)
      .filter((row) => row.superseded === 0 && space.vectors.get(row.momentId) === undefined);
    for (let at = 0; at < missing.length; at += BATCH) {
      const part = missing.slice(at, at + BATCH);
      const vectors = await encodeSentences(
        part.map(({ text }) => text),
        signal,
      );
      const stored = database.transaction(() =>
        part.flatMap((row, i) => {
          const vector = vectors[i];
          // Replaced or forgotten while it was encoded.
          if (vector === undefined || database.moments.get(row.momentId)?.text !== row.text) return [];
          const embedding = { vector, concepts: null, regions: [] };
          space.vectors.put(row.momentId, embedding);
          return [{ momentId: row.momentId, embedding }];
        }),
      );
      for (const { momentId, embedding } of stored) space.index.put(momentId, itemId, 'sentence', embedding);
    }
    database.transaction(() => {
      // New sentences came meanwhile: the step stays for them.
      const left = database.transcripts
        .sentences(itemId)
        .some((row) => row.superseded === 0 && space.vectors.get(row.momentId) === undefined);
      if (!left) database.steps.finish(step.stepId);
    });
  } catch (error) {
    if (!signal.aborted) database.steps.fail(step.stepId, failureOf(error));
  }
}
