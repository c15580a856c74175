// Runs on the engine's thread: writes files into one ZIP, streaming. The one module that knows yazl.
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface ZipEntry {
  readonly path: string;
  readonly name: string;
}

/**
 * Pictures and films are packed already: they are stored as they are, which is as small and much faster.
 *
 * @param onBytes - how many more bytes were written
 * @throws AbortError when `signal` fires; an incomplete file is left to the caller
 */
export async function writeZip(
  entries: readonly ZipEntry[],
  toPath: string,
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const zip = new ZipFile();
  const failed = new Promise<never>((_, reject) => zip.once('error', reject));
  for (const { path, name } of entries) zip.addFile(path, name, { compress: false });
  zip.end();
  zip.outputStream.on('data', (chunk: Buffer) => onBytes(chunk.length));
  const writing = pipeline(zip.outputStream, createWriteStream(toPath, { flags: 'wx' }), {
    ...(signal === undefined ? {} : { signal }),
  });
  await Promise.race([writing, failed]);
}
