// Runs on the answering thread: fetches one file of a pack. The only module in the app that opens outside connections.
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, truncate, type FileHandle } from 'node:fs/promises';
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../contract/index.ts';
import { diskFull } from './disk.ts';
import { digestOf } from './pack-files.ts';

/** Ends the name of a file that is not whole yet. */
export const PART = '.part';

const MOST_REDIRECTS = 5;
/** Tries in a row that brought no byte; a try that brought some starts the count anew. */
const MOST_VAIN_TRIES = 5;
const FIRST_WAIT_MS = 500;
/** A connection on which nothing comes for this long is given up and made anew. */
const STALLED_MS = 30_000;

export interface FileOrder {
  readonly url: string;
  /** Absolute; until the file is whole and right it is `to` + {@link PART}. */
  readonly to: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** Names of hosts (with a port where it is not the scheme's own) that may be asked, redirects included. */
  readonly hosts: readonly string[];
  readonly signal: AbortSignal;
  /** How much of the file is there, again and again. */
  readonly onBytes: (bytes: number) => void;
  /** Only tests wait less. */
  readonly firstWaitMs?: number;
}

/** Proxies by HTTPS_PROXY, HTTP_PROXY and NO_PROXY, as Node's own agents read them (Node 24.5 and later). */
const proxied = { keepAlive: true, proxyEnv: process.env };
const agents = { 'https:': new HttpsAgent(proxied), 'http:': new HttpAgent(proxied) };

/** What another try may mend. */
class Interrupted extends Error {}

/**
 * Brings a file to its place: right, or not at all. What an earlier try left is gone on with; the digest is
 * taken while the bytes arrive, over those that were there too.
 *
 * @throws Failure PACK_HOST_REFUSED, PACK_DOWNLOAD_FAILED, PACK_FILE_DAMAGED, DISK_FULL; AbortError
 */
export async function fetchFile(order: FileOrder): Promise<void> {
  const { to, bytes, sha256, signal } = order;
  signal.throwIfAborted();
  await mkdir(dirname(to), { recursive: true });
  if (await isWhole(order)) return;
  const part = to + PART;
  let resumed = false;
  for (let vain = 0; ;) {
    const before = await sizeOf(part);
    resumed ||= before > 0;
    try {
      if ((await receive(order, part)) !== sha256) {
        await rm(part, { force: true });
        // The old part may have been the wrong one, a crash ago: once more, all of it.
        if (!resumed) throw wrongBytes(order);
        resumed = false;
        continue;
      }
      await rename(part, to);
      order.onBytes(bytes);
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Interrupted)) throw diskFull(error, 'The download stopped');
      vain = (await sizeOf(part)) > before ? 0 : vain + 1;
      if (vain >= MOST_VAIN_TRIES)
        throw new Failure(
          'PACK_DOWNLOAD_FAILED',
          `The download of ${nameOf(order.url)} stopped: ${error.message}.`,
          'Check the connection and install the pack again: what has arrived is kept.',
          { cause: error },
        );
      const waitMs = vain === 0 ? 0 : (order.firstWaitMs ?? FIRST_WAIT_MS) * 2 ** (vain - 1);
      await sleep(waitMs, undefined, { signal });
    }
  }
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

async function isWhole({ to, bytes, sha256, signal, onBytes }: FileOrder): Promise<boolean> {
  if ((await sizeOf(to)) === bytes && (await digestOf(to, signal)) === sha256) {
    onBytes(bytes);
    return true;
  }
  await rm(to, { force: true });
  return false;
}

/** One connection: appends to the part what comes, and answers with the digest of the whole. */
async function receive(order: FileOrder, part: string): Promise<string> {
  const { bytes, signal } = order;
  let have = await sizeOf(part);
  if (have > bytes) {
    await truncate(part, 0);
    have = 0;
  }
  const hash = createHash('sha256');
  if (have > 0) await readInto(hash, part, signal);
  if (have === bytes && bytes > 0) return hash.digest('hex');
  // Opened before anything is asked: from the first byte on somebody listens.
  const file = await open(part, 'a');
  try {
    const response = await ask(order, have);
    try {
      return await store(order, file, response, hash, have);
    } finally {
      response.destroy();
    }
  } finally {
    await file.close();
  }
}

async function readInto(hash: Hash, path: string, signal: AbortSignal): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal }))
    hash.update(chunk as Buffer);
}

async function store(
  order: FileOrder,
  file: FileHandle,
  response: IncomingMessage,
  earlier: Hash,
  have: number,
): Promise<string> {
  const chunks = chunksOf(response);
  let hash = earlier;
  let at = have;
  if (at > 0 && response.statusCode === 200) {
    // The server knows no ranges and sends everything.
    await file.truncate(0);
    hash = createHash('sha256');
    at = 0;
  }
  checkLength(order, response, at);
  for await (const chunk of chunks) {
    if (at + chunk.length > order.bytes) {
      await file.truncate(0);
      throw new Failure(
        'PACK_FILE_DAMAGED',
        `${nameOf(order.url)} is longer at the server than the ${order.bytes} bytes that the manifest lists.`,
        'It was thrown away. Try again later, or another mirror.',
      );
    }
    await writeAll(file, chunk, at);
    hash.update(chunk);
    at += chunk.length;
    order.onBytes(at);
  }
  if (at < order.bytes) throw new Interrupted('the server ended before the end of the file');
  await file.sync();
  return hash.digest('hex');
}

