// Runs on the engine's thread: what a player asks of an item that has time. Put together for the router.
import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import {
  type ClipRequest,
  Failure,
  type ItemId,
  type Playback,
  type PrepareRequest,
  type Strip,
  type TranscriptRequest,
  type WorkProgress,
} from '../../contract/index.ts';
import { stripOf } from '../../contract/strip.ts';
import type { Database } from '../database/database.ts';
import type { ItemRow } from '../database/items.ts';
import { absolutePath } from '../item-cards.ts';
import { type Probe, probe } from '../media/ffmpeg/probe.ts';
import type { PreviewFiles } from '../preview-files.ts';
import { tracksOf } from './browser-form.ts';
import { clipForm, writeClip } from './clip.ts';
import { checkDestination, type Chosen, giveUpName, takeName } from './destination.ts';
import { encoders } from './encoders.ts';
import { createPrepared } from './prepared.ts';
import { transcriptText } from './transcript-text.ts';
import { transcriptsOf } from './transcripts.ts';
import { waveform } from './waveform.ts';

export type Playing = ReturnType<typeof createPlaying>;

export function createPlaying(parts: {
  readonly database: Database;
  readonly previews: PreviewFiles;
  /** The library's own. */
  readonly folder: string;
}) {
  const { database, previews, folder } = parts;
  const prepared = createPrepared(previews.prepared);

  const itemOf = (itemId: ItemId): ItemRow => {
    const item = database.items.get(itemId);
    if (item === undefined)
      throw new Failure('ITEM_UNKNOWN', `There is no item ${String(itemId)}.`, 'Search for it again.');
    if (item.kind === 'picture') throw new Failure('MEDIA_NOT_SUPPORTED', 'A picture has no time to play.');
    return item;
  };

  /** One of its files that is there now, links followed; null while all are away. */
  const fileOf = (itemId: ItemId): string | null => {
    const rootPaths = new Map(database.roots.all().map((root) => [root.rootId, root.path]));
    const there = database.files
      .ofItem(itemId)
      .map((file) => absolutePath(file, rootPaths))
      .find((path) => existsSync(path));
    return there === undefined ? null : realpathSync(there);
  };
  const sourceOf = (itemId: ItemId): string => {
    const path = fileOf(itemId);
    if (path === null)
      throw new Failure('FILE_NOT_FOUND', 'Its file is not there now.', 'Plug in the drive it lies on.');
    return path;
  };
  const stemOf = (itemId: ItemId): string => {
    const path = database.files.ofItem(itemId)[0]?.path ?? 'clip';
    return basename(path, extname(path));
  };
  const stripIn = (item: ItemRow, durationMs: number | null): Strip | null =>
    durationMs === null || !existsSync(previews.strip(item.hash)) ? null : stripOf(durationMs);
  const destination = (chosen: Chosen): Promise<string> =>
    checkDestination(chosen, {
      ownFolder: folder,
      rootPaths: database.roots.all().map((root) => root.path),
    });

  return {
    /** What a player is sent: the form made for browsers, else the file itself. @throws Failure FILE_NOT_FOUND */
    file(itemId: ItemId): { path: string; mediaType: string } {
      const { hash, kind, mediaType } = itemOf(itemId);
      const made = prepared.find(hash);
      if (made !== null) return { path: made.path, mediaType: `${kind}/${made.extension}` };
      return { path: sourceOf(itemId), mediaType };
    },

    async get(itemId: ItemId, signal?: AbortSignal): Promise<Playback> {
      const item = itemOf(itemId);
      const path = fileOf(itemId);
      // What the file says of itself is read anew: it takes milliseconds and needs no column of its own.
      const probed = path === null ? null : await probe(path, signal).catch(() => null);
      signal?.throwIfAborted();
      const moments = database.moments.ofItem(itemId);
      const durationMs = database.recordings.get(itemId)?.durationMs ?? probed?.durationMs ?? null;
      return {
        itemId,
        hash: item.hash,
        kind: item.kind,
        mediaType: item.mediaType,
        durationMs,
        ...codecsOf(probed),
        prepared: prepared.has(item.hash),
        keyframes: moments.flatMap(({ kind, momentId, startMs }) =>
          kind === 'keyframe' && startMs !== null ? [{ momentId, startMs }] : [],
        ),
        strip: stripIn(item, durationMs),
        transcripts: transcriptsOf(database, itemId),
      };
    },

    waveform(itemId: ItemId, signal?: AbortSignal): Promise<Uint8Array> {
      const item = itemOf(itemId);
      return waveform(previews.peaks(item.hash), async () => sourceOf(itemId), signal);
    },

    async *prepare(request: PrepareRequest, signal?: AbortSignal): AsyncGenerator<WorkProgress> {
      const { itemId } = request;
      yield* prepared.make({ hash: itemOf(itemId).hash, path: sourceOf(itemId) }, request, signal);
    },

    async *exportClip(request: ClipRequest, signal?: AbortSignal): AsyncGenerator<WorkProgress> {
      const { itemId, startMs, endMs } = request;
      itemOf(itemId);
      const path = sourceOf(itemId);
      const target = await destination(request);
      const form = clipForm(tracksOf(await probe(path, signal)), await encoders());
      yield* writeClip({ path, name: stemOf(itemId), startMs, endMs, form }, target, signal);
    },

    async exportTranscript(request: TranscriptRequest): Promise<{ path: string }> {
      const { itemId, transcriptId, format } = request;
      itemOf(itemId);
      const transcript = transcriptsOf(database, itemId).find((one) => one.transcriptId === transcriptId);
      if (transcript === undefined)
        throw new Failure('ITEM_UNKNOWN', 'There is no such transcript.', 'Open the item again.');
      const language = transcript.language === null ? '' : `.${transcript.language}`;
      const path = takeName(await destination(request), `${stemOf(itemId)}${language}.${format}`);
      try {
        writeFileSync(path, transcriptText(transcript.lines, format));
      } catch (error) {
        giveUpName(path);
        throw error;
      }
      return { path };
    },
  };
}

function codecsOf(probed: Probe | null): Pick<Playback, 'video' | 'audio'> {
  const { video, audio } = probed === null ? { video: null, audio: null } : tracksOf(probed);
  return {
    video: video === null ? null : { codec: video.codec },
    audio: audio === null ? null : { codec: audio.codec },
  };
}
