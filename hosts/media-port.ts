// Runs in the utility process: gives main the bytes of items over a port, a piece at a time as main takes them.
import type { MediaAnswer, MediaAsk } from '../contract/shell.ts';

/** What is used of a port; Electron's and Node's differ in how they tell of a message. */
export interface AnsweringPort {
  post(answer: MediaAnswer): void;
  onAsk(listener: (ask: MediaAsk) => void): void;
  onClose(listener: () => void): void;
}

export interface MediaSource {
  /** The one function that serves media: `GET /media/<path>` with range and condition headers. */
  serve(request: Request): Promise<Response>;
  /** Absolute path of the file shown for an item, or null. */
  locate(itemId: number): Promise<string | null>;
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** Answers every exchange on `port` until it closes. A body is read no faster than main asks for more. */
export function answerMedia(port: AnsweringPort, source: MediaSource): void {
  const open = new Map<number, { readonly cancel: AbortController; reader: Reader | null }>();

  const fail = (id: number, error: unknown): void => {
    open.delete(id);
    port.post({ type: 'failed', id, reason: error instanceof Error ? error.message : String(error) });
  };

  const start = async (ask: Extract<MediaAsk, { type: 'open' }>): Promise<void> => {
    const exchange = { cancel: new AbortController(), reader: null as Reader | null };
    open.set(ask.id, exchange);
    // The address only carries the path to the one serving function; nothing listens there.
    const address = new URL(`http://media.invalid/media/${ask.path}`);
    const request = new Request(address, { headers: ask.headers, signal: exchange.cancel.signal });
    const response = await source.serve(request);
    if (exchange.cancel.signal.aborted) {
      await response.body?.cancel();
      return;
    }
    exchange.reader = response.body?.getReader() ?? null;
    const headers = Object.fromEntries(response.headers);
    port.post({ type: 'head', id: ask.id, status: response.status, headers });
  };

  const more = async (id: number): Promise<void> => {
    const piece = await open.get(id)?.reader?.read();
    if (piece?.done === false) {
      port.post({ type: 'bytes', id, bytes: piece.value });
    } else {
      open.delete(id);
      port.post({ type: 'end', id });
    }
  };

  const close = async (id: number): Promise<void> => {
    const exchange = open.get(id);
    open.delete(id);
    exchange?.cancel.abort();
    await exchange?.reader?.cancel();
  };

  const answer = async (ask: MediaAsk): Promise<void> => {
    switch (ask.type) {
      case 'open':
        return start(ask);
      case 'more':
        return more(ask.id);
      case 'close':
        return close(ask.id);
      case 'locate':
        port.post({ type: 'located', id: ask.id, path: await source.locate(ask.itemId) });
    }
  };

  port.onAsk((ask) => {
    answer(ask).catch((error: unknown) => {
      if (ask.type !== 'close') fail(ask.id, error);
    });
  });
  port.onClose(() => {
    for (const id of [...open.keys()]) void close(id).catch(() => undefined);
  });
}
