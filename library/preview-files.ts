// Runs on the engine's thread: where previews and renditions of items lie, below previews/ of the library.
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createCacheFolder } from './cache-folder.ts';

/** Renditions made on demand for the viewer; the least recently used go beyond this many bytes. */
const RENDITION_LIMIT_BYTES = 512 * 1024 * 1024;

/** Films in a form for browsers: about 3 GB for two hours, so the one being watched and a few shorter ones. */
const PREPARED_LIMIT_BYTES = 6 * 1024 ** 3;

export type PreviewFiles = ReturnType<typeof createPreviewFiles>;

/**
 * A content-addressed cache: the name is the item's hash, so a moved or copied file keeps its preview and
 * two files of one content share it. Everything in it can be made again.
 */
export function createPreviewFiles(libraryFolder: string) {
  const previews = join(libraryFolder, 'previews');
  const renditions = createCacheFolder(join(previews, 'renditions'), RENDITION_LIMIT_BYTES);
  const prepared = createCacheFolder(join(previews, 'prepared'), PREPARED_LIMIT_BYTES);
  const peaks = (hash: string): string => join(previews, hash.slice(0, 2), `${hash}.peaks`);
  const framesFolder = (hash: string): string => join(previews, hash.slice(0, 2), hash);
  return {
    /** The grid's WebP. 256 folders by the first byte keep directories short. */
    preview: (hash: string): string => join(previews, hash.slice(0, 2), `${hash}.webp`),
    /** Small pictures of a film's keyframes, by their time, and its strip. */
    framesFolder: (hash: string): string => framesFolder(hash),
    frame: (hash: string, timeMs: number): string => join(framesFolder(hash), `${String(timeMs)}.webp`),
    /** Tiles side by side for scrubbing, see media/film/sheet.ts. */
    strip: (hash: string): string => join(framesFolder(hash), 'strip.webp'),
    /** The viewer's WebP of a picture that browsers cannot show. */
    rendition: (hash: string): string => renditions.path(`${hash}.webp`),
    usedRendition: (path: string): void => renditions.used(path),
    /** Loudness over time of a sound, for its waveform. */
    peaks,
    /** Where forms of video and audio lie that were made for browsers. */
    prepared,
    makeFolderFor: (path: string): void => void mkdirSync(dirname(path), { recursive: true }),
    forget(hash: string): void {
      rmSync(join(previews, hash.slice(0, 2), `${hash}.webp`), { force: true });
      rmSync(renditions.path(`${hash}.webp`), { force: true });
      rmSync(peaks(hash), { force: true });
      prepared.forget(hash);
      rmSync(framesFolder(hash), { recursive: true, force: true });
    },
    /** Removes all of them: they are made again with the index. */
    clear(): void {
      rmSync(previews, { recursive: true, force: true });
      for (const cache of [renditions, prepared]) cache.makeFolder();
    },
    /** Bytes on disk, all together. */
    bytes(): number {
      let total = 0;
      for (const entry of readdirSync(previews, { recursive: true, withFileTypes: true }))
        if (entry.isFile())
          total += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
      return total;
    },
  };
}
