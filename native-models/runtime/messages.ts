// Runs nowhere by itself: what goes between an encoder and its worker threads. Types only.
import type { FailureData } from '../../contract/index.ts';
import type { EncoderInput, PictureEmbedding } from '../../library/ports.ts';
import type { Manifest } from '../packs/manifest.ts';
import type { VoiceState } from '../speech/voice-state.ts';

/** What a worker thread is to open. */
export type Opening =
  | {
      readonly kind: 'dual-encoder pictures' | 'dual-encoder texts';
      /** Absolute folder of the pack. */
      readonly folder: string;
      readonly manifest: Manifest;
      readonly threads: number;
    }
  | { readonly kind: 'concepts'; readonly folder: string; readonly threads: number }
  | {
      readonly kind: 'voices';
      /** Absolute path of the model. */
      readonly path: string;
    };

export type Request =
  | { readonly id: number; readonly kind: 'pictures'; readonly inputs: readonly EncoderInput[] }
  | { readonly id: number; readonly kind: 'texts' | 'sentences'; readonly texts: readonly string[] }
  | {
      readonly id: number;
      readonly kind: 'voice';
      /** Whole windows of sound at 16 kHz. */
      readonly samples: Int16Array;
      readonly state: VoiceState;
    }
  | { readonly id: number; readonly kind: 'close' };

export type Reply =
  | {
      readonly id: number;
      readonly kind: 'pictures';
      readonly embeddings: readonly PictureEmbedding[];
      readonly tookMs: number;
    }
  | { readonly id: number; readonly kind: 'texts'; readonly vectors: readonly Float32Array[] }
  | ({ readonly id: number; readonly kind: 'voice' } & VoiceJudgement)
  | { readonly id: number; readonly kind: 'done' }
  | { readonly id: number; readonly kind: 'failed'; readonly failure: FailureData };

/** How sure it is of a voice in each window, and what the next piece of the same sound begins with. */
export interface VoiceJudgement {
  readonly probabilities: Float32Array;
  readonly state: VoiceState;
}

/** What a worker thread does once it is open: one half of an encoder, or the detector of voices. */
export interface Tower {
  encodePictures?(inputs: readonly EncoderInput[]): Promise<PictureEmbedding[]>;
  encodeTexts?(texts: readonly string[]): Promise<Float32Array[]>;
  /** As they stand, without prompts; what is longer than the model's context is never cut off. */
  encodeSentences?(texts: readonly string[]): Promise<Float32Array[]>;
  detectVoice?(samples: Int16Array, state: VoiceState): Promise<VoiceJudgement>;
  close(): Promise<void>;
}
