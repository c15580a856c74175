// Runs on the engine's thread: which file to send when a face asks for an item's preview or picture.
import { existsSync, realpathSync } from 'node:fs';
import { Failure, type ItemId } from '../contract/index.ts';
import type { Database } from './database/database.ts';
import { absolutePath } from './item-cards.ts';
import type { DecodePool } from './media/job.ts';
import type { Playing } from './playback/playback.ts';
import type { PreviewFiles } from './preview-files.ts';

/** Where the bytes lie, and as what to send them. */
export interface MediaFile {
  readonly path: string;
  readonly mediaType: string;
}

/** What browsers show by themselves, colour profile and orientation included. */
const shownByBrowsers = new Set([
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/svg+xml',
  'image/bmp',
]);

/** Longest edge of a rendition: a 4K screen, zoomed twice on the usual one. */
const RENDITION_EDGE_PX = 3840;

/**
 * `preview`: the grid's small WebP. `strip`: a film's tiles for scrubbing. `full`: the file itself where a browser can show it, else a rendition
 * made now and kept; of video and audio the file itself, unless a form for browsers was made of it.
 *
 * @throws Failure ITEM_UNKNOWN, FILE_NOT_FOUND, MEDIA_NO_PREVIEW, or why it cannot be decoded
 */
export async function mediaFile(
  parts: { database: Database; previews: PreviewFiles; pool: DecodePool; playing: Playing },
  itemId: ItemId,
  form: 'preview' | 'full' | 'strip',
  signal?: AbortSignal,
): Promise<MediaFile> {
  const { database, previews, pool, playing } = parts;
  const item = database.items.get(itemId);
  if (item === undefined) throw new Failure('ITEM_UNKNOWN', `There is no item ${String(itemId)}.`);
  const preview = previews.preview(item.hash);
  if (form === 'preview') {
    if (item.hasPreview === 0 || !existsSync(preview))
      throw new Failure('MEDIA_NO_PREVIEW', 'There is no preview of it yet.', 'Wait until it was indexed.');
    return { path: preview, mediaType: 'image/webp' };
  }
  if (form === 'strip') {
    const strip = previews.strip(item.hash);
    if (!existsSync(strip)) throw new Failure('MEDIA_NO_PREVIEW', 'There is no strip of it yet.');
    return { path: strip, mediaType: 'image/webp' };
  }
  if (item.kind !== 'picture') return playing.file(itemId);
  const rootPaths = new Map(database.roots.all().map((root) => [root.rootId, root.path]));
  const paths = database.files.ofItem(itemId).map((file) => absolutePath(file, rootPaths));
  const there = paths.find((candidate) => existsSync(candidate));
  const path = there === undefined ? undefined : realpathSync(there);
  const rendition = previews.rendition(item.hash);
  const isMade = existsSync(rendition);
  if (path === undefined && !isMade) {
    if (item.hasPreview === 1 && existsSync(preview)) return { path: preview, mediaType: 'image/webp' };
    throw new Failure('FILE_NOT_FOUND', 'Its file is not there now.', 'Plug in the drive it lies on.');
  }
  if (path !== undefined && shownByBrowsers.has(item.mediaType)) return { path, mediaType: item.mediaType };
  if (path !== undefined && !isMade)
    await pool.render(
      { path, mediaType: item.mediaType, edge: RENDITION_EDGE_PX, toPath: rendition },
      signal,
    );
  previews.usedRendition(rendition);
  return { path: rendition, mediaType: 'image/webp' };
}
