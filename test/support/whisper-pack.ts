// Runs in tests: a speech pack around a model that says one sentence, and whether there is a whisper.cpp to run it.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whisperPlaces } from '../../hosts/library-folder.ts';
import { findProgram } from '../../native-models/speech/program.ts';
import { type FixedWord, whisperModel } from '../fixtures/whisper-model.ts';

/** Why the real whisper.cpp cannot be driven here; null: it can. */
export async function whisperTrouble(): Promise<string | null> {
  const { program, programFolder } = whisperPlaces();
  return findProgram(program, programFolder).then(
    () => null,
    (error: unknown) => String(error),
  );
}

/** Writes a pack that says the given words over and over, to be imported. */
export function writeWhisperPack(
  folder: string,
  words: readonly FixedWord[],
  options: { id?: string; language?: 'en' | 'ko' } = {},
): string {
  const { id = 'fixed-sentence', language = 'en' } = options;
  mkdirSync(folder, { recursive: true });
  const model = whisperModel(words, language);
  writeFileSync(join(folder, 'model.bin'), model);
  const sha256 = createHash('sha256').update(model).digest('hex');
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      ...{ manifestVersion: 1, id, name: 'One sentence', version: '1', family: 'speech', languages: ['*'] },
      ...{ license: 'MIT', speech: { model: 'model.bin' } },
      files: [{ path: 'model.bin', bytes: model.length, sha256 }],
    }),
  );
  return folder;
}
