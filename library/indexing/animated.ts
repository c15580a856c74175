// Runs on the engine's thread: an animated picture as the short film it is. Serves the steps preview and keyframes.
import type { Database } from '../database/database.ts';
import type { ItemRow } from '../database/items.ts';
import type { DecodedPicture } from '../media/job.ts';
import type { Film } from './find-keyframes.ts';
import { versions } from './versions.ts';

/** What ffmpeg does not decode; GIF and APNG go its way. */
const BY_LIBVIPS: ReadonlySet<string> = new Set(['image/webp']);
const UNKNOWN_MS = 10_000;

/** Once a picture turns out to move: how long, and to be watched. Inside the transaction that stores its preview. */
export function queueAnimation(database: Database, item: ItemRow, decoded: DecodedPicture): void {
  if (!decoded.animated || item.mediaType === 'image/avif') return;
  const codec = item.mediaType.replace('image/', '');
  database.recordings.put(item.itemId, {
    durationMs: decoded.durationMs,
    container: codec,
    videoCodec: codec,
    framesPerSecond: null,
    rotation: 0,
    hdr: 0,
    coverIndex: null,
    liveId: null,
    tracks: { audio: [], subtitles: [], chapters: [] },
  });
  database.steps.queue('keyframes', { itemId: item.itemId }, versions.keyframes, item.sortMs);
}

/** Another pack has its turn: what was seen of the animation before is embedded by it too. */
export function queueKnownKeyframes(
  database: Database,
  { itemId, sortMs }: ItemRow,
  embeds: readonly { readonly scope: string }[],
): void {
  if (!database.moments.ofItem(itemId).some(({ kind }) => kind === 'keyframe')) return;
  for (const { scope } of embeds)
    database.steps.queue('embed-keyframes', { itemId }, versions['embed-keyframes'], sortMs, scope);
}

/** Null: ffmpeg tells and decodes it. */
export function animatedFilm(database: Database, item: ItemRow, path: string): Film | null {
  if (!BY_LIBVIPS.has(item.mediaType)) return null;
  const durationMs = database.recordings.get(item.itemId)?.durationMs ?? UNKNOWN_MS;
  const size = { width: item.width ?? 1, height: item.height ?? 1 };
  const track = { index: 0, codec: 'webp', ...size, rotation: 0, framesPerSecond: null, hdr: false } as const;
  return { path, asPicture: true, track, durationMs };
}
