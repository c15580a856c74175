// Runs on the engine's thread: opens a library folder, assembles its parts, implements the contract.
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { type ChangeCounts, Failure, type ItemId, type RootId } from '../contract/index.ts';
import { createBatteryRest } from './battery.ts';
import { createChanges } from './changes.ts';
import { openDatabase } from './database/database.ts';
import { takeLock } from './database/lock.ts';
import { createDecisions } from './decisions.ts';
import { createFolders } from './folders/folders.ts';
import { settingsOf } from './health.ts';
import { createIndexer } from './indexing/indexer.ts';
import { applyVersions } from './indexing/versions.ts';
import { createDecodePool } from './media/decode-pool.ts';
import { createMetadataReader } from './media/metadata.ts';
import { type MediaFile, mediaFile } from './media-file.ts';
import { createMoving, type MovingOptions } from './moving/moving.ts';
import { isCarriedOut, leadsTo, readMarker } from './moving/places.ts';
import { cameBy } from './moving/progress.ts';
import { settleMove } from './moving/settle.ts';
import type { Parts } from './parts.ts';
import { createPlaying } from './playback/playback.ts';
import type { Clock, Log, Packs, Power, Trash } from './ports.ts';
import { createPreviewFiles } from './preview-files.ts';
import { createRouter, type LibraryRouter } from './router.ts';
import { createSearch } from './search/search.ts';
import { createSpaces } from './spaces.ts';
import { createSpeechPacks } from './speech/hearing.ts';

export interface Library {
  readonly folder: string;
  readonly router: LibraryRouter;
  /** Looks at the roots (all, or those given), then works until the queue is empty. AbortError when cancelled. */
  index(options?: {
    rootIds?: readonly RootId[];
    signal?: AbortSignal;
  }): Promise<ChangeCounts & { errors: number }>;
  media(itemId: ItemId, form: 'preview' | 'full' | 'strip', signal?: AbortSignal): Promise<MediaFile>;
  /** Settles when what a move left at the place of before is gone, or cannot be removed now. */
  readonly settled: Promise<void>;
  /** Ends what is in flight and lets go of the folder. */
  close(): Promise<void>;
}

export interface OpenLibraryOptions {
  /** Made when missing. */
  readonly folder: string;
  /** Who opens it, for the sentence that a second opener is told, e.g. "the command line". */
  readonly holder: string;
  readonly packs: Packs;
  /** Roots are watched and the queue is worked by itself (app, host); else only on {@link Library.index}. */
  readonly watch: boolean;
  readonly log: Log;
  readonly clock: Clock;
  /** Left out where nobody can tell whether there is a battery. */
  readonly power?: Power;
  /** Left out where the host has no trash. */
  readonly trash?: Trash;
  /** A move has been carried out: this one is to be closed, and the library to be opened where it lies now. */
  readonly onMoved?: (to: string) => void;
  /** How a move is made; in tests only. */
  readonly moving?: Pick<MovingOptions, 'freeBytes' | 'sharing'>;
  /** Cores to use; all when absent. */
  readonly threads?: number;
}

