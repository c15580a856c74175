// Runs in the HTTP host: the contract over a WebSocket, for our own page with the token.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Library } from '../../library/library.ts';
import { contractErrors } from '../rpc.ts';
import { pathOf, type Guard } from './guard.ts';

/** The largest message: a dropped picture travels in one. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

export interface ServedSocket {
  /** Ends every connection and speaks to another library from now on; null: to none for a while. Pages come again. */
  exchange(router: Library['router'] | null): void;
  close(): void;
}

/** "Service restart" (RFC 6455, registry of close codes). */
const RESTART = 1012;
/** A page that does not answer to a goodbye is cut off. */
const GOODBYE_MS = 2_000;

/** Takes upgrades of `/rpc`; every other, and every one that the guard refuses, is answered and closed. */
export function serveSocket(server: Server, router: Library['router'], guard: Guard): ServedSocket {
  const handlerOf = (served: Library['router']) => new RPCHandler(served, contractErrors);
  let handler: ReturnType<typeof handlerOf> | null = handlerOf(router);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  sockets.on('connection', (socket: WebSocket) => {
    // A broken frame or a lost connection: the close that follows ends its calls.
    socket.on('error', () => socket.terminate());
    void handler?.upgrade(socket, { context: {} });
  });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const refused = refusalOf(request, guard) ?? (handler === null ? '503 Service Unavailable' : null);
    if (refused !== null) {
      stream.end(`HTTP/1.1 ${refused}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket, request));
  });
  return {
    exchange(next) {
      handler = next === null ? null : handlerOf(next);
      for (const socket of sockets.clients) {
        socket.close(RESTART);
        setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
      }
    },
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function refusalOf(request: IncomingMessage, guard: Guard): string | null {
  if (guard.refusal(request) !== null) return '403 Forbidden';
  if (pathOf(request.url ?? '') !== '/rpc') return '404 Not Found';
  return guard.hasToken(request) ? null : '401 Unauthorized';
}
