// Runs on the engine's thread: the packs in use, each opened once, with its vectors and its search index.
import { Failure, type MomentId, PackId } from '../contract/index.ts';
import type { Database } from './database/database.ts';
import type { SpaceVectors } from './database/vectors.ts';
import { BUILT_IN, type Encoder, type Log, type Packs } from './ports.ts';
import { loadSpaceIndex, saveSpaceIndex, type SpaceIndex } from './search/vectors/space-index.ts';
import { createSnapshots } from './search/vectors/vector-snapshot.ts';
import { versions } from './indexing/versions.ts';

export interface OpenSpace {
  readonly packId: PackId;
  readonly encoder: Encoder;
  readonly vectors: SpaceVectors;
  readonly index: SpaceIndex;
}

export type Spaces = ReturnType<typeof createSpaces>;

/**
 * One pack is active: it answers searches. At most one other is being filled beside it and takes over
 * when every picture is in it. Steps name a pack in their scope; the space's key says whether vectors on
 * record are still those that the pack would give.
 */
export function createSpaces(options: {
  database: Database;
  packs: Packs;
  threads: number;
  log: Log;
  /** For snapshots of the spaces in memory. */
  folder: string;
}) {
  const { database, packs, threads, log, folder } = options;
  const opening = new Map<PackId, Promise<OpenSpace>>();
  const opened = new Map<PackId, OpenSpace>();

  const stored = (key: 'activePack' | 'fillingPack'): PackId | null =>
    PackId.safeParse(database.settings.get(key)).data ?? null;
  const activeId = (): PackId => stored('activePack') ?? BUILT_IN;

  const open = async (packId: PackId): Promise<OpenSpace> => {
    const encoder = await packs.open(packId, { threads });
    try {
      for (const old of database.vectors.spaces())
        if (old.packId === packId && old.key !== encoder.space.key) {
          log.info('space.replaced', { pack: packId });
          createSnapshots(folder, old.key).keepOnly(null);
          database.transaction(() => {
            database.vectors.drop(old.key);
            for (const name of ['embed', 'embed-keyframes', 'embed-sentences'] as const)
              database.steps.reset(name, packId);
          });
        }
      const vectors = database.vectors.open(encoder.space);
      const space = {
        packId,
        encoder,
        vectors,
        index: await loadSpaceIndex(encoder.space, vectors, database.moments, folder),
      };
      opened.set(packId, space);
      return space;
    } catch (error) {
      await encoder.close();
      throw error;
    }
  };

  const openOnce = (packId: PackId): Promise<OpenSpace> => {
    const known = opening.get(packId);
    if (known !== undefined) return known;
    const promise = open(packId);
    opening.set(packId, promise);
    // A failed opening is not remembered: the next asking tries again.
    promise.catch(() => opening.delete(packId));
    return promise;
  };

  const close = async (packId: PackId, save = true): Promise<void> => {
    const promise = opening.get(packId);
    opening.delete(packId);
    opened.delete(packId);
    const space = await promise?.catch(() => null);
    if (space !== undefined && space !== null) {
      if (save) saveSpaceIndex(space.index, space.vectors, folder);
      space.index.close();
    }
    await space?.encoder.close();
  };

  return {
    activeId,
    fillingId: (): PackId | null => stored('fillingPack'),
    /** Every pack that new pictures are embedded by. */
    packIds(): PackId[] {
      const filling = stored('fillingPack');
      return filling === null ? [activeId()] : [activeId(), filling];
    },
    open: openOnce,
    active: (): Promise<OpenSpace> => openOnce(activeId()),
    /** The active space if it is open; null before the first {@link active} has ended. */
    activeNow: (): OpenSpace | null => opened.get(activeId()) ?? null,
    /** A pack's space if it is open. */
    openNow: (packId: PackId): OpenSpace | null => opened.get(packId) ?? null,
    removeMoment(momentId: MomentId): void {
      for (const [packId, promise] of opening) {
        const space = opened.get(packId);
        if (space !== undefined) space.index.remove(momentId);
        // Being read into memory right now, the moment maybe with it: removed as soon as that is done.
        else void promise.then((late) => late.index.remove(momentId)).catch(() => undefined);
      }
    },
    /** Starts filling a pack's space; the caller wakes the indexer. The active one answers meanwhile. */
    async use(packId: PackId): Promise<void> {
      await openOnce(packId);
      database.settings.set('fillingPack', packId);
      if (packId === activeId()) database.settings.remove('fillingPack');
      database.steps.fillScope('embed', packId, versions.embed, 'picture');
      database.steps.fillScope('embed-keyframes', packId, versions['embed-keyframes'], 'video');
      for (const kind of ['video', 'audio'] as const)
        database.steps.fillScope('embed-sentences', packId, versions['embed-sentences'], kind);
    },
    /** Makes the filled pack the active one if nothing waits for it any more. Answers whether it did. */
    async switchIfReady(): Promise<boolean> {
      const filling = stored('fillingPack');
      if (filling === null || database.steps.waitingInScope(filling) > 0) return false;
      const before = activeId();
      database.settings.set('activePack', filling);
      database.settings.remove('fillingPack');
      database.steps.dropWaiting(before);
      log.info('space.switched', { from: before, to: filling });
      await close(before);
      return true;
    },
    /** Forgets all vectors of a pack. Throws Failure PACK_IN_USE for one in use. */
    async forget(packId: PackId): Promise<void> {
      if (packId === activeId() || packId === stored('fillingPack'))
        throw new Failure('PACK_IN_USE', `The pack ${packId} is in use.`, 'Use another pack first.');
      await close(packId);
      database.transaction(() => {
        for (const space of database.vectors.spaces())
          if (space.packId === packId) {
            createSnapshots(folder, space.key).keepOnly(null);
            database.vectors.drop(space.key);
          }
        database.steps.dropScope(packId);
      });
    },
    /** Writes snapshots of what is open, so that they are there where the library is opened next. */
    save(): void {
      for (const { index, vectors } of opened.values()) saveSpaceIndex(index, vectors, folder);
    },
    /** @param save - false: what is in memory is not to be written here any more */
    async close(save = true): Promise<void> {
      await Promise.all([...opening.keys()].map((packId) => close(packId, save)));
    },
  };
}
