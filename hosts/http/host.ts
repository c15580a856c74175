// Runs the HTTP host: the interface, bytes by item id and the contract, on loopback, for who has the token.
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../../contract/index.ts';
import type { Library } from '../../library/library.ts';
import { mediaRequest, replyToMedia, type MediaReply, type MediaSource } from '../media.ts';
import { createGuard, newToken, pathOf, type Guard } from './guard.ts';
import { safetyHeaders } from './headers.ts';
import { builtPageFolder, listPage, type Page } from './page.ts';
import { serveSocket } from './socket.ts';

/** The one address that is listened on. Nothing outside this machine reaches it. */
const LOOPBACK = '127.0.0.1';

export interface HostOptions {
  readonly library: Pick<Library, 'router' | 'media'>;
  /** 0: any free one. */
  readonly port: number;
  /** Where the built interface lies; left out: where the build puts it. */
  readonly pageFolder?: string;
}

export interface Host {
  /** With this start's token in it. */
  readonly url: string;
  /** False when the interface was not built: then only the contract and bytes are served. */
  readonly hasPage: boolean;
  /** Serves another library under the same address and token; null: none for a while, and pages wait for it. */
  exchange(library: HostOptions['library'] | null): void;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** @throws Failure INPUT_INVALID when the port cannot be had */
export async function startHost(options: HostOptions): Promise<Host> {
  const page = await listPage(options.pageFolder ?? builtPageFolder());
  const token = newToken();
  // Guard and headers need the port, which is known only once it is listened on.
  let answer = (_request: IncomingMessage, response: ServerResponse): void => void response.destroy();
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portFailure(options.port, error)));
    server.listen({ host: LOOPBACK, port: options.port, exclusive: true }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const guard = createGuard(port, token);
  const headers = safetyHeaders(guard.origins);
  answer = (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    void route(request, response, { guard, page, media: library });
  };
  let library: HostOptions['library'] | null = options.library;
  const socket = serveSocket(server, options.library.router, guard);
  return {
    url: `http://${LOOPBACK}:${port}/?token=${token}`,
    hasPage: page.size > 0,
    exchange(next) {
      library = next;
      socket.exchange(next?.router ?? null);
    },
    close: () =>
      new Promise((resolve) => {
        socket.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Served {
  readonly guard: Guard;
  readonly page: Page;
  /** Null while there is no library. */
  readonly media: MediaSource | null;
}

async function route(request: IncomingMessage, response: ServerResponse, served: Served): Promise<void> {
  try {
    const { method } = request;
    const refusal = served.guard.refusal(request);
    const path = pathOf(request.url ?? '');
    if (refusal !== null) sendText(response, 403, refusal);
    else if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      sendText(response, 405, 'Only reading is possible here.');
    } else if (path?.startsWith('/media/') === true) await sendMedia(request, response, served, path, method);
    else await sendPage(response, served.page, path, method);
  } catch {
    // The connection was lost while answering: nobody is left to tell.
    response.destroy();
  }
}

async function sendPage(
  response: ServerResponse,
  page: Page,
  path: string | null,
  method: string,
): Promise<void> {
  const file = path === null ? undefined : page.get(path);
  if (file === undefined) {
    if (page.size > 0 || path !== '/') sendText(response, 404, 'There is nothing here.');
    else sendText(response, 503, 'The interface is not built: run `npm run build`, or `npm start`.');
    return;
  }
  const bytes = await file.read();
  response.writeHead(200, {
    'Content-Type': file.type,
    'Content-Length': bytes.length,
    'Cache-Control': file.caching,
  });
  response.end(method === 'HEAD' ? undefined : bytes);
}

async function sendMedia(
  request: IncomingMessage,
  response: ServerResponse,
  { guard, media }: Served,
  path: string,
  method: 'GET' | 'HEAD',
): Promise<void> {
  const asked = mediaRequest(method, path, (name) => headerOf(request, name));
  if (!guard.hasToken(request) || asked === null) {
    if (guard.hasToken(request)) sendText(response, 404, 'There is no such item.');
    else sendText(response, 401, 'The token of this start is missing.');
    return;
  }
  if (media === null) {
    response.setHeader('Retry-After', '1');
    sendText(response, 503, 'The library is being opened.');
    return;
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await sendReply(response, await replyToMedia(media, asked, gone.signal), method);
}

async function sendReply(response: ServerResponse, reply: MediaReply, method: string): Promise<void> {
  response.writeHead(reply.status, reply.headers);
  if (reply.body === null || method === 'HEAD') response.end();
  else if (reply.body.kind === 'text') response.end(reply.body.text);
  else {
    const { path, start, end } = reply.body;
    const stream = createReadStream(path, { start, end });
    await pipeline(stream, response, { end: false });
    // A file that became shorter while it was sent: ending in order would pass for the whole.
    if (stream.bytesRead === end - start + 1) response.end();
    else response.destroy();
  }
}

function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

function sendText(response: ServerResponse, status: number, sentence: string): void {
  const bytes = Buffer.from(`${sentence}\n`);
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
  });
  response.end(response.req.method === 'HEAD' ? undefined : bytes);
}

function portFailure(port: number, error: NodeJS.ErrnoException): Failure {
  return new Failure(
    'INPUT_INVALID',
    `Port ${port} cannot be had: ${error.code === 'EADDRINUSE' ? 'something else listens on it' : error.message}.`,
    'Choose another with --port, or leave it out for any free one.',
    { cause: error },
  );
}
