// Runs on the answering thread: the detector of voices, in a thread of its own.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../contract/index.ts';
import type { VoiceDetector } from '../../library/ports.ts';
import { EncoderThread } from '../runtime/encoder-thread.ts';
import { noVoiceYet, WINDOW_SAMPLES } from './voice-state.ts';

const MODEL_NAME = 'silero_vad_v6.onnx';

/** Where the model lies: beside this module when built, in the package it comes with in a checkout. */
export function voiceModelPath(): string {
  const beside = fileURLToPath(new URL(MODEL_NAME, import.meta.url));
  if (existsSync(beside)) return beside;
  for (const modules of createRequire(import.meta.url).resolve.paths('@ricky0123/vad-web') ?? []) {
    const path = join(modules, '@ricky0123', 'vad-web', 'dist', MODEL_NAME);
    if (existsSync(path)) return path;
  }
  throw new Failure(
    'PACK_FILE_MISSING',
    'The model that tells speech from other sound is not installed.',
    'Install Afterimage again; in a checkout run `npm ci`.',
  );
}

/** @throws Failure PACK_FILE_MISSING or MODEL_FAILED */
export async function openVoices(): Promise<VoiceDetector> {
  const thread = await EncoderThread.start({ kind: 'voices', path: voiceModelPath() });
  return {
    windowSamples: WINDOW_SAMPLES,
    stream() {
      let state = noVoiceYet();
      let rest = new Int16Array(0);
      return {
        async judge(samples, signal) {
          const all = new Int16Array(rest.length + samples.length);
          all.set(rest);
          all.set(samples, rest.length);
          const whole = all.length - (all.length % WINDOW_SAMPLES);
          rest = all.slice(whole);
          if (whole === 0) return new Float32Array(0);
          const reply = await thread.request({ kind: 'voice', samples: all.slice(0, whole), state }, signal);
          if (reply.kind !== 'voice') return new Float32Array(0);
          state = reply.state;
          return reply.probabilities;
        },
      };
    },
    close: () => thread.close(),
  };
}
