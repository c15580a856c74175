// Runs in a decode worker thread: a picture given as bytes (dropped or pasted) for searching by it.
import { decodePicture } from './decode-picture.ts';
import type { DecodedPicture, WantedInput } from './job.ts';
import { emptyFile, notSupported } from './media-failures.ts';
import { HEAD_BYTES, kindOf, sniff } from './identify.ts';

/** Decodes under the same limits as a file. @throws Failure FILE_EMPTY, FILE_TRUNCATED, MEDIA_* */
export async function decodeBytes(
  bytes: Buffer,
  inputs: readonly WantedInput[],
  maxPixels: number,
): Promise<DecodedPicture> {
  if (bytes.length === 0) throw emptyFile();
  const mediaType = await sniff(bytes.subarray(0, HEAD_BYTES));
  if (mediaType === null || kindOf(mediaType) !== 'picture') {
    throw notSupported(
      mediaType === null
        ? 'What was given is not a picture of a known kind.'
        : `What was given is not a picture but ${mediaType}.`,
    );
  }
  return decodePicture(bytes, mediaType, { previewPath: null, inputs }, maxPixels);
}
