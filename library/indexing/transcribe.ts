// Runs on the engine's thread: the step transcribe: what is said in an item, heard by the speech pack in use.
import { failureOf, type PackId } from '../../contract/index.ts';
import type { WaitingStep } from '../database/steps.ts';
import { recordingOf } from '../database/recordings.ts';
import { decodeAudio } from '../media/ffmpeg/audio.ts';
import { sourcePath } from '../source-path.ts';
import { hear, hearingFromStart, HearingState, mostSpoken } from '../speech/hear.ts';
import { removeTranscript, replaceTranscript, settleSpoken } from '../speech/spoken.ts';
import type { StepContext } from './context.ts';

/**
 * Each part is stored as it is heard, with where to go on: a stop or a crash loses the part in hand. The step's
 * scope names the pack.
 *
 * @param onPart - something more can be found, and how far it came
 */
export async function transcribe(
  context: StepContext,
  step: WaitingStep,
  signal: AbortSignal,
  onPart: (untilMs: number, durationMs: number) => void,
): Promise<void> {
  const { database, speech } = context;
  if (step.itemId === null) return;
  const itemId = step.itemId;
  const recording = database.recordings.get(itemId);
  const file = database.files.ofItem(itemId)[0];
  if (file === undefined || file.away === 1) {
    database.steps.finish(step.stepId, 'skipped');
    return;
  }
  const track = recording === undefined ? undefined : recordingOf(recording).audio[0];
  if (track === undefined) {
    // A silent film.
    database.steps.finish(step.stepId);
    return;
  }
  const own = { itemId, source: 'speech', origin: step.scope } as const;
  try {
    const before = database.transcripts
      .ofItem(itemId)
      .find((row) => row.source === 'speech' && row.origin === step.scope);
    const stored = before?.heard == null ? null : HearingState.safeParse(JSON.parse(before.heard)).data;
    const state = stored ?? hearingFromStart;
    let last = state;
    const transcriptId = database.transaction(() => {
      // From the beginning: what an older version had heard goes.
      if (stored == null) replaceTranscript(context, { ...own, language: null }, []);
      return database.transcripts.put({ ...own, language: before?.language ?? null });
    });
    const { recogniser, voices } = await speech.ears(step.scope as PackId);
    const sound = decodeAudio(
      await sourcePath(database, file),
      { track: track.index, fromMs: state.fromMs },
      signal,
    );
    for await (const part of hear({ sound, voices, recogniser, state, signal })) {
      last = part.state;
      database.transaction(() => {
        for (const sentence of part.sentences)
          database.transcripts.addSentence(itemId, transcriptId, sentence);
        note(JSON.stringify(part.state));
        if (part.sentences.length > 0) settleSpoken(context, itemId);
      });
      onPart(last.fromMs, recording?.durationMs ?? Infinity);
    }
    signal.throwIfAborted();
    database.transaction(() => {
      note(null);
      // What another pack had heard gives way to what the one in use hears.
      for (const row of database.transcripts.ofItem(itemId))
        if (row.source === 'speech' && row.origin !== step.scope) removeTranscript(context, row);
      settleSpoken(context, itemId);
      database.steps.finish(step.stepId);
    });

    function note(heard: string | null): void {
      database.transcripts.setHeard(transcriptId, heard, last.dropped, mostSpoken(last.languages));
    }
  } catch (error) {
    if (!signal.aborted) database.steps.fail(step.stepId, failureOf(error));
  }
}
