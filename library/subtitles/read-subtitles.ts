// Runs on the engine's thread: a subtitle or lyrics file as its cues, whatever form and encoding it has.
import { open } from 'node:fs/promises';
import { Failure } from '../../contract/index.ts';
import { type Cue, tidied } from './cue.ts';
import { decodeText } from './decode-text.ts';
import { parseLyrics } from './lyrics.ts';
import { parseSubRip } from './subrip.ts';
import { parseSubStation } from './substation.ts';

/** A film's subtitles have 100 kB, a day of them a few megabytes. */
const MOST_BYTES = 16 * 1024 * 1024;

/** By what is in the text: endings lie, and who renames a file does not convert it. */
export function parseSubtitles(text: string): Cue[] {
  const clean = text.replace(/^\uFEFF/, '');
  if (/^\s*\[(?:script info|events|v4\+? styles)\]/im.test(clean)) return tidied(parseSubStation(clean));
  if (/^\s*[\d:.,]+\s*-{1,2}>\s*[\d:.,]+/m.test(clean)) return tidied(parseSubRip(clean));
  return tidied(parseLyrics(clean));
}

/**
 * @param path - absolute
 * @throws Failure FILE_NOT_READABLE, MEDIA_TOO_LARGE
 */
export async function readSubtitles(path: string): Promise<Cue[]> {
  return parseSubtitles(decodeText(await bytesOf(path)));
}

async function bytesOf(path: string): Promise<Uint8Array> {
  let file;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > MOST_BYTES)
      throw new Failure(
        'MEDIA_TOO_LARGE',
        'The subtitle file is larger than any subtitles are.',
        'Remove it.',
      );
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    return bytes.subarray(0, bytesRead);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason = 'The subtitle file beside it cannot be read.';
    throw new Failure('FILE_NOT_READABLE', reason, 'Check that it may be read, or remove it.', {
      cause: error,
    });
  } finally {
    await file?.close();
  }
}
