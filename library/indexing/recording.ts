// Runs on the engine's thread: whether a container holds a film or sound, from its tracks. Serves identify.
import type { ItemId, ItemKind } from '../../contract/index.ts';
import { Failure } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { Probe } from '../media/ffmpeg/probe.ts';

/** Containers say little of what is in them: tracks decide. Cover art makes no film. @throws Failure MEDIA_DAMAGED */
export function kindOfTracks(probe: Probe): Exclude<ItemKind, 'picture'> {
  if (probe.video !== null) return 'video';
  if (probe.audio.length > 0) return 'audio';
  throw new Failure(
    'MEDIA_DAMAGED',
    'The file holds neither pictures nor sound that can be played.',
    'Copy the file again from where it came from, or restore it from a backup.',
  );
}

/** The media type by what is inside: `.mp4` and `.ogg` may be either. */
export function mediaTypeOf(sniffed: string, kind: ItemKind): string {
  const [top = '', sub = ''] = sniffed.split('/');
  return top === 'video' && kind === 'audio'
    ? `audio/${sub}`
    : top === 'audio' && kind === 'video'
      ? `video/${sub}`
      : sniffed;
}

/** Apple writes the same identifier into the still and the film of a Live Photo. */
const LIVE_ID = 'com.apple.quicktime.content.identifier';
/** A Live Photo's film has three seconds; longer ones are films of their own. */
const LIVE_MOST_MS = 6_000;

export function liveIdOf(probe: Probe): string | null {
  const id = probe.tags[LIVE_ID];
  return id !== undefined && id !== '' && (probe.durationMs ?? Infinity) <= LIVE_MOST_MS ? id : null;
}

/** Stores what the tracks are. Inside the transaction that adds the item. */
export function storeRecording(database: Database, itemId: ItemId, probe: Probe): void {
  const { video } = probe;
  database.recordings.put(itemId, {
    durationMs: probe.durationMs,
    container: probe.container,
    videoCodec: video?.codec ?? null,
    framesPerSecond: video?.framesPerSecond ?? null,
    rotation: video?.rotation ?? 0,
    hdr: video?.hdr === true ? 1 : 0,
    coverIndex: probe.coverIndex,
    liveId: liveIdOf(probe),
    tracks: { audio: [...probe.audio], subtitles: [...probe.subtitles], chapters: [...probe.chapters] },
  });
  if (video !== null) database.items.setSize(itemId, video.width, video.height);
}
