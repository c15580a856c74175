// Runs in tests: a server on loopback that gives files the way that bad networks and bad servers do.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RoughServer {
  readonly origin: string;
  /** Path to content. */
  readonly files: Map<string, Buffer>;
  /** Drops the connection each time a tenth more of the file was sent. */
  dropsEachTenth: boolean;
  /** Says this much more than it has; less when negative. */
  lengthLie: number;
  /** Sends this many bytes more than the file has, and no length. */
  surplus: number;
  ignoresRanges: boolean;
  /** Sends other bytes of the same length. */
  sendsWrongBytes: boolean;
  /** Sends everybody there. */
  redirect: string | null;
  status: number | null;
  /** Bytes at a time, with a pause in milliseconds between; null: all at once. */
  pace: { readonly bytes: number; readonly pauseMs: number } | null;
  readonly requests: { readonly path: string; readonly range: string | null }[];
  close(): Promise<void>;
}

export async function startRoughServer(): Promise<RoughServer> {
  const http = createServer((request, response) => void answer(rough, request, response));
  const rough: RoughServer = {
    origin: '',
    files: new Map(),
    dropsEachTenth: false,
    lengthLie: 0,
    surplus: 0,
    ignoresRanges: false,
    sendsWrongBytes: false,
    redirect: null,
    status: null,
    pace: null,
    requests: [],
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return Object.assign(rough, { origin: `http://127.0.0.1:${String((http.address() as AddressInfo).port)}` });
}

async function answer(rough: RoughServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://a').pathname);
  rough.requests.push({ path, range: request.headers.range ?? null });
  if (rough.redirect !== null) return void response.writeHead(302, { location: rough.redirect + path }).end();
  const file = rough.files.get(path);
  const status = rough.status ?? (file === undefined ? 404 : null);
  if (status !== null || file === undefined) return void response.writeHead(status ?? 404).end();
  const content = rough.sendsWrongBytes ? Buffer.alloc(file.length, 7) : file;
  const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
  const from = asked !== null && !rough.ignoresRanges ? Number(asked[1]) : 0;
  const body = Buffer.concat([content.subarray(from), Buffer.alloc(rough.surplus)]);
  const total = content.length + rough.lengthLie;
  response.writeHead(from > 0 ? 206 : 200, {
    ...(rough.surplus > 0 ? {} : { 'content-length': body.length + rough.lengthLie }),
    ...(from > 0 ? { 'content-range': `bytes ${String(from)}-${String(total - 1)}/${String(total)}` } : {}),
  });
  const tenth = Math.ceil(content.length / 10);
  const until = rough.dropsEachTenth ? Math.min(body.length, tenth) : body.length;
  const step = rough.pace?.bytes ?? until;
  for (let at = 0; at < until; at += step) {
    if (response.destroyed) return;
    await new Promise<void>((resolve) =>
      response.write(body.subarray(at, Math.min(until, at + step)), () => resolve()),
    );
    if (rough.pace !== null) await new Promise((resolve) => setTimeout(resolve, rough.pace?.pauseMs));
  }
  // An end and no reset, which would also take what is still on its way.
  if (until < body.length) response.socket?.end();
  else response.end();
}
