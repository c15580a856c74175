// Runs on the engine's thread: the table of contents (by hash), in index.db.
import type { ContentHash, DateCertainty, ItemId, ItemKind, Metadata } from '../../contract/index.ts';
import type { Connection } from './connection.ts';

export interface ItemRow {
  readonly itemId: ItemId;
  readonly hash: ContentHash;
  readonly kind: ItemKind;
  readonly mediaType: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly animated: 0 | 1;
  readonly thumbhash: Uint8Array | null;
  readonly hasPreview: 0 | 1;
  readonly sortMs: number;
  readonly takenMs: number | null;
  readonly takenOffsetMinutes: number | null;
  readonly takenCertainty: DateCertainty | null;
  readonly cameraMake: string | null;
  readonly cameraModel: string | null;
  readonly lens: string | null;
  readonly exposureSeconds: number | null;
  readonly fNumber: number | null;
  readonly iso: number | null;
  readonly focalLengthMm: number | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly altitudeM: number | null;
  readonly orientation: number | null;
  readonly title: string | null;
  readonly description: string | null;
  /** JSON array of strings. */
  readonly keywords: string;
  readonly rating: number | null;
  readonly colourProfile: string | null;
}

/** What a layout of many needs of one. */
export type ItemOutline = Pick<
  ItemRow,
  'itemId' | 'kind' | 'width' | 'height' | 'animated' | 'hasPreview' | 'sortMs' | 'thumbhash'
>;

/** What the first decode tells of a picture. */
export interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly animated: boolean;
  readonly thumbhash: Uint8Array | null;
}

const columns = `item_id AS itemId, hash, kind, media_type AS mediaType, bytes, width, height, animated,
  thumbhash, has_preview AS hasPreview, sort_ms AS sortMs, taken_ms AS takenMs,
  taken_offset_minutes AS takenOffsetMinutes, taken_certainty AS takenCertainty,
  camera_make AS cameraMake, camera_model AS cameraModel, lens, exposure_seconds AS exposureSeconds,
  f_number AS fNumber, iso, focal_length_mm AS focalLengthMm, latitude, longitude, altitude_m AS altitudeM,
  orientation, title, description, keywords, rating, colour_profile AS colourProfile`;

export type Items = ReturnType<typeof createItems>;

