// Runs on the engine's thread: the pictures of a question as vectors, without decoding what is known already.
import { createHash } from 'node:crypto';
import { Failure, failureOf, type ImageQuery, type ItemId } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { SpaceVectors } from '../database/vectors.ts';
import type { DecodedPicture, DecodePool } from '../media/job.ts';
import type { Encoder, ImageInput } from '../ports.ts';
import { sourcePath } from '../source-path.ts';

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
  readonly pool: Pick<DecodePool, 'decode' | 'decodeBytes'>;
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
    const item = parts.database.items.get(image.itemId);
    if (item === undefined)
      throw new Failure('ITEM_UNKNOWN', 'The picture to search by is not in the library any more.');
    const name = nameOf(parts.database, image.itemId);
    if (image.part === null || parts.active === null) return { name, ...known(parts, image.itemId) };
    const file = parts.database.files.ofItem(image.itemId)[0];
    if (file === undefined || item.kind !== 'picture')
      throw new Failure('QUERY_IMAGE_UNREADABLE', `A part of ${name} cannot be looked at.`);
    const { part } = image;
    const vector = await embed(parts.active.encoder, name, signal, async (input) =>
      parts.pool.decode(
        {
          path: await sourcePath(parts.database, file),
          mediaType: item.mediaType,
          wants: { previewPath: null, inputs: [{ ...input, part }] },
        },
        signal,
      ),
    );
    return { name, itemId: null, vector };
  }
  const bytes = new Uint8Array(await image.data.arrayBuffer());
  const hash = createHash('sha256').update(bytes).digest('hex');
  // A part of a picture is another picture than the whole.
  const item = image.part === null ? parts.database.items.byHash(hash) : undefined;
  const stored = item === undefined ? null : known(parts, item.itemId);
  if (stored?.vector != null || parts.active === null)
    return { name: image.name, itemId: item?.itemId ?? null, vector: stored?.vector ?? null };
  const { part } = image;
  const vector = await embed(parts.active.encoder, image.name, signal, (input) =>
    parts.pool.decodeBytes(bytes, [part === null ? input : { ...input, part }], signal),
  );
  return { name: image.name, itemId: item?.itemId ?? null, vector };
}

/** Decodes and encodes a picture, or a part of one, that has no vector in the store. */
async function embed(
  encoder: Encoder,
  name: string,
  signal: AbortSignal | undefined,
  decode: (input: ImageInput) => Promise<DecodedPicture>,
): Promise<Float32Array | null> {
  let decoded: DecodedPicture;
  try {
    decoded = await decode(encoder.imageInput);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Failure(
      'QUERY_IMAGE_UNREADABLE',
      `${name} cannot be searched by: ${failureOf(error).reason}`,
      'Choose another picture.',
      { cause: error },
    );
  }
  const [embedding] = await encoder.encodePictures(decoded.inputs, signal);
  return embedding?.vector ?? null;
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
