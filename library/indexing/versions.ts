// Runs on the engine's thread: the version of each step. Raising one does that step again everywhere.
import type { Database } from '../database/database.ts';
import type { StepName } from '../database/steps.ts';

export const versions: Readonly<Record<StepName, number>> = {
  identify: 1,
  describe: 1,
  words: 1,
  preview: 1,
  embed: 1,
  keyframes: 1,
  'embed-keyframes': 1,
  subtitles: 1,
  transcribe: 1,
  'embed-sentences': 1,
};

/** Queues again what an older version of a step did. When a library is opened. */
export function applyVersions(database: Database): void {
  // A film whose step is not there was seen before there was such a step.
  database.steps.fillScope('keyframes', '', versions.keyframes, 'video');
  for (const kind of ['video', 'audio'] as const)
    database.steps.fillScope('subtitles', '', versions.subtitles, kind);
  for (const [name, version] of Object.entries(versions))
    database.steps.raiseVersion(name as StepName, version);
}
