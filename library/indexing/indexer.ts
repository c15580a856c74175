// Runs on the engine's thread: works the durable queue off, several steps at a time, newest first.
import { setImmediate } from 'node:timers/promises';
import type { PackId, Progress, Settings } from '../../contract/index.ts';
import type { WaitingStep } from '../database/steps.ts';
import type { Clock } from '../ports.ts';
import type { StepContext } from './context.ts';
import { describe, refreshWords } from './describe.ts';
import { createEmbedder, type Embedder } from './embedder.ts';
import { forgetOrphans } from './forget.ts';
import { createGate } from './gate.ts';
import { identify } from './identify.ts';
import { embedKeyframes, keyframes, type OnWatched } from './keyframes.ts';
import { createLane } from './lane.ts';
import { createPace } from './pace.ts';
import { picture } from './picture.ts';
import { embedSentences } from './embed-sentences.ts';
import { subtitles } from './subtitles.ts';
import { transcribe } from './transcribe.ts';

/** Several batches of the largest encoder: enough that it never waits, little enough that memory stays flat. */
const PICTURES_IN_FLIGHT = 20;
/** While one film is sought in and opened, the other is decoded. */
const FILMS_AT_ONCE = 2;

export type Indexer = ReturnType<typeof createIndexer>;

/**
 * @param options.onChange - called often; something that faces may show is different now
 */
