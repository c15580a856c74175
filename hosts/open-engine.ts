// Runs in every host: the one place where packs and library are put together.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../contract/index.ts';
import { openLibrary, type Library } from '../library/library.ts';
import { locateLibrary, shortenWay } from '../library/moving/places.ts';
import { createPacks } from '../native-models/index.ts';
import { builtInFolder, shippedPacksFolder, whisperPlaces } from './library-folder.ts';
import { openLog } from './log.ts';
import type { Log, Power, Trash } from '../library/ports.ts';

export interface EngineOptions {
  /** The library's folder, absolute; made when missing. If it was moved away, it is opened where it lies now. */
  readonly folder: string;
  /** Who opens it, for the sentence that a second process is told: "the command line". */
  readonly holder: string;
  /** Whether roots are watched and indexing runs by itself: in the app and the host, not on the command line. */
  readonly watch: boolean;
  /** Whether the machine runs on its battery; left out where that does not matter. */
  readonly power?: Power;
  /** The system's trash; left out where there is none. */
  readonly trash?: Trash;
  /** The library has been moved: this engine is to be closed, and one opened with the same options. */
  readonly onMoved?: (to: string) => void;
  /** How many threads models and decoding may use together; left out: what the machine has. */
  readonly threads?: number;
}

/** A library with everything that it needs, and its log. */
export interface Engine {
  readonly library: Library;
  readonly log: Log;
  /** Ends all work in hand and closes the library, then the log. */
  close(): Promise<void>;
}

/** A library that is moved away while it is being opened is followed, so often. */
const MOST_FOLLOWED = 3;

/**
 * @throws Failure LIBRARY_IN_USE, LIBRARY_TOO_NEW, LIBRARY_DAMAGED, LIBRARY_AWAY, FOLDER_NOT_READABLE, DISK_FULL
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  for (let tries = 1; ; tries++) {
    const { folder, hops } = locateLibrary(options.folder);
    try {
      const engine = await openAt({ ...options, folder });
      shortenWay(hops, folder);
      return engine;
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'LIBRARY_MOVING' || tries === MOST_FOLLOWED)
        throw error;
    }
  }
}

async function openAt(options: EngineOptions): Promise<Engine> {
  await makeFolder(options.folder);
  const log = openLog(join(options.folder, 'logs'));
  const temporaryFolder = join(options.folder, 'temporary');
  try {
    // Packs of one's own on offer: an organisation's, or a test's.
    const shipped = shippedPacksFolder();
    const catalogue = process.env['AFTERIMAGE_PACK_CATALOGUE'];
    const packs = createPacks({
      packsFolder: join(options.folder, 'packs'),
      builtInFolder: builtInFolder(),
      whisper: { ...whisperPlaces(), temporaryFolder },
      ...(catalogue === undefined ? {} : { catalogueFolder: catalogue }),
      ...(shipped === null ? {} : { shippedFolder: shipped }),
      log,
    });
    const library = await openLibrary({ ...options, packs, log, clock: { nowMs: () => Date.now() } });
    // The library is ours alone from here on: what lies there was left behind by a process that was killed.
    await rm(temporaryFolder, { recursive: true, force: true }).catch(() => undefined);
    log.info('library open', { holder: options.holder, watch: options.watch, node: process.version });
    return {
      library,
      log,
      async close() {
        await library.close();
        log.info('library closed');
        log.close();
      },
    };
  } catch (error) {
    log.close();
    throw error;
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(join(folder, 'logs'), { recursive: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOSPC')
      throw new Failure('DISK_FULL', `The disk is full: ${folder} cannot be made.`, 'Free some space.', {
        cause: error,
      });
    throw new Failure(
      'FOLDER_NOT_READABLE',
      `The library's folder ${folder} cannot be made or written (${code}).`,
      'Choose another folder with --library.',
      { cause: error },
    );
  }
}
