// Runs on the engine's thread: the pictures of a question as vectors, without decoding what is known already.
import { createHash } from 'node:crypto';
import { Failure, failureOf, type ImageQuery, type ItemId } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { SpaceVectors } from '../database/vectors.ts';
import type { DecodePool } from '../media/job.ts';
import type { Encoder } from '../ports.ts';

/** A picture to search by. */
export interface QueryPicture {
  /** What a person calls it: the file's name. */
  readonly name: string;
  /** The very same content lies in the library. */
  readonly itemId: ItemId | null;
  /** Null without a pack, or while the item waits to be encoded: then only the item itself is found. */
  readonly vector: Float32Array | null;
  readonly weight: number;
  readonly negative: boolean;
}

/** What is found out about a picture; how much it counts is the question's. */
type Found = Pick<QueryPicture, 'name' | 'itemId' | 'vector'>;

interface Parts {
  readonly database: Database;
  readonly pool: Pick<DecodePool, 'decodeBytes'>;
  readonly active: { readonly encoder: Encoder; readonly vectors: SpaceVectors } | null;
}

/** @throws Failure QUERY_IMAGE_UNREADABLE, ITEM_UNKNOWN, MODEL_FAILED; AbortError when cancelled */
export async function queryPicture(
  parts: Parts,
  image: ImageQuery,
  signal?: AbortSignal,
): Promise<QueryPicture> {
  const { weight, negative } = image;
  return { ...(await findOut(parts, image, signal)), weight, negative };
}

async function findOut(parts: Parts, image: ImageQuery, signal?: AbortSignal): Promise<Found> {
  if (image.source === 'item') {
    if (parts.database.items.get(image.itemId) === undefined)
      throw new Failure('ITEM_UNKNOWN', 'The picture to search by is not in the library any more.');
    return { name: nameOf(parts.database, image.itemId), ...known(parts, image.itemId) };
  }
  const bytes = new Uint8Array(await image.data.arrayBuffer());
  const hash = createHash('sha256').update(bytes).digest('hex');
  const item = parts.database.items.byHash(hash);
  const stored = item === undefined ? null : known(parts, item.itemId);
  if (stored?.vector != null || parts.active === null)
    return { name: image.name, itemId: item?.itemId ?? null, vector: stored?.vector ?? null };
  const { encoder } = parts.active;
  const decoded = await decode(parts, image.name, bytes, signal);
  const [embedding] = await encoder.encodePictures(decoded.inputs, signal);
  return { name: image.name, itemId: item?.itemId ?? null, vector: embedding?.vector ?? null };
}

async function decode(parts: Parts, name: string, bytes: Uint8Array, signal?: AbortSignal) {
  try {
    const inputs = parts.active === null ? [] : [parts.active.encoder.imageInput];
    return await parts.pool.decodeBytes(bytes, inputs, signal);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Failure(
      'QUERY_IMAGE_UNREADABLE',
      `${name} cannot be searched by: ${failureOf(error).reason}`,
      'Choose another picture.',
      { cause: error },
    );
  }
}

function known(parts: Parts, itemId: ItemId): { itemId: ItemId; vector: Float32Array | null } {
  for (const { momentId } of parts.database.moments.ofItem(itemId)) {
    const stored = parts.active?.vectors.get(momentId);
    if (stored !== undefined) return { itemId, vector: stored.vector };
  }
  return { itemId, vector: null };
}

function nameOf(database: Database, itemId: ItemId): string {
  return database.files.ofItem(itemId)[0]?.path.split('/').at(-1) ?? '';
}
