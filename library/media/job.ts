// Runs nowhere by itself: what the engine asks of the decode workers and what it gets. Types only.
import type { EncoderInput, ImageInput } from '../ports.ts';
import type { ItemKind } from '../../contract/index.ts';

/** What a file is, told by its bytes and never by its name alone. */
export interface Identity {
  /** SHA-256 of the bytes, lower-case hexadecimal. */
  readonly hash: string;
  readonly kind: ItemKind;
  /** MIME type, e.g. `image/heic`, `image/x-adobe-dng`. */
  readonly mediaType: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** A part of an upright picture; 0 to 1 of its width and height. */
export interface PicturePart {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An encoder's input of the whole picture, or of a part of it. */
export interface WantedInput extends ImageInput {
  readonly part?: PicturePart;
}

/** What one decode is to yield. Everything asked for comes from one decode where that is the same picture. */
export interface DecodeWants {
  /** Where to write the WebP preview (its folder is made); null: none wanted. */
  readonly previewPath: string | null;
  /** One encoder input per entry. */
  readonly inputs: readonly WantedInput[];
}

export interface DecodeJob {
  readonly path: string;
  readonly mediaType: string;
  readonly wants: DecodeWants;
}

export interface DecodedPicture {
  /** Upright size of the original, pixels. For RAW: of the embedded preview. */
  readonly width: number;
  readonly height: number;
  /** More than one frame. */
  readonly animated: boolean;
  /** How long it moves, milliseconds; null: it stands still, or nobody says. */
  readonly durationMs: number | null;
  /** Present when a preview was asked for. */
  readonly thumbhash: Uint8Array | null;
  /** In the order of `wants.inputs`. */
  readonly inputs: readonly EncoderInput[];
}

/**
 * Decoding off the answering thread: worker threads behind a bounded queue, under limits on pixels,
 * time and memory. A worker that hangs or dies is replaced; its job fails with a Failure.
 */
export interface DecodePool {
  /** Workers, and so jobs at once; more wait. */
  readonly size: number;
  /** @throws Failure FILE_* or MEDIA_*; AbortError when cancelled */
  identify(path: string, signal?: AbortSignal): Promise<Identity>;
  /** @throws Failure FILE_* or MEDIA_*; AbortError when cancelled */
  decode(job: DecodeJob, signal?: AbortSignal): Promise<DecodedPicture>;
  /** Decodes bytes given by a person (a dropped picture) for searching. */
  decodeBytes(
    bytes: Uint8Array,
    inputs: readonly WantedInput[],
    signal?: AbortSignal,
  ): Promise<DecodedPicture>;
  /**
   * A rendition a browser can show of a picture it cannot (HEIC, RAW, TIFF …): WebP, longest edge at
   * most `edge` pixels, written to `toPath` atomically.
   */
  render(
    job: { path: string; mediaType: string; edge: number; toPath: string },
    signal?: AbortSignal,
  ): Promise<void>;
  close(): Promise<void>;
}
