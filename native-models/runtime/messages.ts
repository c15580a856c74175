// Runs nowhere by itself: what goes between an encoder and its worker threads. Types only.
import type { FailureData } from '../../contract/index.ts';
import type { EncoderInput, PictureEmbedding } from '../../library/ports.ts';
import type { Manifest } from '../packs/manifest.ts';

/** What a worker thread is to open. */
export type Opening =
  | {
      readonly kind: 'dual-encoder pictures' | 'dual-encoder texts';
      /** Absolute folder of the pack. */
      readonly folder: string;
      readonly manifest: Manifest;
      readonly threads: number;
    }
  | { readonly kind: 'concepts'; readonly folder: string; readonly threads: number };

export type Request =
  | { readonly id: number; readonly kind: 'pictures'; readonly inputs: readonly EncoderInput[] }
  | { readonly id: number; readonly kind: 'texts'; readonly texts: readonly string[] }
  | { readonly id: number; readonly kind: 'close' };

export type Reply =
  | {
      readonly id: number;
      readonly kind: 'pictures';
      readonly embeddings: readonly PictureEmbedding[];
      readonly tookMs: number;
    }
  | { readonly id: number; readonly kind: 'texts'; readonly vectors: readonly Float32Array[] }
  | { readonly id: number; readonly kind: 'done' }
  | { readonly id: number; readonly kind: 'failed'; readonly failure: FailureData };

/** What a worker thread does once it is open: one half of an encoder. */
export interface Tower {
  encodePictures?(inputs: readonly EncoderInput[]): Promise<PictureEmbedding[]>;
  encodeTexts?(texts: readonly string[]): Promise<Float32Array[]>;
  close(): Promise<void>;
}
