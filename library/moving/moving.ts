// Runs on the engine's thread: moves the open library to another folder, and nothing is lost whatever happens meanwhile.
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  Failure,
  failureOf,
  type MovePlan,
  type MovePlanRequest,
  type MoveRequest,
  type MoveState,
} from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import { requireSound, requireSoundNow } from '../database/copy.ts';
import { takeLock } from '../database/lock.ts';
import { realFolder } from '../folders/places.ts';
import type { Log } from '../ports.ts';
import { clearCopy, databaseBytes, ownFiles } from './contents.ts';
import { copyFailure, copyFiles } from './copy-files.ts';
import { type DestinationOptions, isHalfCopy, isOneDisk, planMove, requireRoom } from './destination.ts';
import { type Marker, readPointer, removePointer, syncFolder, writeMarker, writePointer } from './places.ts';
import { createMoveProgress, type MoveProgress } from './progress.ts';

/** Who is said to have the new place meanwhile. */
const HOLDER = 'a move of the library';

export interface MovingOptions {
  /** Where the library lies. */
  readonly folder: string;
  readonly database: Pick<Database, 'roots' | 'copyIndex' | 'copyLibrary' | 'seal'>;
  readonly log: Log;
  /** Lets everything lie still that is copied before the switch: index, previews, packs. Answers how to go on. */
  readonly quiet: () => Promise<() => void>;
  readonly onChange: () => void;
  /** The library counts as lying there now; it is to be closed here and opened there. */
  readonly onMoved: (to: string) => void;
  /** The move by which the library came here, if it has just been. */
  readonly cameBy: MoveState | null;
  /** Others in tests. */
  readonly freeBytes?: DestinationOptions['freeBytes'];
  readonly sharing?: boolean;
}

export type Moving = ReturnType<typeof createMoving>;

export function createMoving(options: MovingOptions) {
  const { database, log, onChange } = options;
  const from = realFolder(options.folder);
  let progress: MoveProgress | null = null;
  let starting = false;
  let stop = new AbortController();
  let ended: Promise<void> = Promise.resolve();

  const plan = (request: MovePlanRequest): Promise<MovePlan> =>
    planMove(
      {
        from,
        roots: database.roots.all().map(({ path }) => path),
        ...(options.freeBytes === undefined ? {} : { freeBytes: options.freeBytes }),
      },
      request,
    );

  const run = async (planned: MovePlan, keep: boolean, now: MoveProgress): Promise<void> => {
    const { to } = planned;
    const { signal } = stop;
    const goOn = await options.quiet();
    /** Null while the new place is not ours: then nothing in it is to be touched. */
    const held: { release: (() => void) | null } = { release: null };
    try {
      const marker = await prepare(to, from, keep, (release) => (held.release = release));
      await copyAll(to, now, signal);
      now.enter('checking');
      onChange();
      await requireSound(join(to, 'index.db'), signal);
      now.enter('switching');
      onChange();
      signal.throwIfAborted();
      switchOver(marker, to, now);
    } catch (error) {
      // A disk that is gone by now keeps its half copy, which is known by its marker.
      if (held.release !== null)
        await clearCopy(to, held.release).catch((left: unknown) => {
          log.warn('move.not-cleared', { error: String(left) });
        });
      const failure = signal.aborted ? null : failureOf(copyFailure(error, to));
      now.end(failure === null ? 'stopped' : 'failed', failure);
      log.info('move.ended', { code: failure?.code ?? 'CANCELLED', seconds: now.seconds() });
      goOn();
      onChange();
      return;
    }
    held.release?.();
    log.info('move.done', { bytes: now.doneBytes(), seconds: now.seconds() });
    onChange();
    options.onMoved(to);
  };

  const copyAll = async (to: string, now: MoveProgress, signal: AbortSignal): Promise<void> => {
    const [files, databases] = await Promise.all([ownFiles(from), databaseBytes(from)]);
    now.expect(files.reduce((sum, { bytes }) => sum + bytes, 0) + databases);
    const add = (bytes: number): void => {
      now.add(bytes);
      onChange();
    };
    const sharing = options.sharing ?? (await isOneDisk(from, to));
    await copyFiles({ from, to, files, sharing, onBytes: add, signal });
    let told = 0;
    const tell = (share: number): void => {
      const bytes = Math.round(share * databases);
      add(Math.max(0, bytes - told));
      told = Math.max(told, bytes);
    };
    await database.copyIndex(join(to, 'index.db'), tell, signal);
    tell(1);
  };

  /** In one turn of the event loop: no decision can come between its copy and the moment from which the copy counts. */
  const switchOver = (marker: Marker, to: string, now: MoveProgress): void => {
    const copy = join(to, 'library.db');
    database.copyLibrary(copy);
    requireSoundNow(copy);
    syncFolder(to);
    writeMarker(to, { ...marker, state: 'whole', bytes: now.doneBytes(), seconds: now.seconds() });
    writePointer(from, { to, id: marker.id });
    now.end('moved');
    try {
      database.seal();
    } catch (error) {
      // The copy counts already and must stand; the gate of the router holds decisions back, too.
      log.warn('move.not-sealed', { error: String(error) });
    }
  };

  return {
    plan,
    async start({ to, keep }: MoveRequest): Promise<void> {
      if (starting || progress?.running() === true || progress?.switched() === true)
        throw new Failure(
          'LIBRARY_MOVING',
          'The library is being moved already.',
          'Wait, or stop that move first.',
        );
      starting = true;
      try {
        const planned = await plan({ to, inside: false });
        requireRoom(planned);
        stop = new AbortController();
        progress = createMoveProgress(planned);
        ended = run(planned, keep, progress).catch((error: unknown) => {
          // Nothing in it is left to go wrong but what has no words yet.
          progress?.end('failed', failureOf(error));
          log.error('move.bug', { error: String(error) });
          onChange();
        });
      } finally {
        starting = false;
      }
      onChange();
    },
    /** Gives the move up; ends when nothing is written any more. Does nothing once it has switched. */
    async stop(): Promise<void> {
      stop.abort(new DOMException('The move was stopped.', 'AbortError'));
      await ended;
    },
    state: (): MoveState | null => progress?.said() ?? options.cameBy,
    running: (): boolean => starting || progress?.running() === true,
    switched: (): boolean => progress?.switched() === true,
  };
}

/** Makes the folder, clears what another try left, and takes it: two moves to one place would spoil each other. */
async function prepare(
  to: string,
  from: string,
  keep: boolean,
  onLocked: (release: () => void) => void,
): Promise<Marker> {
  if (isHalfCopy(to)) {
    const lock = takeLock(to, HOLDER);
    await clearCopy(to, () => lock.release());
  }
  const made = !existsSync(to);
  await mkdir(to, { recursive: true });
  const lock = takeLock(to, HOLDER);
  onLocked(() => lock.release());
  const marker: Marker = {
    ...{
      id: randomUUID(),
      from,
      state: 'copying',
      keep,
      made,
      before: readPointer(to),
      bytes: 0,
      seconds: 0,
    },
  };
  writeMarker(to, marker);
  // From here on the marker leads to where the library is; after the switch nothing may lead away from here.
  removePointer(to);
  return marker;
}
