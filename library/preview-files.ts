// Runs on the engine's thread: where previews and renditions of items lie, below previews/ of the library.
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Renditions made on demand for the viewer; the least recently used go beyond this many bytes. */
const RENDITION_LIMIT_BYTES = 512 * 1024 * 1024;

export type PreviewFiles = ReturnType<typeof createPreviewFiles>;

/**
 * A content-addressed cache: the name is the item's hash, so a moved or copied file keeps its preview and
 * two files of one content share it. Everything in it can be made again.
 */
export function createPreviewFiles(libraryFolder: string) {
  const previews = join(libraryFolder, 'previews');
  const renditions = join(previews, 'renditions');
  mkdirSync(renditions, { recursive: true });
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
    rendition: (hash: string): string => join(renditions, `${hash}.webp`),
    makeFolderFor: (path: string): void => void mkdirSync(dirname(path), { recursive: true }),
    forget(hash: string): void {
      rmSync(join(previews, hash.slice(0, 2), `${hash}.webp`), { force: true });
      rmSync(join(renditions, `${hash}.webp`), { force: true });
      rmSync(framesFolder(hash), { recursive: true, force: true });
    },
    /** Marks a rendition as used now and removes the oldest beyond the limit. */
    usedRendition(path: string): void {
      const now = new Date();
      utimesSync(path, now, now);
      const files = readdirSync(renditions)
        .map((name) => join(renditions, name))
        .map((file) => ({ file, stat: statSync(file, { throwIfNoEntry: false }) }))
        .flatMap(({ file, stat }) => (stat ? [{ file, bytes: stat.size, usedMs: stat.mtimeMs }] : []))
        .sort((a, b) => b.usedMs - a.usedMs);
      let total = 0;
      for (const { file, bytes } of files) {
        total += bytes;
        if (total > RENDITION_LIMIT_BYTES && file !== path) rmSync(file, { force: true });
      }
    },
    /** Removes all of them: they are made again with the index. */
    clear(): void {
      rmSync(previews, { recursive: true, force: true });
      mkdirSync(renditions, { recursive: true });
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
