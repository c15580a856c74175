// Runs beside the engine: hands decode jobs to worker threads, one at a time each, and replaces those that hang or die.
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Failure } from '../../contract/index.ts';
import type { Log } from '../ports.ts';
import type { DecodeReply, DecodeRequest, DecodeResult, WorkerSetup } from './decode-messages.ts';
import type { DecodedPicture, DecodePool, Identity } from './job.ts';
import { damaged } from './media-failures.ts';

export interface DecodePoolOptions {
  /** Worker threads; each decodes one picture at a time. */
  readonly workers: number;
  /** How long a job may go without a sign of progress. Default 60 s. */
  readonly timeoutMs?: number;
  /** Pictures with more are refused before they are decoded. Default 300 million. */
  readonly maxPixels?: number;
  readonly log: Log;
  /** What the threads run; another only in tests of hanging and dying threads. */
  readonly workerUrl?: URL;
}

const TIMEOUT_MS = 60_000;
const MAX_PIXELS = 300_000_000;
/** JavaScript's own heap; pixels lie outside it and are bounded by maxPixels. */
const HEAP_MB = 512;

const entry = import.meta.url;
const WORKER_URL = new URL(`./decode-worker${extname(fileURLToPath(entry))}`, entry);

/** What is to be done, without the number that the pool gives it. */
type Task = DecodeRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

interface Waiting {
  readonly request: DecodeRequest;
  readonly resolve: (value: DecodeResult) => void;
  readonly reject: (error: unknown) => void;
  /** Takes the listener off the signal. */
  readonly release: () => void;
}

interface Slot {
  readonly worker: Worker;
  readonly givenUp: Int32Array;
  /** Null when idle; the job stays here until the worker answers, also when nobody waits any more. */
  job: Waiting | null;
  timer: NodeJS.Timeout | null;
}

const aborted = (signal: AbortSignal | undefined): Error =>
  signal?.reason instanceof Error && signal.reason.name === 'AbortError'
    ? signal.reason
    : new DOMException('The decoding was cancelled.', 'AbortError');

/** Starts no thread before the first job. Close it, or its threads keep the process alive no longer than its jobs. */
export function createDecodePool(options: DecodePoolOptions): DecodePool {
  return new ThreadDecodePool(options);
}

class ThreadDecodePool implements DecodePool {
  readonly size: number;
  readonly #timeoutMs: number;
  readonly #maxPixels: number;
  readonly #log: Log;
  readonly #workerUrl: URL;
  readonly #slots: Slot[] = [];
  readonly #queue: Waiting[] = [];
  readonly #ending = new Set<Promise<unknown>>();
  #nextId = 1;
  #closed = false;

  constructor(options: DecodePoolOptions) {
    this.size = Math.max(1, Math.floor(options.workers));
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#maxPixels = options.maxPixels ?? MAX_PIXELS;
    this.#log = options.log;
    this.#workerUrl = options.workerUrl ?? WORKER_URL;
  }

