// Runs on the answering thread: what hears, as the engine sees it: whisper.cpp, speech packs, the detector of voices.
import { join } from 'node:path';
import { Failure, type PackId } from '../../contract/index.ts';
import type { Recogniser, Speech } from '../../library/ports.ts';
import type { PackStore } from '../packs/pack-store.ts';
import { findProgram, type WhisperProgram } from './program.ts';
import { openVoices } from './voices.ts';
import { runWhisper } from './whisper.ts';

/** More threads than this slow whisper.cpp down. */
const THREADS_MOST = 8;
/** whisper.cpp leaves out the last second of a sound: a second of silence after it is left out instead. */
const SILENCE_SAMPLES = 16_000 * 1.2;

/**
 * @param options.program - value of AFTERIMAGE_WHISPER; null: not set
 * @param options.programFolder - where whisper.cpp lies else
 * @param options.temporaryFolder - where its output lies for a moment; made when needed
 */
export function createSpeech(options: {
  store: PackStore;
  program: string | null;
  programFolder: string;
  temporaryFolder: string;
}): Speech {
  let found: Promise<WhisperProgram> | null = null;
  const program = (): Promise<WhisperProgram> => {
    // Not remembered when it fails: it may be built while the app runs.
    found ??= findProgram(options.program, options.programFolder).catch((error: unknown) => {
      found = null;
      throw error;
    });
    return found;
  };
  return {
    program: () =>
      program().then(
        ({ sentence }) => ({ works: true, sentence }),
        (error: unknown) => ({
          works: false,
          sentence: error instanceof Error ? error.message : String(error),
        }),
      ),
    openVoices,
    openRecogniser: (packId, { threads }) => open(packId, threads),
  };

  async function open(packId: PackId, threads: number): Promise<Recogniser> {
    const { folder, manifest } = await options.store.findWhole(packId);
    if (manifest.family !== 'speech')
      throw new Failure(
        'PACK_MANIFEST_INVALID',
        `The pack ${packId} does not hear speech.`,
        'Use a speech pack.',
      );
    const { path } = await program().catch((error: unknown) => {
      throw new Failure(
        'MODEL_FAILED',
        error instanceof Error ? error.message : String(error),
        'See `doctor`.',
      );
    });
    const { languages } = manifest;
    const only = languages.length === 1 && languages[0] !== '*' ? (languages[0] ?? null) : null;
    return {
      packId,
      transcribe(samples, language, signal) {
        const padded = new Int16Array(samples.length + SILENCE_SAMPLES);
        padded.set(samples);
        return runWhisper({
          ...{ program: path, model: join(folder, manifest.speech.model), samples: padded, signal },
          ...{ temporaryFolder: options.temporaryFolder, threads: Math.min(threads, THREADS_MOST) },
          language: only ?? language,
        });
      },
    };
  }
}
