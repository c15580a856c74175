// Runs on the engine's thread: opens the two databases of a library folder and assembles their tables.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { EditInfo } from '../../contract/index.ts';
import { createAlbums } from './albums.ts';
import { createCollections } from './collections.ts';
import { asFailure, type Connection, openConnection } from './connection.ts';
import { copyAttached, copyMain, sealAttached } from './copy.ts';
import { createEdits } from './edits.ts';
import { createFiles } from './files.ts';
import { createItems } from './items.ts';
import { createMarks } from './marks.ts';
import { migrate } from './migrate.ts';
import { filesItemsMoments } from './migrations/index/0001-files-items-moments.ts';
import { itemAdded } from './migrations/index/0002-item-added.ts';
import { recordings } from './migrations/index/0003-recordings.ts';
import { watchedFilms } from './migrations/index/0004-watched-films.ts';
import { transcripts } from './migrations/index/0005-transcripts.ts';
import { vectorSnapshots } from './migrations/index/0006-vector-snapshots.ts';
import { rootsAndSettings } from './migrations/library/0001-roots-and-settings.ts';
import { decisions } from './migrations/library/0002-decisions.ts';
import { createMoments } from './moments.ts';
import { createRecordings } from './recordings.ts';
import { createRoots } from './roots.ts';
import { createSettings } from './settings.ts';
import { createSteps } from './steps.ts';
import { createSubtitleFiles } from './subtitle-files.ts';
import { createTranscripts } from './transcripts.ts';
import { createVectors, loadVectors } from './vectors.ts';
import { createWords } from './words.ts';

/** Append-only: a new form is a new file and a new last entry. */
export const libraryMigrations = [rootsAndSettings, decisions];
export const indexMigrations = [
  filesItemsMoments,
  itemAdded,
  recordings,
  watchedFilms,
  transcripts,
  vectorSnapshots,
];

export type Database = ReturnType<typeof openDatabase>;

/**
 * One connection for both: index.db is its main database and library.db is attached to it, so that what the
 * files say and what a person decided are asked in one statement. Names of tables differ between the two.
 *
 * @param folder - the library's folder; it exists and is locked by the caller
 * @throws Failure LIBRARY_TOO_NEW, LIBRARY_DAMAGED, DISK_FULL
 */
export function openDatabase(folder: string) {
  const libraryPath = join(folder, 'library.db');
  const indexPath = join(folder, 'index.db');
  opened(libraryPath, (connection) =>
    migrate(connection, libraryPath, libraryMigrations, `${libraryPath}.before-update`),
  ).close();
  const index = opened(indexPath, (connection) => {
    loadVectors(connection);
    migrate(connection, indexPath, indexMigrations, null);
    connection.prepare<[string]>('ATTACH ? AS library').run(libraryPath);
    // What a person decided is on the disk when they see it done, even if the power goes then.
    connection.pragma('library.synchronous = FULL');
  });
  const vectors = createVectors(index);
  return {
    roots: createRoots(index),
    settings: createSettings(index),
    marks: createMarks(index),
    albums: createAlbums(index),
    edits: createEdits<EditInfo>(index, 'library'),
    collections: createCollections(index),
    files: createFiles(index),
    items: createItems(index),
    moments: createMoments(index),
    recordings: createRecordings(index),
    steps: createSteps(index),
    subtitleFiles: createSubtitleFiles(index),
    transcripts: createTranscripts(index),
    words: createWords(index),
    vectors,
    /** Everything done inside happens, or nothing of it. */
    transaction: <T>(work: () => T): T => index.transaction(work).immediate(),
    versions(): { sqlite: string; vec: string } {
      const row = index
        .prepare<[], { sqlite: string; vec: string }>(
          'SELECT sqlite_version() AS sqlite, vec_version() AS vec',
        )
        .get();
      return row ?? { sqlite: '?', vec: '?' };
    },
    /** Bytes on disk, write-ahead logs included. */
    bytes: (): { library: number; index: number } => ({
      library: sizeOf(libraryPath),
      index: sizeOf(indexPath),
    }),
    /**
     * Forgets all that can be made again from the files; what a person decided stays. Everything of an item or a
     * file goes with it, by the tables' own references.
     */
    clearIndex(): void {
      index
        .transaction(() => {
          for (const { key } of vectors.spaces()) vectors.drop(key);
          index.exec(`DELETE FROM file; DELETE FROM item; INSERT INTO words (words) VALUES ('delete-all')`);
        })
        .immediate();
    },
    /** Copies index.db while it is in use, see copy.ts. */
    copyIndex: (to: string, onShare: (share: number) => void, signal: AbortSignal): Promise<void> =>
      copyMain(index, to, onShare, signal),
    /** Copies what a person decided, at once. */
    copyLibrary: (to: string): void => copyAttached(index, 'library', to),
    /** From now on no decision can be written here: the library lies elsewhere. */
    seal: (): void => sealAttached(index, 'library'),
    /** The connection, for search/'s own read-only questions. */
    index,
    close: (): void => void index.close(),
  };
}

function sizeOf(path: string): number {
  return [path, `${path}-wal`].reduce(
    (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

/** Opens a database and prepares it; what is open is closed again when that fails. */
function opened(path: string, prepare: (connection: Connection) => void): Connection {
  let connection: Connection | null = null;
  try {
    connection = openConnection(path);
    prepare(connection);
    return connection;
  } catch (error) {
    connection?.close();
    throw asFailure(error, path);
  }
}
