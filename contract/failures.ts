// Shared by every face and the engine: the closed set of things that can go wrong, each with a code.
import { z } from 'zod';

/**
 * Every failure has a code, a sentence that says what happened, and one that says what to do.
 * A code crosses every boundary unchanged; faces translate by code and show the sentences else.
 */
export const FailureCode = z.enum([
  // files and folders
  'FILE_NOT_FOUND',
  'FILE_NOT_READABLE',
  'FILE_EMPTY',
  'FILE_TRUNCATED',
  'FILE_CHANGED_WHILE_READ',
  'FILE_NAME_UNUSABLE',
  'FILE_NOT_REGULAR',
  'FOLDER_NOT_FOUND',
  'FOLDER_NOT_READABLE',
  'FOLDER_NOT_WRITABLE',
  'FOLDER_NOT_A_FOLDER',
  'FOLDER_IN_LIBRARY',
  'FOLDER_WATCHED',
  'FOLDER_NOT_EMPTY',
  'ROOT_ALREADY_WATCHED',
  'ROOT_UNKNOWN',
  'TRASH_NOT_HERE',
  // decoding
  'MEDIA_NOT_SUPPORTED',
  'MEDIA_DAMAGED',
  'MEDIA_TOO_LARGE',
  'MEDIA_NO_PREVIEW',
  'MEDIA_TIMED_OUT',
  'MEDIA_UNSAFE',
  'FFMPEG_MISSING',
  // models
  'PACK_UNKNOWN',
  'PACK_MANIFEST_INVALID',
  'PACK_FILE_MISSING',
  'PACK_FILE_DAMAGED',
  'PACK_IN_USE',
  'PACK_TOO_NEW',
  'PACK_DOWNLOAD_FAILED',
  'PACK_HOST_REFUSED',
  'MODEL_FAILED',
  // the library itself
  'LIBRARY_IN_USE',
  'LIBRARY_TOO_NEW',
  'LIBRARY_DAMAGED',
  'LIBRARY_AWAY',
  'LIBRARY_MOVING',
  'DISK_FULL',
  'ITEM_UNKNOWN',
  'ALBUM_UNKNOWN',
  // the asking
  'QUERY_IMAGE_UNREADABLE',
  'INPUT_INVALID',
  'CANCELLED',
  'INTERNAL',
]);
export type FailureCode = z.infer<typeof FailureCode>;

/** A failure as data: what is stored with a step, sent over the wire, printed by a face. */
export const FailureData = z.object({
  code: FailureCode,
  /** What happened, one sentence for a person. */
  reason: z.string(),
  /** What the person can do, one sentence. Empty where nothing is to be done. */
  remedy: z.string(),
});
export type FailureData = z.infer<typeof FailureData>;

/** A failure on its way: thrown inside the engine, turned into {@link FailureData} at the boundary. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly remedy: string;

  /**
   * @param code - which of the closed set
   * @param reason - what happened, one sentence with a full stop
   * @param remedy - what to do, one sentence, or '' where nothing is to be done
   */
  constructor(code: FailureCode, reason: string, remedy = '', options?: ErrorOptions) {
    super(reason, options);
    this.code = code;
    this.remedy = remedy;
  }

  toData(): FailureData {
    return { code: this.code, reason: this.message, remedy: this.remedy };
  }

  static fromData(data: FailureData): Failure {
    return new Failure(data.code, data.reason, data.remedy);
  }
}

/** Any thrown value as failure data; what is not ours becomes INTERNAL and keeps its message. */
export function failureOf(error: unknown): FailureData {
  if (error instanceof Failure) return error.toData();
  if (error instanceof Error && error.name === 'AbortError')
    return { code: 'CANCELLED', reason: 'The work was cancelled.', remedy: '' };
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'INTERNAL',
    reason: `Something failed inside Afterimage: ${message}`,
    remedy: 'Try again; if it stays, report it with the log.',
  };
}