/** @throws Failure LIBRARY_IN_USE, LIBRARY_TOO_NEW, LIBRARY_DAMAGED, LIBRARY_MOVING, DISK_FULL */
export async function openLibrary(options: OpenLibraryOptions): Promise<Library> {
  const folder = resolve(options.folder);
  mkdirSync(join(folder, 'packs'), { recursive: true });
  const lock = takeLock(folder, options.holder);
  try {
    // Moved away between the look of whoever opens it and now.
    if (leadsTo(folder) !== null)
      throw new Failure('LIBRARY_MOVING', `The library ${folder} has just been moved.`, 'Open it again.');
    return await assemble(folder, options, () => lock.release());
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function assemble(folder: string, options: OpenLibraryOptions, unlock: () => void): Promise<Library> {
  const { packs, watch, log, clock } = options;
  const threads = options.threads ?? availableParallelism();
  const database = openDatabase(folder);
  applyVersions(database);
  const changes = createChanges();
  const previews = createPreviewFiles(folder);
  const pool = createDecodePool({ workers: threads, log });
  const metadata = createMetadataReader({ log });
  const spaces = createSpaces({ database, packs, threads, log, folder: join(folder, 'vectors') });
  const speech = createSpeechPacks({ database, packs, threads, log });
  await speech.prepare();
  const context = { database, pool, metadata, previews, spaces, speech, log };
  const indexer = createIndexer({ context, clock, onChange: (topic) => changes.note(topic) });
  const search = createSearch({ database, clock, log, pool, active: () => spaces.activeNow() });
  const playing = createPlaying({ database, previews, folder });
  indexer.setEffort(settingsOf(database).effort);
  const battery = createBatteryRest({
    power: watch ? (options.power ?? null) : null,
    isWanted: () => settingsOf(database).pauseOnBattery,
    onRest: (rests) => {
      if (!rests && indexer.progress().pausedFor === 'battery') indexer.start();
      else if (rests && indexer.running()) void indexer.stop('battery');
    },
  });
  const decisions = createDecisions({
    database,
    nowMs: () => clock.nowMs(),
    onChange: () => changes.note('decisions'),
  });
  const folders = createFolders({
    database,
    log,
    clock,
    ignorePatterns: () => settingsOf(database).ignore,
    ownFolder: folder,
    onChange: (counts) => {
      // Nothing counted: a root went away or came back. What waited for it goes on.
      if (Object.values(counts).every((count) => count === 0)) database.steps.reviveSkipped();
      changes.note('items');
      changes.note('roots');
      indexer.wake();
    },
  });

  /** What a move left to be done, and the move itself if one comes. */
  const marker = readMarker(folder);
  const settling = new AbortController();
  const quiet = async (): Promise<() => void> => {
    const working = indexer.running();
    const before = indexer.progress().pausedFor;
    await Promise.all([indexer.stop('move'), folders.unwatch(), stopDownloads(packs)]);
    spaces.save();
    return () => {
      // A person may have said otherwise meanwhile, and the battery, too.
      const wanted = working || before === 'battery';
      if (indexer.progress().pausedFor === 'move') {
        if (wanted && !battery.rests()) indexer.start();
        else void indexer.stop(wanted ? 'battery' : before);
      }
      if (!watch) return;
      folders.watch();
      lookInBackground();
    };
  };
  const moving = createMoving({
    ...{ folder, database, log, quiet, ...options.moving },
    onChange: () => changes.note('moving'),
    onMoved: (to) => options.onMoved?.(to),
    cameBy: marker !== null && isCarriedOut(marker) ? cameBy(marker, folder) : null,
  });

  const rescan = async (signal?: AbortSignal, rootIds?: readonly RootId[]): Promise<ChangeCounts> => {
    if (moving.running() || moving.switched())
      throw new Failure('LIBRARY_MOVING', 'The library is being moved.', 'Look again when it is there.');
    const counts = await indexer.whileDiscovering(() => folders.scan(rootIds, signal));
    changes.note('roots');
    changes.note('items');
    return counts;
  };
  /** A look that nobody waits for: what goes wrong is in the log, and seen in the state of the root. */
  const lookInBackground = (rootIds?: readonly RootId[]): void => {
    rescan(undefined, rootIds).catch((error: unknown) => {
      log.error('scan.failed', { error: String(error) });
    });
  };

  const parts: Parts = {
    ...{
      folder,
      database,
      folders,
      indexer,
      changes,
      spaces,
      speech,
      packs,
      pool,
      previews,
      search,
      playing,
      decisions,
      battery,
      moving,
      rescan,
    },
    metadata,
    trash: options.trash ?? null,
    addRoot(path) {
      const root = database.roots.add(folders.validateNewRoot(path), clock.nowMs());
      changes.note('roots');
      if (watch) {
        lookInBackground([root.rootId]);
        folders.watchRoot(root.rootId);
      }
      return root;
    },
    async removeRoot(rootId) {
      if (!database.roots.all().some((root) => root.rootId === rootId))
        throw new Failure('ROOT_UNKNOWN', 'This folder is not watched.', 'See `roots` for those that are.');
      await folders.unwatchRoot(rootId);
      const removed = database.transaction(() => {
        database.subtitleFiles.removeRoot(rootId);
        return database.files.removeRoot(rootId);
      });
      database.roots.remove(rootId);
      indexer.forget();
      changes.note('roots');
      changes.note('items');
      return removed;
    },
    async usePack(packId) {
      const family = (await packs.list()).find((pack) => pack.packId === packId)?.family;
      await (family === 'speech' ? speech.use(packId) : spaces.use(packId));
      changes.note('packs');
      indexer.wake();
    },
    async readyToSearch(request, signal) {
      indexer.giveWay();
      if (request.text.trim() === '' && request.images.length === 0) return;
      await spaces.active();
      signal?.throwIfAborted();
    },
  };

  if (watch) {
    indexer.start();
    void battery.look();
    folders.watch();
    lookInBackground();
    // Opened early, so that the first question does not wait for the models.
    spaces
      .active()
      .then(() => search.prepare())
      .catch((error: unknown) => log.error('pack.open-failed', { error: String(error) }));
  }

  const settled = marker === null ? Promise.resolve() : settleMove(folder, marker, log, settling.signal);

  return {
    folder,
    settled,
    router: createRouter(parts),
    async index({ rootIds, signal } = {}) {
      indexer.start();
      try {
        const counts = await rescan(signal, rootIds);
        await indexer.idle(signal);
        return { ...counts, errors: database.steps.failedCount() };
      } finally {
        if (!watch) await indexer.stop();
      }
    },
    media: (itemId, form, signal) => mediaFile({ database, previews, pool, playing }, itemId, form, signal),
    async close() {
      battery.close();
      settling.abort();
      await Promise.all([moving.stop(), settled]);
      await folders.close();
      await indexer.stop();
      changes.close();
      await Promise.all([
        ...[
          pool.close(),
          metadata.close(),
          spaces.close(!moving.switched()),
          speech.close(),
          packs.downloads.close(),
        ],
      ]);
      database.close();
      unlock();
    },
  };
}

/** What has arrived is kept, and gone on with when a person says so. */
async function stopDownloads({ downloads }: Packs): Promise<void> {
  for (const { packId, state } of await downloads.states())
    if (state === 'running') await downloads.stop(packId, true);
}