/** All of a chunk or nothing of it: a disk that fills up takes a part of a write. */
async function writeAll(file: FileHandle, chunk: Buffer, at: number): Promise<void> {
  try {
    for (let done = 0; done < chunk.length;) done += (await file.write(chunk, done)).bytesWritten;
  } catch (error) {
    await file.truncate(at).catch(() => undefined);
    throw error;
  }
}

/** Chunks that wait to be written before the server is asked to wait. */
const MOST_WAITING = 32;

/** As iterating the response, but what had come before the connection broke is given before that is said. */
function chunksOf(response: IncomingMessage): AsyncGenerator<Buffer> {
  const waiting: Buffer[] = [];
  const end: { reached: boolean; error: Error | null } = { reached: false, error: null };
  let wake: () => void = () => undefined;
  response.on('data', (chunk: Buffer) => {
    waiting.push(chunk);
    if (waiting.length >= MOST_WAITING) response.pause();
    wake();
  });
  response.on('error', (error) => {
    end.error = error;
    wake();
  });
  response.on('close', () => {
    end.reached = true;
    wake();
  });
  const give = async function* (): AsyncGenerator<Buffer> {
    while (true) {
      const chunk = waiting.shift();
      if (chunk !== undefined) {
        yield chunk;
        if (waiting.length === 0) response.resume();
      } else if (end.error !== null)
        throw new Interrupted(`the connection broke (${codeOf(end.error)})`, { cause: end.error });
      else if (end.reached) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  };
  return give();
}

/** What the server says of the length must fit, before a byte of it is written. */
function checkLength(order: FileOrder, response: IncomingMessage, have: number): void {
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers['content-range'] ?? '');
  if (response.statusCode === 206 && Number(range?.[1]) !== have)
    throw new Interrupted('the server sent another part than was asked for');
  const sent = response.headers['content-length'];
  const total =
    response.statusCode === 206
      ? range?.[2] === '*'
        ? null
        : Number(range?.[2])
      : sent === undefined
        ? null
        : Number(sent);
  if (total !== null && total !== order.bytes)
    throw new Failure(
      'PACK_FILE_DAMAGED',
      `The server offers ${total} bytes of ${nameOf(order.url)}; the manifest lists ${order.bytes}.`,
      'Nothing of it was taken. Try again later, or another mirror.',
    );
}

/** Asks for the rest of the file, over redirects, each to a named host. */
async function ask(order: FileOrder, have: number): Promise<IncomingMessage> {
  let url = new URL(order.url);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    checkHost(url, order.hosts);
    const response = await send(url, have, order.signal);
    const { statusCode: status = 0, headers } = response;
    if (status === 200 || status === 206) return response;
    response.destroy();
    if (status >= 300 && status < 400 && headers.location !== undefined) {
      url = new URL(headers.location, url);
      continue;
    }
    if (status === 416) {
      await truncate(order.to + PART, 0);
      throw new Interrupted('the server does not know the part that was asked for');
    }
    if (status === 408 || status === 425 || status === 429 || status >= 500)
      throw new Interrupted(`the server answered ${status}`);
    throw new Failure(
      'PACK_DOWNLOAD_FAILED',
      `${url.host} does not give ${nameOf(order.url)} (it answered ${status}).`,
      'Try again later, or name a mirror.',
    );
  }
  throw new Failure(
    'PACK_DOWNLOAD_FAILED',
    `${nameOf(order.url)} leads from one address to the next without end.`,
    'Try again later, or name a mirror.',
  );
}

/** Only named hosts; plain HTTP only to this machine itself. */
function checkHost(url: URL, hosts: readonly string[]): void {
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
  if (secure && hosts.includes(url.host)) return;
  throw new Failure(
    'PACK_HOST_REFUSED',
    secure
      ? `The download leads to ${url.host}, a host that the pack's manifest does not name.`
      : `The download leads to ${url.protocol}//${url.host}, which is not a secure address.`,
    'Nothing was asked of it. Choose another mirror, or import the pack from a folder.',
  );
}

function send(url: URL, have: number, signal: AbortSignal): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const asked = (secure ? httpsRequest : httpRequest)(url, {
      agent: agents[secure ? 'https:' : 'http:'],
      signal,
      timeout: STALLED_MS,
      headers: {
        'user-agent': 'Afterimage',
        'accept-encoding': 'identity',
        ...(have > 0 ? { range: `bytes=${have}-` } : {}),
      },
    });
    asked.on('timeout', () => asked.destroy(new Interrupted('nothing came for a while')));
    asked.on('response', resolve);
    asked.on('error', (error) => {
      if (signal.aborted || error instanceof Interrupted) reject(error);
      else reject(new Interrupted(`${url.host} cannot be reached (${codeOf(error)})`, { cause: error }));
    });
    asked.end();
  });
}

const codeOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error));

const nameOf = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? url;

const wrongBytes = (order: FileOrder): Failure =>
  new Failure(
    'PACK_FILE_DAMAGED',
    `${nameOf(order.url)} arrived with another content than the manifest lists.`,
    'It was thrown away. Try again later, or another mirror.',
  );