export function createIndexer(options: {
  context: StepContext;
  clock: Clock;
  onChange: (what: 'items' | 'errors' | 'packs' | 'progress') => void;
}) {
  const { context, clock, onChange } = options;
  const { database, pool, spaces, speech, log } = context;
  const pace = createPace(clock);
  const gate = createGate(() => turn());
  const idleWaiters = new Set<() => void>();
  const embedders = new Map<PackId, Embedder>();
  let decodingNow = 0;
  let running = false;
  let pausedFor: Progress['pausedFor'] = null;
  let discovering = 0;
  let settling = false;

  /** By step: how far films are watched and recordings heard, 0 to 1. */
  const within = new Map<number, number>();
  const noteWithin = ({ stepId }: WaitingStep, untilMs: number, durationMs: number): void => {
    within.set(stepId, Math.min(1, untilMs / Math.max(1, durationMs)));
    onChange('progress');
  };

  const embedderOf = (packId: PackId): Embedder => {
    let embedder = embedders.get(packId);
    if (embedder === undefined) {
      embedder = createEmbedder({ database, spaces, log }, packId, () => decodingNow > 0);
      embedders.set(packId, embedder);
    }
    return embedder;
  };
  const decoding = {
    begin(): void {
      decodingNow++;
    },
    end(): void {
      decodingNow--;
      if (decodingNow === 0) for (const embedder of embedders.values()) embedder.nudge();
    },
  };

  // Cheap steps have more room in the pool than decoding: names and dates can be searched first, while
  // the newest pictures already come.
  const identifying = createLane({
    gate,
    limit: pool.size * 3,
    take: (count, inFlight) => database.steps.next('identify', '', inFlight, count),
    run: (step, signal) =>
      guarded(step, async () => {
        if (!(await identify(context, step, signal)) && !signal.aborted) pace.finished();
      }),
    onTurn: () => turn(),
  });
  const describing = createLane({
    gate,
    limit: 8,
    take: (count, inFlight) => database.steps.next('describe', '', inFlight, count),
    run: (step, signal) => guarded(step, () => describe(context, step, signal)),
    onTurn: () => turn(),
  });
  const wording = createLane({
    gate,
    limit: 1,
    take: (count, inFlight) => database.steps.next('words', '', inFlight, count),
    run: (step) =>
      guarded(step, async () => {
        // A turn of the event loop between two, so that a search gets in.
        await setImmediate();
        refreshWords(context, step);
      }),
    onTurn: () => turn(),
  });
  const seeing = createLane({
    gate,
    limit: PICTURES_IN_FLIGHT,
    take: (count, inFlight) => nextPictures(count, inFlight),
    run: (step, signal) =>
      guarded(step, async () => {
        await picture(context, embedderOf, decoding, step, signal);
        if (!signal.aborted) pace.finished();
      }),
    onTurn: () => turn(),
  });
  const watching = createLane({
    gate,
    limit: FILMS_AT_ONCE,
    take: (count, inFlight) => {
      const films = database.steps.next('keyframes', '', inFlight, count);
      if (films.length > 0) return films;
      // A film is embedded by another pack once its keyframes are known.
      return spaces
        .packIds()
        .flatMap((packId) => database.steps.next('embed-keyframes', packId, inFlight, count));
    },
    run: (step, signal) =>
      guarded(step, async () => {
        const onWatched: OnWatched = (untilMs, durationMs) => noteWithin(step, untilMs, durationMs);
        if (step.name === 'keyframes') await keyframes(context, step, signal, onWatched);
        else await embedKeyframes(context, step, signal);
        within.delete(step.stepId);
        if (!signal.aborted) pace.finished();
      }),
    onTurn: () => turn(),
  });
  const reading = createLane({
    gate,
    limit: 2,
    take: (count, inFlight) => database.steps.next('subtitles', '', inFlight, count),
    run: (step, signal) => guarded(step, () => subtitles(context, step, signal)),
    onTurn: () => turn(),
  });
  const understanding = createLane({
    gate,
    limit: 1,
    take: (count, inFlight) =>
      spaces
        .packIds()
        .flatMap((packId) => database.steps.next('embed-sentences', packId, inFlight, count))
        .slice(0, count),
    run: (step, signal) => guarded(step, () => embedSentences(context, step, signal)),
    onTurn: () => turn(),
  });
  // One at a time: whisper.cpp uses all cores by itself.
  const hearing = createLane({
    gate,
    limit: 1,
    take: (count, inFlight) => {
      const packId = speech.activeId();
      return packId === null ? [] : database.steps.next('transcribe', packId, inFlight, count);
    },
    run: (step, signal) =>
      guarded(step, async () => {
        await transcribe(context, step, signal, (untilMs, durationMs) => {
          noteWithin(step, untilMs, durationMs);
          turn();
        });
        within.delete(step.stepId);
        if (!signal.aborted) pace.finished();
      }),
    onTurn: () => turn(),
  });
  const lanes = [identifying, describing, wording, seeing, watching, reading, understanding, hearing];

  const nextPictures = (count: number, inFlight: ReadonlySet<number>): WaitingStep[] => {
    for (const [name, scope] of [
      ['preview', ''],
      ...spaces.packIds().map((packId) => ['embed', packId] as const),
    ] as const) {
      const steps = database.steps.next(name, scope, inFlight, count);
      if (steps.length > 0) return steps;
    }
    return [];
  };

  const guarded = async (step: WaitingStep, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.error('step.bug', { step: step.name, error: String(error) });
      database.steps.fail(step.stepId, {
        code: 'INTERNAL',
        reason: 'Something failed inside Afterimage while it worked on this file.',
        remedy: 'Try again; if it stays, report it with the log.',
      });
    }
  };

  const busy = (): boolean => lanes.some((lane) => lane.busy());

  const turn = (): void => {
    onChange('progress');
    onChange('items');
    for (const lane of lanes) lane.wake();
    if (busy()) pace.begin();
    if (running && !busy() && discovering === 0 && gate.isOpen()) void settle();
  };

  /** Nothing is in flight: forget what is gone, switch packs if one is full, then tell who waits. */
  const settle = async (): Promise<void> => {
    if (settling) return;
    settling = true;
    try {
      if (forgetOrphans(context) > 0) onChange('items');
      if (await spaces.switchIfReady()) onChange('packs');
    } finally {
      settling = false;
    }
    for (const lane of lanes) lane.wake();
    if (busy() || discovering > 0) return;
    pace.reset();
    onChange('progress');
    onChange('errors');
    for (const resolve of idleWaiters) resolve();
    idleWaiters.clear();
  };

  const remaining = (): number =>
    (['identify', 'embed', 'keyframes', 'embed-keyframes', 'transcribe'] as const).reduce(
      (sum, name) => sum + database.steps.waiting(name),
      0,
    );

  return {
    start(): void {
      running = true;
      pausedFor = null;
      for (const lane of lanes) lane.resume();
      turn();
    },
    /** Cancels what is in flight; it stays in the queue. */
    async stop(why: Progress['pausedFor'] = null): Promise<void> {
      running = false;
      pausedFor = why;
      gate.close();
      const stopped = Promise.all(lanes.map((lane) => lane.stop()));
      for (const embedder of embedders.values()) embedder.drop();
      await stopped;
      onChange('progress');
    },
    setEffort: (effort: Settings['effort']): void => gate.set(effort),
    /** Someone searches: see {@link createGate}. */
    giveWay: (): void => gate.giveWay(),
    /** There is new work. */
    wake: turn,
    /** Files went away: forgets what lies in none any more. */
    forget: (): number => forgetOrphans(context),
    /** While a folder is looked through, an empty queue is not the end. */
    async whileDiscovering<T>(work: () => Promise<T>): Promise<T> {
      discovering += 1;
      onChange('progress');
      try {
        return await work();
      } finally {
        discovering -= 1;
        turn();
      }
    },
    /** Resolves when the queue is empty and everything is settled; rejects when `signal` fires. */
    idle: (signal?: AbortSignal): Promise<void> =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const abort = (): void => {
          idleWaiters.delete(done);
          reject(new DOMException('The work was cancelled.', 'AbortError'));
        };
        const done = (): void => {
          signal?.removeEventListener('abort', abort);
          resolve();
        };
        signal?.addEventListener('abort', abort, { once: true });
        idleWaiters.add(done);
        turn();
      }),
    running: (): boolean => running,
    progress(): Progress {
      const left = remaining();
      const rate = pace.rate();
      const parts = [...within.values()].reduce((sum, share) => sum + share, 0);
      const filling = spaces.fillingId();
      const fillingLeft = filling === null ? 0 : database.steps.waiting('embed', filling);
      return {
        phase: phaseOf(left),
        done: pace.done(),
        total: pace.done() + left,
        within: parts,
        rate,
        remainingMs: rate > 0 && left > parts ? ((left - parts) / rate) * 1000 : null,
        errors: database.steps.failedCount(),
        pausedFor,
        filling:
          filling === null
            ? null
            : { packId: filling, done: database.items.count() - fillingLeft, total: database.items.count() },
      };
    },
  };

  function phaseOf(left: number): Progress['phase'] {
    if (!running) return 'paused';
    if (discovering > 0) return 'discovering';
    if (left === 0 && !busy()) return 'idle';
    return identifying.busy() ? 'reading' : 'encoding';
  }
}
