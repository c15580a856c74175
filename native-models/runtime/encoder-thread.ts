// Runs on the answering thread: the handle of one worker thread that holds models.
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Failure } from '../../contract/index.ts';
import type { Opening, Reply, Request } from './messages.ts';
import { forbidTelemetry } from './no-telemetry.ts';

type WithoutId<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;

function stopped(detail: string): Failure {
  return new Failure('MODEL_FAILED', `The encoder stopped: ${detail}.`, 'Open the pack again.');
}

/** @throws AbortError when the signal has fired */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new DOMException('The work was cancelled.', 'AbortError');
}

/**
 * One worker thread. Requests are answered in order, one at a time; those that wait do so here, where
 * an AbortSignal still reaches them.
 */
export class EncoderThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();
  #nextId = 1;
  #dead: Failure | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | null = null;

  private constructor(opening: Opening) {
    const url = new URL(`./encoder-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
    forbidTelemetry();
    this.#worker = new Worker(url, { workerData: opening, name: opening.kind });
    this.#worker.on('message', (reply: Reply) => {
      this.#settle(reply);
    });
    this.#worker.on('error', (error) => {
      this.#die(stopped(error instanceof Error ? error.message : String(error)));
    });
    this.#worker.on('messageerror', (error) => {
      this.#die(stopped(error.message));
    });
    this.#worker.on('exit', (code) => {
      this.#die(stopped(`its thread ended with code ${String(code)}`));
    });
  }

  /**
   * Starts the thread and waits until its models are loaded.
   *
   * @throws Failure PACK_* or MODEL_FAILED when they cannot be
   */
  static async start(opening: Opening): Promise<EncoderThread> {
    const thread = new EncoderThread(opening);
    try {
      await thread.#expect(0); // the worker speaks first
    } catch (error) {
      await thread.#worker.terminate();
      throw error;
    }
    // A thread that nobody asks anything must not keep the process alive.
    thread.#worker.unref();
    return thread;
  }

  /**
   * Asks one thing and waits for the answer.
   *
   * @throws Failure MODEL_FAILED; AbortError when `signal` fires before its turn has come
   */
  request(request: WithoutId<Request>, signal?: AbortSignal): Promise<Reply> {
    const turn = this.#last.then(async () => {
      throwIfAborted(signal);
      if (this.#dead !== null) throw this.#dead;
      const id = this.#nextId++;
      const reply = this.#expect(id);
      this.#worker.ref();
      this.#worker.postMessage({ ...request, id });
      return reply.finally(() => {
        this.#worker.unref();
      });
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Lets the request in progress end, frees the models and ends the thread. Later requests fail. */
  close(): Promise<void> {
    this.#closing ??= this.request({ kind: 'close' })
      .catch(() => undefined)
      .then(async () => {
        this.#die(stopped('it was closed'));
        await this.#worker.terminate();
      });
    return this.#closing;
  }

  #expect(id: number): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
  }

  #settle(reply: Reply): void {
    const asked = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.kind === 'failed') asked?.reject(Failure.fromData(reply.failure));
    else asked?.resolve(reply);
  }

  #die(failure: Failure): void {
    this.#dead ??= failure;
    for (const { reject } of this.#waiting.values()) reject(this.#dead);
    this.#waiting.clear();
  }
}
