// Runs on the engine's thread: the step identify. A file's content gets its item, new or known.
import { extname } from 'node:path';
import { failureOf, type ItemId } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { FileRow } from '../database/files.ts';
import type { WaitingStep } from '../database/steps.ts';
import { probe, type Probe } from '../media/ffmpeg/probe.ts';
import type { Identity } from '../media/job.ts';
import { sourcePath } from '../source-path.ts';
import type { StepContext } from './context.ts';
import { writeWords } from './item-words.ts';
import { kindOfTracks, liveIdOf, mediaTypeOf, storeRecording } from './recording.ts';
import { queueSubtitles } from './queue-subtitles.ts';
import { versions } from './versions.ts';

/** @returns whether the file's content is new to the library */
export async function identify(
  context: StepContext,
  step: WaitingStep,
  signal: AbortSignal,
): Promise<boolean> {
  const { database, pool } = context;
  const file = step.fileId === null ? undefined : database.files.get(step.fileId);
  if (file === undefined) return false;
  try {
    const path = await sourcePath(database, file);
    const identity = await pool.identify(path, signal);
    const found =
      identity.kind === 'picture' ? { identity, probe: null } : await probed(path, identity, signal);
    return database.transaction(() => settle(context, file, step.stepId, found));
  } catch (error) {
    if (signal.aborted) return false;
    database.transaction(() => {
      if (!standsAs(database, file)) return;
      // What stood there before is not there any more: do not show it under this name.
      if (file.itemId !== null) database.files.link(file.fileId, null, 'primary');
      database.steps.fail(step.stepId, failureOf(error));
    });
    return false;
  }
}

/** What a file is; of films and sounds also what they consist of. */
interface Found {
  readonly identity: Identity;
  readonly probe: Probe | null;
}

async function probed(path: string, identity: Identity, signal: AbortSignal): Promise<Found> {
  const tracks = await probe(path, signal);
  const kind = kindOfTracks(tracks);
  return { identity: { ...identity, kind, mediaType: mediaTypeOf(identity.mediaType, kind) }, probe: tracks };
}

function settle(context: StepContext, file: FileRow, stepId: number, found: Found): boolean {
  const { database } = context;
  const { identity } = found;
  if (!standsAs(database, file)) return false;
  database.steps.finish(stepId);
  const partner = pairOf(database, file, found);
  if (partner?.part === 'second' && partner.itemId !== null) {
    database.files.link(file.fileId, partner.itemId, 'companion');
    writeWords(database, partner.itemId);
    return false;
  }
  const known = database.items.byHash(identity.hash);
  const itemId = known?.itemId ?? addItem(context, found);
  if (known !== undefined) database.steps.reviveSkipped(itemId);
  database.files.link(file.fileId, itemId, 'primary');
  queueSubtitles(database, itemId);
  if (partner?.part === 'first') database.files.link(partner.fileId, itemId, 'companion');
  writeWords(database, itemId);
  return known === undefined;
}

/** Whether the file is still what was looked at. If not, its step has been queued anew and stays waiting. */
function standsAs(database: Database, file: FileRow): boolean {
  const now = database.files.get(file.fileId);
  return (
    now !== undefined &&
    now.path === file.path &&
    now.bytes === file.bytes &&
    now.modifiedMs === file.modifiedMs &&
    now.identity === file.identity
  );
}

function addItem({ database, spaces, speech }: StepContext, { identity, probe: tracks }: Found): ItemId {
  const sortMs = identity.modifiedMs;
  const itemId = database.items.add({
    hash: identity.hash,
    kind: identity.kind,
    mediaType: identity.mediaType,
    bytes: identity.bytes,
    sortMs,
  });
  database.steps.queue('describe', { itemId }, versions.describe, sortMs);
  if (tracks !== null) {
    // The item as a whole: what its name and its tags are found by, also where nothing is seen or said.
    database.moments.add({ itemId, kind: 'text', startMs: null, endMs: null, text: null });
    storeRecording(database, itemId, tracks);
    speech.queue(itemId, sortMs);
    if (identity.kind === 'audio' && tracks.coverIndex !== null)
      database.steps.queue('preview', { itemId }, versions.preview, sortMs);
    if (identity.kind === 'video') database.steps.queue('keyframes', { itemId }, versions.keyframes, sortMs);
    return itemId;
  }
  database.moments.add({ itemId, kind: 'picture', startMs: null, endMs: null, text: null });
  database.steps.queue('preview', { itemId }, versions.preview, sortMs);
  for (const packId of spaces.packIds())
    database.steps.queue('embed', { itemId }, versions.embed, sortMs, packId);
  return itemId;
}

const jpegName = /\.(jpe?g|jpe)$/i;

/** Media types of camera RAW as {@link DecodePool.identify} gives them: image/x-… and image/x-adobe-dng. */
export function isRaw(mediaType: string): boolean {
  return mediaType.startsWith('image/x-') && !/^image\/x-(portable|ms-bmp|bmp|icon|xcf)/.test(mediaType);
}

const stillName = /\.(jpe?g|jpe|hei[cf]|hif)$/i;

/** `first` is shown and searched, `second` shares its item. `part` says which of them `file` is. */
type Pair = { part: 'second'; itemId: ItemId | null } | { part: 'first'; fileId: FileRow['fileId'] };

/**
 * The other half of two files of the same name in the same folder that cameras write for one shot: RAW and
 * JPEG, or the still and the film of a Live Photo.
 */
function pairOf(database: Database, file: FileRow, { identity, probe: tracks }: Found): Pair | null {
  const stem = file.path.slice(0, file.path.length - extname(file.path).length);
  const siblings = database.files.withStem(file.rootId, stem).filter((other) => other.fileId !== file.fileId);
  const isRawFile = isRaw(identity.mediaType);
  if (isRawFile || (tracks !== null && liveIdOf(tracks) !== null)) {
    const names = isRawFile ? jpegName : stillName;
    const first = siblings.find((other) => names.test(other.path));
    return first === undefined ? null : { part: 'second', itemId: first.itemId };
  }
  if (!stillName.test(file.path)) return null;
  const second = siblings.find((other) => {
    const item = other.itemId === null ? undefined : database.items.get(other.itemId);
    if (item === undefined) return false;
    if (isRaw(item.mediaType)) return jpegName.test(file.path);
    return typeof database.recordings.get(item.itemId)?.liveId === 'string';
  });
  return second === undefined ? null : { part: 'first', fileId: second.fileId };
}
