// Runs in the page: the two ways to an engine, a MessagePort in the app and a WebSocket in a browser.
import type { ClientContext, ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { Bridge } from './bridge.ts';

/** A link that can be called now, and a promise that settles when it can be called no longer. */
export interface OpenLink {
  readonly link: ClientLink<ClientContext>;
  readonly closed: Promise<void>;
  close(): void;
}

/** Opens one link; rejects when there is nobody at the other end. */
export type Transport = () => Promise<OpenLink>;

/** A WebSocket to the host's `/rpc`, with the token of this start. */
export function socketTransport(address: string): Transport {
  return () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(address);
      socket.binaryType = 'arraybuffer';
      const closed = new Promise<void>((done) => {
        socket.addEventListener('close', () => {
          done();
        });
      });
      const link = new SocketLink({ websocket: socket });
      socket.addEventListener('open', () => {
        resolve({
          link,
          closed,
          close: () => {
            socket.close();
          },
        });
      });
      void closed.then(() => {
        reject(new Error('The engine does not answer.'));
      });
    });
}

/** How long main may take to hand over a port; starting the engine's process is part of it. */
const PORT_WAIT_MS = 15_000;

/** A MessagePort that main posts into this window after it was asked through the preload bridge. */
export function portTransport(bridge: Bridge): Transport {
  return async () => {
    const port = await new Promise<MessagePort>((resolve, reject) => {
      const give = (event: MessageEvent<unknown>) => {
        const data = event.data;
        const ours =
          typeof data === 'object' && data !== null && 'type' in data && data.type === 'afterimage:port';
        const [port] = event.ports;
        if (event.source !== window || !ours || port === undefined) return;
        stop();
        resolve(port);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error('The engine does not answer.'));
      }, PORT_WAIT_MS);
      const stop = () => {
        clearTimeout(timer);
        window.removeEventListener('message', give);
      };
      window.addEventListener('message', give);
      bridge.requestPort().catch((error: unknown) => {
        stop();
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
    const closed = new Promise<void>((done) => {
      port.addEventListener('close', () => {
        done();
      });
    });
    const link = new PortLink({ port });
    port.start();
    return {
      link,
      closed,
      close: () => {
        port.close();
      },
    };
  };
}