  async identify(path: string, signal?: AbortSignal): Promise<Identity> {
    return (await this.#run({ kind: 'identify', path }, signal)) as Identity;
  }

  async decode(job: Parameters<DecodePool['decode']>[0], signal?: AbortSignal): Promise<DecodedPicture> {
    return (await this.#run({ kind: 'decode', job }, signal)) as DecodedPicture;
  }

  async decodeBytes(
    bytes: Uint8Array,
    inputs: Parameters<DecodePool['decodeBytes']>[1],
    signal?: AbortSignal,
  ): Promise<DecodedPicture> {
    return (await this.#run({ kind: 'decodeBytes', bytes, inputs }, signal)) as DecodedPicture;
  }

  async render(job: Parameters<DecodePool['render']>[0], signal?: AbortSignal): Promise<void> {
    await this.#run({ kind: 'render', job }, signal);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#queue.splice(0)) this.#settle(waiting, aborted(undefined));
    for (const slot of this.#slots.splice(0)) {
      if (slot.job !== null) this.#settle(slot.job, aborted(undefined));
      this.#end(slot);
    }
    await Promise.all(this.#ending);
  }

  #run(task: Task, signal?: AbortSignal): Promise<DecodeResult> {
    return new Promise<DecodeResult>((resolve, reject) => {
      if (signal?.aborted === true || this.#closed) {
        reject(aborted(signal));
        return;
      }
      const request: DecodeRequest = { ...task, id: this.#nextId };
      // Kept inside 31 bits, since the workers see it through an Int32Array.
      this.#nextId = (this.#nextId % 0x7fff_fff0) + 1;
      const onAbort = (): void => {
        this.#giveUp(waiting, signal);
      };
      const release = (): void => signal?.removeEventListener('abort', onAbort);
      const waiting: Waiting = { request, resolve, reject, release };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#queue.push(waiting);
      this.#next();
    });
  }

  #giveUp(waiting: Waiting, signal: AbortSignal | undefined): void {
    const at = this.#queue.indexOf(waiting);
    if (at >= 0) this.#queue.splice(at, 1);
    const running = this.#slots.find((slot) => slot.job === waiting);
    if (running !== undefined) Atomics.store(running.givenUp, 0, waiting.request.id);
    this.#settle(waiting, aborted(signal));
  }

  #settle(waiting: Waiting, error: unknown): void {
    waiting.release();
    waiting.reject(error);
  }

  /** Gives waiting jobs to idle workers, starting workers up to the size. */
  #next(): void {
    while (this.#queue.length > 0 && !this.#closed) {
      const idle =
        this.#slots.find((slot) => slot.job === null) ??
        (this.#slots.length < this.size ? this.#start() : undefined);
      const waiting = idle === undefined ? undefined : this.#queue.shift();
      if (idle === undefined || waiting === undefined) return;
      idle.job = waiting;
      idle.worker.ref();
      this.#watch(idle);
      idle.worker.postMessage(waiting.request);
    }
  }

  #start(): Slot {
    const givenUp = new Int32Array(new SharedArrayBuffer(4));
    const setup: WorkerSetup = { limits: { maxPixels: this.#maxPixels }, givenUp };
    const worker = new Worker(this.#workerUrl, {
      workerData: setup,
      name: 'decode',
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      // Decoders in WebAssembly print; the process' own output belongs to others.
      stdout: true,
      stderr: true,
    });
    worker.stdout.resume();
    worker.stderr.resume();
    const slot: Slot = { worker, givenUp, job: null, timer: null };
    worker.on('message', (reply: DecodeReply) => {
      this.#answered(slot, reply);
    });
    worker.on('error', (error: unknown) => {
      this.#died(slot, error);
    });
    worker.on('exit', (code: number) => {
      this.#died(slot, new Error(`the decode worker ended with ${String(code)}`));
    });
    this.#slots.push(slot);
    return slot;
  }

  #watch(slot: Slot): void {
    if (slot.timer !== null) clearTimeout(slot.timer);
    slot.timer = setTimeout(() => {
      this.#hung(slot);
    }, this.#timeoutMs);
  }

  #answered(slot: Slot, reply: DecodeReply): void {
    const { job } = slot;
    if (job?.request.id !== reply.id) return;
    if (reply.is === 'alive') {
      this.#watch(slot);
      return;
    }
    if (slot.timer !== null) clearTimeout(slot.timer);
    slot.job = null;
    // An idle worker must not keep the process alive.
    slot.worker.unref();
    job.release();
    if (reply.is === 'done') job.resolve(reply.value);
    else if (reply.failure.code === 'CANCELLED') job.reject(aborted(undefined));
    else job.reject(Failure.fromData(reply.failure));
    this.#next();
  }

  #hung(slot: Slot): void {
    const seconds = String(Math.round(this.#timeoutMs / 100) / 10);
    this.#drop(
      slot,
      new Failure(
        'MEDIA_TIMED_OUT',
        `Reading the file took longer than ${seconds} seconds and was given up.`,
        'Try again when the machine is less busy; if it stays, the file may be damaged.',
      ),
    );
  }

  #died(slot: Slot, error: unknown): void {
    if (this.#slots.includes(slot)) this.#drop(slot, damaged('its decoder failed', error), error);
  }

  /** Replaces a worker: its job fails, the next job starts another. */
  #drop(slot: Slot, failure: Failure, cause?: unknown): void {
    const at = this.#slots.indexOf(slot);
    if (at < 0) return;
    this.#slots.splice(at, 1);
    this.#log.warn('decode worker replaced', {
      code: failure.code,
      job: slot.job?.request.kind,
      ...(cause instanceof Error ? { cause: cause.message } : {}),
    });
    if (slot.job !== null) this.#settle(slot.job, failure);
    this.#end(slot);
    this.#next();
  }

  #end(slot: Slot): void {
    if (slot.timer !== null) clearTimeout(slot.timer);
    slot.job = null;
    const ending = slot.worker.terminate().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }
}
