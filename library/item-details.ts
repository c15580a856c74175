// Runs on the engine's thread: all that is known of one item, for the viewer's panel and `show`.
import { isAbsolute, relative, resolve, sep } from 'node:path';
import {
  type ContentHash,
  CUT_OFF,
  Failure,
  type ItemDetails,
  type ItemId,
  type Region,
} from '../contract/index.ts';
import type { Database } from './database/database.ts';
import { metadataOf } from './database/items.ts';
import { recordingOf } from './database/recordings.ts';
import type { MomentRow } from './database/moments.ts';
import { cardOf, fileInfoOf } from './item-cards.ts';
import type { FoundRegion } from './ports.ts';
import type { OpenSpace } from './spaces.ts';

/** @throws Failure ITEM_UNKNOWN */
export function itemDetails(
  database: Database,
  space: OpenSpace | null,
  itemId: ItemId,
  speech: ItemDetails['speech'] = null,
): ItemDetails {
  const item = database.items.get(itemId);
  const files = database.files.ofItem(itemId);
  const shown = files[0];
  if (item === undefined || shown === undefined) throw unknown(`There is no item ${String(itemId)}.`);
  const rootPaths = new Map(database.roots.all().map((root) => [root.rootId, root.path]));
  const moments = database.moments.ofItem(itemId);
  const recording = database.recordings.get(itemId);
  const mark = database.marks.of([item.hash]).get(item.hash);
  return {
    ...cardOf(item, shown, rootPaths, mark, recording?.durationMs),
    hash: item.hash,
    mediaType: item.mediaType,
    bytes: item.bytes,
    metadata: metadataOf(item),
    hidden: mark?.hidden === 1,
    tags: database.marks.tagsOf([item.hash]).map(({ name }) => name),
    albums: database.albums.ofHash(item.hash),
    files: files.map((file) => fileInfoOf(file, rootPaths)),
    recording: recording === undefined ? null : recordingOf(recording),
    moments: moments.map(({ itemId: _, ...moment }) => ({
      ...moment,
      superseded: moment.superseded === 1,
      regions:
        space === null ? [] : regionsOf(space.vectors.regions(moment.momentId), space.encoder.space.concepts),
    })),
    transcripts: database.transcripts.ofItem(itemId).map(({ heard, itemId: _, ...transcript }) => ({
      ...transcript,
      complete: heard === null,
    })),
    speech,
    steps: [
      ...files.flatMap((file) => database.steps.ofFile(file.fileId)),
      ...database.steps.ofItem(itemId),
    ].map(({ name, scope, state, version, code, reason }) => ({
      step: scope === '' ? name : `${name} (${scope})`,
      state,
      version,
      code,
      reason,
    })),
    concepts: space === null ? [] : conceptsOf(space, moments),
  };
}

/** Of a film: each concept where it is seen best. */
function conceptsOf(space: OpenSpace, moments: readonly MomentRow[]): ItemDetails['concepts'] {
  const best = new Uint8Array(space.encoder.space.concepts.length);
  for (const { momentId } of moments)
    space.vectors.get(momentId)?.concepts?.forEach((value, i) => (best[i] = Math.max(best[i] ?? 0, value)));
  return (
    [...best]
      .map((value, i) => ({ label: space.encoder.space.concepts[i] ?? '', relevance: value / 255 }))
      // Patches of a colour are what a search asks of a thing; of the picture its colours tell.
      .filter(({ label, relevance }) => relevance >= CUT_OFF && !label.startsWith('thing:'))
      .sort((a, b) => b.relevance - a.relevance)
  );
}

function regionsOf(found: readonly FoundRegion[], concepts: readonly string[]): Region[] {
  return found.map(({ concept, ...place }) => ({ label: concepts[concept] ?? '', ...place }));
}

/** The item of one of its files, by absolute path. Throws Failure ITEM_UNKNOWN. */
export function itemAtPath(database: Database, path: string): ItemId {
  const wanted = resolve(path);
  for (const root of database.roots.all()) {
    const below = relative(root.path, wanted);
    if (below === '' || below.startsWith('..') || isAbsolute(below)) continue;
    const itemId = database.files.byPath(root.rootId, below.split(sep).join('/'))?.itemId;
    if (itemId !== null && itemId !== undefined) return itemId;
  }
  throw unknown(`${path} is not in the library.`);
}

/** The item of a content, which a link names. Throws Failure ITEM_UNKNOWN. */
export function itemOfHash(database: Database, hash: ContentHash): ItemId {
  const item = database.items.byHash(hash);
  if (item === undefined) throw unknown('What the link leads to is not in this library.');
  return item.itemId;
}

function unknown(reason: string): Failure {
  return new Failure('ITEM_UNKNOWN', reason, 'Search for it, or add the folder that holds it.');
}
