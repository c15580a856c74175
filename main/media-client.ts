// Runs in Electron's main process: asks the engine for the bytes of an item and hands them on as a stream.
import type { MediaAnswer, MediaAsk } from '../contract/shell.ts';

/** What is used of a port; Electron's and Node's differ in how they tell of a message. */
export interface AskingPort {
  post(ask: MediaAsk): void;
  onAnswer(listener: (answer: MediaAnswer) => void): void;
  onClose(listener: () => void): void;
}

type Waiter = { resolve(answer: MediaAnswer): void; reject(error: Error): void };

/** Main's end of a media port. An exchange has one question on its way at a time. */
export class MediaClient {
  readonly #port: AskingPort;
  readonly #waiting = new Map<number, Waiter>();
  #lastId = 0;
  #closed = false;

  constructor(port: AskingPort) {
    this.#port = port;
    port.onAnswer((answer) => {
      const waiter = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.type === 'failed') waiter?.reject(new Error(answer.reason));
      else waiter?.resolve(answer);
    });
    port.onClose(() => {
      this.#closed = true;
      for (const waiter of this.#waiting.values()) waiter.reject(new Error('The engine has ended.'));
      this.#waiting.clear();
    });
  }

  /**
   * The answer to a request for `path` (`preview/12`), with a body that is fetched as it is read.
   *
   * @param signal - ends the exchange, also while its body is being read
   * @throws Error when the engine ends or fails before it answers
   */
  async fetch(
    path: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Response> {
    signal.throwIfAborted();
    const id = ++this.#lastId;
    const close = (): void => {
      this.#waiting.get(id)?.reject(new DOMException('The request was cancelled.', 'AbortError'));
      this.#waiting.delete(id);
      if (!this.#closed) this.#port.post({ type: 'close', id });
    };
    signal.addEventListener('abort', close, { once: true });
    const head = await this.#ask({ type: 'open', id, path, headers });
    if (head.type !== 'head') throw new Error(`The engine answered ${head.type} to a request for media.`);
    const body = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const answer = await this.#ask({ type: 'more', id });
          if (answer.type === 'bytes') {
            controller.enqueue(answer.bytes);
            return;
          }
          signal.removeEventListener('abort', close);
          controller.close();
        },
        cancel: close,
      },
      { highWaterMark: 0 },
    );
    // 204 and 304 have no body, and Response refuses one; their exchange ends here.
    const bodiless = head.status === 204 || head.status === 304;
    if (bodiless) close();
    return new Response(bodiless ? null : body, { status: head.status, headers: head.headers });
  }

  /** Absolute path of an item's file, as the engine knows it; null when there is no such item. */
  async locate(itemId: number): Promise<string | null> {
    const answer = await this.#ask({ type: 'locate', id: ++this.#lastId, itemId });
    return answer.type === 'located' ? answer.path : null;
  }

  async #ask(ask: MediaAsk): Promise<MediaAnswer> {
    if (this.#closed) throw new Error('The engine has ended.');
    return new Promise((resolve, reject) => {
      this.#waiting.set(ask.id, { resolve, reject });
      this.#port.post(ask);
    });
  }
}
