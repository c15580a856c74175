// Runs in Electron's main process: keeps the engine's utility process alive and connects faces to it.
import {
  EXIT_LIBRARY_AWAY,
  EXIT_LIBRARY_IN_USE,
  EXIT_LIBRARY_MOVED,
  type AwayNote,
  type MediaAnswer,
  type PortMessage,
} from '../contract/shell.ts';
import type { MessagePortMain, UtilityProcess } from 'electron';
import { MediaClient } from './media-client.ts';

const FIRST_RESTART_MS = 250;
const LAST_RESTART_MS = 8_000;
/** An engine that lived this long was well; the next crash starts counting anew. */
const WELL_AFTER_MS = 60_000;

/** What is used of Electron, and of time. */
export interface EngineParts {
  fork(): UtilityProcess;
  channel(): { readonly port1: MessagePortMain; readonly port2: MessagePortMain };
  nowMs(): number;
  after(ms: number, call: () => void): void;
  /** The library is open in another process; the engine stays down. */
  onInUse(): void;
  /** The library lies on a disk that is away, at `place` if that is known; the engine stays down until `again` is called. */
  onAway(place: string, again: () => void): void;
}

/** One engine at a time, started again after a crash, each time after twice the wait. */
export class EngineProcess {
  readonly #parts: EngineParts;
  #child: UtilityProcess | null = null;
  #media: MediaClient | null = null;
  #crashes = 0;
  #ended = false;
  #whenUp: (() => void)[] = [];

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#start();
  }

  /** A port to the engine that speaks the contract; waits while the engine is being started again. */
  async port(): Promise<MessagePortMain> {
    return this.#send(await this.#running(), 'port');
  }

  /** The client for the bytes of items; waits like {@link port}. */
  async media(): Promise<MediaClient> {
    const child = await this.#running();
    this.#media ??= this.#openMedia(child);
    return this.#media;
  }

  /** Ends the engine for good. */
  close(): void {
    this.#ended = true;
    this.#child?.kill();
  }

  #start(): void {
    if (this.#ended) return;
    const child = this.#parts.fork();
    const startedMs = this.#parts.nowMs();
    this.#child = child;
    let place = '';
    child.on('message', (message: Partial<AwayNote> | null) => {
      if (message?.type === 'away' && typeof message.place === 'string') place = message.place;
    });
    child.once('exit', (code) => {
      this.#child = null;
      this.#media = null;
      if (this.#ended) return;
      if (code === EXIT_LIBRARY_IN_USE) {
        this.#ended = true;
        this.#parts.onInUse();
        return;
      }
      if (code === EXIT_LIBRARY_AWAY) {
        this.#parts.onAway(place, () => {
          this.#start();
        });
        return;
      }
      if (code === EXIT_LIBRARY_MOVED) {
        // No crash: it opens the library where it lies now, and pages come to it as after one.
        this.#start();
        return;
      }
      if (this.#parts.nowMs() - startedMs >= WELL_AFTER_MS) this.#crashes = 0;
      const waitMs = Math.min(LAST_RESTART_MS, FIRST_RESTART_MS * 2 ** this.#crashes);
      this.#crashes += 1;
      this.#parts.after(waitMs, () => {
        this.#start();
      });
    });
    for (const tell of this.#whenUp.splice(0)) tell();
  }

  async #running(): Promise<UtilityProcess> {
    while (this.#child === null) await new Promise<void>((resolve) => this.#whenUp.push(resolve));
    return this.#child;
  }

  #send(child: UtilityProcess, type: PortMessage['type']): MessagePortMain {
    const { port1, port2 } = this.#parts.channel();
    child.postMessage({ type } satisfies PortMessage, [port2]);
    return port1;
  }

  #openMedia(child: UtilityProcess): MediaClient {
    const port = this.#send(child, 'media');
    const client = new MediaClient({
      post: (ask) => {
        port.postMessage(ask);
      },
      onAnswer: (listener) => {
        // The other end is our own process and the same build.
        port.on('message', (event) => {
          listener(event.data as MediaAnswer);
        });
      },
      onClose: (listener) => {
        port.on('close', listener);
      },
    });
    port.start();
    return client;
  }
}
