// Runs on the engine's thread: the step identify. A file's content gets its item, new or known.
import { extname } from 'node:path';
import { Failure, failureOf, type ItemId } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { FileRow } from '../database/files.ts';
import type { WaitingStep } from '../database/steps.ts';
import type { Identity } from '../media/job.ts';
import { sourcePath } from '../source-path.ts';
import type { StepContext } from './context.ts';
import { writeWords } from './item-words.ts';
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
    const identity = await pool.identify(await sourcePath(database, file), signal);
    if (identity.kind !== 'picture')
      throw new Failure(
        'MEDIA_NOT_SUPPORTED',
        `This is ${identity.kind} (${identity.mediaType}) with the name of a picture.`,
        'Give it the ending of what it is.',
      );
    return database.transaction(() => settle(context, file, step.stepId, identity));
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

function settle(context: StepContext, file: FileRow, stepId: number, identity: Identity): boolean {
  const { database } = context;
  if (!standsAs(database, file)) return false;
  database.steps.finish(stepId);
  const partner = pairOf(database, file, identity.mediaType);
  if (partner?.part === 'raw' && partner.itemId !== null) {
    database.files.link(file.fileId, partner.itemId, 'companion');
    writeWords(database, partner.itemId);
    return false;
  }
  const known = database.items.byHash(identity.hash);
  const itemId = known?.itemId ?? addItem(context, identity);
  if (known !== undefined) database.steps.reviveSkipped(itemId);
  database.files.link(file.fileId, itemId, 'primary');
  if (partner?.part === 'jpeg') database.files.link(partner.fileId, itemId, 'companion');
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

function addItem({ database, spaces }: StepContext, identity: Identity): ItemId {
  const sortMs = identity.modifiedMs;
  const itemId = database.items.add({
    hash: identity.hash,
    kind: identity.kind,
    mediaType: identity.mediaType,
    bytes: identity.bytes,
    sortMs,
  });
  database.moments.add({ itemId, kind: 'picture', startMs: null, endMs: null, text: null });
  database.steps.queue('describe', { itemId }, versions.describe, sortMs);
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

type Pair = { part: 'raw'; itemId: ItemId | null } | { part: 'jpeg'; fileId: FileRow['fileId'] };

/**
 * The other half of a RAW and JPEG of the same name in the same folder: cameras write both for one shot.
 * `part` says which half `file` is.
 */
function pairOf(database: Database, file: FileRow, mediaType: string): Pair | null {
  const stem = file.path.slice(0, file.path.length - extname(file.path).length);
  const siblings = database.files.withStem(file.rootId, stem).filter((other) => other.fileId !== file.fileId);
  if (isRaw(mediaType)) {
    const jpeg = siblings.find((other) => jpegName.test(other.path));
    return jpeg === undefined ? null : { part: 'raw', itemId: jpeg.itemId };
  }
  if (!jpegName.test(file.path)) return null;
  const raw = siblings.find((other) => {
    const item = other.itemId === null ? undefined : database.items.get(other.itemId);
    return item !== undefined && isRaw(item.mediaType);
  });
  return raw === undefined ? null : { part: 'jpeg', fileId: raw.fileId };
}