export function createItems(index: Connection) {
  const one = index.prepare<[ItemId], ItemRow>(`SELECT ${columns} FROM item WHERE item_id = ?`);
  const byHash = index.prepare<[string], ItemRow>(`SELECT ${columns} FROM item WHERE hash = ?`);
  const many = index.prepare<[string], ItemRow>(
    `SELECT ${columns} FROM item WHERE item_id IN (SELECT value FROM json_each(?))`,
  );
  const outlines = index.prepare<[string], ItemOutline>(
    `SELECT item_id AS itemId, kind, width, height, animated, has_preview AS hasPreview, sort_ms AS sortMs,
       thumbhash FROM item WHERE item_id IN (SELECT value FROM json_each(?))`,
  );
  const insert = index.prepare<[number, string, ItemKind, string, number, number], { itemId: ItemId }>(
    `INSERT INTO item (item_id, hash, kind, media_type, bytes, sort_ms, added_ms)
     VALUES (?, ?, ?, ?, ?, ?, CAST(unixepoch('subsec') * 1000 AS INTEGER))
     RETURNING item_id AS itemId`,
  );
  const greatest = index.prepare<[], number | null>('SELECT max(item_id) FROM item').pluck();
  /** A page that is open knows items and previews by their ids: none is given twice, whatever was removed. */
  let given = greatest.get() ?? 0;
  const decoded = index.prepare<[number, number, 0 | 1, Uint8Array | null, ItemId]>(
    `UPDATE item SET width = ?, height = ?, animated = ?, thumbhash = ?, has_preview = 1 WHERE item_id = ?`,
  );
  const sized = index.prepare<[number, number, ItemId]>(
    'UPDATE item SET width = ?, height = ? WHERE item_id = ?',
  );
  const described = index.prepare<[Record<string, unknown>]>(
    `UPDATE item SET taken_ms = @takenMs, taken_offset_minutes = @takenOffsetMinutes,
       taken_certainty = @takenCertainty, sort_ms = @sortMs, camera_make = @cameraMake,
       camera_model = @cameraModel, lens = @lens, exposure_seconds = @exposureSeconds,
       f_number = @fNumber, iso = @iso, focal_length_mm = @focalLengthMm, latitude = @latitude,
       longitude = @longitude, altitude_m = @altitudeM, orientation = @orientation, title = @title,
       description = @description, keywords = @keywords, rating = @rating, colour_profile = @colourProfile
     WHERE item_id = @itemId`,
  );
  const hashes = index
    .prepare<[string], string>('SELECT hash FROM item WHERE item_id IN (SELECT value FROM json_each(?))')
    .pluck();
  const remove = index.prepare<[ItemId]>('DELETE FROM item WHERE item_id = ?');
  const orphans = index.prepare<[], { itemId: ItemId }>(
    `SELECT item_id AS itemId FROM item WHERE NOT EXISTS (SELECT 1 FROM file WHERE file.item_id = item.item_id)`,
  );
  const count = index.prepare<[], { n: number }>('SELECT count(*) AS n FROM item');
  const newest = index.prepare<[number, number], { itemId: ItemId }>(
    'SELECT item_id AS itemId FROM item ORDER BY sort_ms DESC, item_id DESC LIMIT ? OFFSET ?',
  );
  return {
    get: (itemId: ItemId): ItemRow | undefined => one.get(itemId),
    byHash: (hash: string): ItemRow | undefined => byHash.get(hash),
    /** In no particular order. */
    many: (itemIds: readonly ItemId[]): ItemRow[] => many.all(JSON.stringify(itemIds)),
    /** Content hashes, in no particular order; an id that is none gives none. */
    hashes: (itemIds: readonly ItemId[]): string[] => hashes.all(JSON.stringify(itemIds)),
    /** In no particular order. */
    outlines: (itemIds: readonly ItemId[]): ItemOutline[] => outlines.all(JSON.stringify(itemIds)),
    add(item: Pick<ItemRow, 'kind' | 'mediaType' | 'bytes' | 'sortMs'> & { hash: string }): ItemId {
      given = Math.max(given, greatest.get() ?? 0) + 1;
      const { hash, kind, mediaType, bytes, sortMs } = item;
      const row = insert.get(given, hash, kind, mediaType, bytes, Math.round(sortMs));
      if (row === undefined) throw new Error('item: the insert gave no row');
      return row.itemId;
    },
    setDecoded: (itemId: ItemId, it: Decoded): void =>
      void decoded.run(it.width, it.height, it.animated ? 1 : 0, it.thumbhash, itemId),
    /** Upright size, pixels, where it is known before the first decode. */
    setSize: (itemId: ItemId, width: number, height: number): void => void sized.run(width, height, itemId),
    setMetadata(itemId: ItemId, metadata: Metadata, modifiedMs: number): void {
      const { taken, keywords, ...plain } = metadata;
      described.run({
        ...plain,
        itemId,
        keywords: JSON.stringify(keywords),
        takenMs: taken?.utcMs ?? null,
        takenOffsetMinutes: taken?.offsetMinutes ?? null,
        takenCertainty: taken?.certainty ?? null,
        sortMs: Math.round(taken === null ? modifiedMs : wallClockMs(taken.utcMs, taken.offsetMinutes)),
      });
    },
    remove: (itemId: ItemId): void => void remove.run(itemId),
    /** Items that lie in no file any more. */
    orphans: (): ItemId[] => orphans.all().map((row) => row.itemId),
    count: (): number => count.get()?.n ?? 0,
    /** Ids, newest first. */
    newest: (limit: number, offset: number): ItemId[] => newest.all(limit, offset).map((row) => row.itemId),
  };
}

/** What the clock on the wall showed there, read as UTC: what dates are sorted and filtered by. */
function wallClockMs(utcMs: number, offsetMinutes: number | null): number {
  return utcMs + (offsetMinutes ?? 0) * 60_000;
}

/** The row's metadata columns in the contract's form. */
export function metadataOf(row: ItemRow): Metadata {
  return {
    taken:
      row.takenMs === null || row.takenCertainty === null
        ? null
        : { utcMs: row.takenMs, offsetMinutes: row.takenOffsetMinutes, certainty: row.takenCertainty },
    cameraMake: row.cameraMake,
    cameraModel: row.cameraModel,
    lens: row.lens,
    exposureSeconds: row.exposureSeconds,
    fNumber: row.fNumber,
    iso: row.iso,
    focalLengthMm: row.focalLengthMm,
    latitude: row.latitude,
    longitude: row.longitude,
    altitudeM: row.altitudeM,
    orientation: row.orientation,
    title: row.title,
    description: row.description,
    keywords: JSON.parse(row.keywords) as string[],
    rating: row.rating,
    colourProfile: row.colourProfile,
  };
}
