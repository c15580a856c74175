// Runs in tests: a real database in a temporary folder, filled with items that are only described.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ItemId, ItemKind, Metadata, MomentId } from '../../contract/index.ts';
import { openDatabase } from '../../library/database/database.ts';
import type { Clock, Log } from '../../library/ports.ts';

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

export const stillClock: Clock = { nowMs: () => 0 };

const nothingSaid: Metadata = {
  ...{ taken: null, cameraMake: null, cameraModel: null, lens: null, exposureSeconds: null },
  ...{ fNumber: null, iso: null, focalLengthMm: null, latitude: null, longitude: null, altitudeM: null },
  ...{ orientation: null, title: null, description: null, keywords: [], rating: null, colourProfile: null },
};

export interface FixtureItem {
  /** Below the root, '/' between its parts. */
  readonly path: string;
  readonly metadata?: Partial<Metadata>;
  readonly modifiedMs?: number;
  /** What the file holds; its hash is the item's. */
  readonly content?: string;
  readonly animated?: boolean;
  /** `picture` when absent. */
  readonly kind?: ItemKind;
}

export type FixtureLibrary = ReturnType<typeof createFixtureLibrary>;

/** A library whose one root is `/home/anna/Pictures`; nothing of it is on the disk but its databases. */
export function createFixtureLibrary() {
  const folder = mkdtempSync(join(tmpdir(), 'afterimage-library-'));
  const database = openDatabase(folder);
  const root = database.roots.add('/home/anna/Pictures', 0);
  return {
    database,
    add(item: FixtureItem): { itemId: ItemId; momentId: MomentId } {
      const metadata: Metadata = { ...nothingSaid, ...item.metadata };
      const modifiedMs = item.modifiedMs ?? Date.UTC(2020, 0);
      const bytes = 1000;
      const hash = createHash('sha256')
        .update(item.content ?? item.path)
        .digest('hex');
      const kind = item.kind ?? 'picture';
      const mediaType = { picture: 'image/jpeg', video: 'video/mp4', audio: 'audio/mpeg' }[kind];
      const itemId = database.items.add({ kind, mediaType, bytes, sortMs: modifiedMs, hash });
      database.items.setMetadata(itemId, metadata, modifiedMs);
      if (item.animated === true)
        database.items.setDecoded(itemId, { width: 4, height: 3, animated: true, thumbhash: null });
      const fileId = database.files.add(root.rootId, {
        path: item.path,
        bytes,
        modifiedMs,
        identity: item.path,
      });
      database.files.link(fileId, itemId, 'primary');
      const momentId = database.moments.add({
        itemId,
        kind: 'picture',
        startMs: null,
        endMs: null,
        text: null,
      });
      const parts = item.path.split('/');
      database.words.set(momentId, {
        name: parts.at(-1) ?? '',
        folder: ['Pictures', ...parts.slice(0, -1)].join('/'),
        title: metadata.title ?? '',
        description: metadata.description ?? '',
        keywords: metadata.keywords.join(' '),
        said: '',
      });
      return { itemId, momentId };
    },
    close(): void {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** For searches without a picture that is unknown: nothing is ever decoded. */
export const noDecoding = {
  decode: () => Promise.reject(new Error('nothing is decoded here')),
  decodeBytes: () => Promise.reject(new Error('nothing is decoded here')),
};
