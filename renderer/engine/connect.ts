// Runs in the page: one client for the engine that outlives the link under it.
import { createORPCClient } from '@orpc/client';
import type { ClientContext, ClientLink } from '@orpc/client';
import type { ContractClient } from '../../contract/contract.ts';
import { bridge } from './bridge.ts';
import type { OpenLink, Transport } from './transports.ts';
import { portTransport, socketTransport } from './transports.ts';

/** `attempt` counts failed tries since the link was last open. */
export type ConnectionState =
  | { readonly phase: 'connecting'; readonly attempt: number }
  | { readonly phase: 'open' }
  | { readonly phase: 'waiting'; readonly attempt: number; readonly retryAtMs: number };

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 8_000;

/**
 * Keeps a link to the engine open. Calls made while there is none wait for the next one (or for their
 * AbortSignal); calls that were under way when it broke fail and are for the caller to repeat.
 */
export class EngineConnection {
  readonly client: ContractClient;
  readonly #transport: Transport;
  readonly #listeners = new Set<() => void>();
  #state: ConnectionState = { phase: 'connecting', attempt: 0 };
  #open: OpenLink | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  constructor(transport: Transport) {
    this.#transport = transport;
    const link: ClientLink<ClientContext> = {
      call: async (path, input, options) => {
        const { link } = await this.#whenOpen(options.signal);
        return link.call(path, input, options);
      },
    };
    this.client = createORPCClient(link);
    void this.#connect(0);
  }

  readonly state = (): ConnectionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Tries at once instead of waiting for the back-off to pass. */
  readonly retryNow = (): void => {
    if (this.#state.phase !== 'waiting') return;
    clearTimeout(this.#timer);
    void this.#connect(this.#state.attempt);
  };

  close(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#open?.close();
  }

  async #connect(attempt: number): Promise<void> {
    this.#set({ phase: 'connecting', attempt });
    try {
      this.#open = await this.#transport();
    } catch {
      this.#later(attempt + 1);
      return;
    }
    this.#set({ phase: 'open' });
    await this.#open.closed;
    this.#open = null;
    this.#later(1);
  }

  #later(attempt: number): void {
    if (this.#ended) return;
    const waitMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1));
    this.#set({ phase: 'waiting', attempt, retryAtMs: Date.now() + waitMs });
    this.#timer = setTimeout(() => void this.#connect(attempt), waitMs);
  }

  #set(state: ConnectionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }

  async #whenOpen(signal?: AbortSignal): Promise<OpenLink> {
    signal?.throwIfAborted();
    if (this.#open) return this.#open;
    return new Promise((resolve, reject) => {
      const settle = () => {
        if (this.#open === null && signal?.aborted !== true) return;
        stop();
        signal?.removeEventListener('abort', settle);
        if (this.#open) resolve(this.#open);
        else reject(new DOMException('The call was cancelled.', 'AbortError'));
      };
      const stop = this.subscribe(settle);
      signal?.addEventListener('abort', settle);
    });
  }
}

/** The connection that fits where this page runs. @param token - of the host; unused in the app. */
export function connect(token: string): EngineConnection {
  const app = bridge();
  if (app) return new EngineConnection(portTransport(app));
  const address = new URL('./rpc', window.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.search = new URLSearchParams({ token }).toString();
  address.hash = '';
  return new EngineConnection(socketTransport(address.href));
}
