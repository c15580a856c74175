// Runs under Vitest: the HTTP host on a real port, asked as browsers, foreign pages and intruders would.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { implement } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { contract, Failure, type Contract } from '../../contract/index.ts';
import { failureFrom } from '../failures.ts';
import { startHost, type Host, type HostOptions } from './host.ts';

const asked = implement(contract);
let cancelled = 0;
/** Three procedures over the real contract: what is under test here is the way to them. */
const router = {
  status: asked.status.handler(() => {
    throw new Failure('LIBRARY_DAMAGED', 'The index cannot be read.', 'Delete index.db.');
  }),
  roots: {
    remove: asked.roots.remove.handler(({ input }) => ({ removed: input.rootId })),
  },
  search: {
    find: asked.search.find.handler(async ({ input }) => {
      const [image] = input.images;
      const bytes = image?.source === 'bytes' ? new Uint8Array(await image.data.arrayBuffer()) : [];
      throw new Failure('QUERY_IMAGE_UNREADABLE', `${String(bytes.length)} bytes`);
    }),
  },
  indexing: {
    progress: asked.indexing.progress.handler(async function* ({ signal }) {
      yield {
        phase: 'idle',
        pausedFor: null,
        done: 0,
        total: 0,
        within: 0,
        rate: 0,
        remainingMs: null,
        errors: 0,
        filling: null,
      } as const;
      await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
      cancelled++;
    }),
  },
};

let folder = '';
let host: Host;
let origin = '';
let token = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterimage-host-'));
  const page = join(folder, 'page');
  await mkdir(join(page, 'assets'), { recursive: true });
  await writeFile(join(page, 'index.html'), '<!doctype html><title>Afterimage</title>');
  await writeFile(join(page, 'assets', 'index-1.js'), 'export {}');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await symlink(join(folder, 'secret.txt'), join(page, 'link.txt'));
  await writeFile(join(folder, 'a.webp'), 'abcdefghij');
  const media: HostOptions['library']['media'] = async (itemId) => {
    if (itemId !== 7) throw new Failure('ITEM_UNKNOWN', 'There is no such item.');
    return { path: join(folder, 'a.webp'), mediaType: 'image/webp' };
  };
  const library = { router: router as unknown as HostOptions['library']['router'], media };
  host = await startHost({ library, port: 0, pageFolder: page });
  const url = new URL(host.url);
  origin = url.origin;
  token = url.searchParams.get('token') ?? '';
});
afterAll(async () => {
  await host.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
/** Sends a target exactly as written; fetch would tidy it up first. */
const ask = (target: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const sent = httpRequest({ hostname, port, path: target, method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (body += part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    sent.once('error', reject);
    sent.end();
  });
const media = (form = 'full', id = '7'): string => `/media/${form}/${id}?token=${token}`;

describe('the page', () => {
  test('is served with everything forbidden that it does not need', async () => {
    const { status, headers, body } = await ask('/?token=whatever');
    expect(status).toBe(200);
    expect(body).toContain('Afterimage');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  test('keeps what is named by its content, and asks again for the rest', async () => {
    expect((await ask('/assets/index-1.js')).headers['cache-control']).toContain('immutable');
    expect((await ask('/')).headers['cache-control']).toBe('no-cache');
  });

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%5csecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '//secret.txt',
    '/link.txt',
    '/index.html%00.txt',
    '/%',
    '/assets',
    'http://127.0.0.1/../secret.txt',
  ])('has nothing at %s', async (target) => {
    const { status, body } = await ask(target);
    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });

  test('can only be read', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await ask('/', {}, method)).status).toBe(405);
    expect(await ask('/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });
});

describe('who may ask', () => {
  test.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1',
    'localhost:1',
    '127.0.0.1.evil.example',
    '[::1]',
  ])('a request that names the host %s is refused', async (name) => {
    expect((await ask('/', { host: name })).status).toBe(403);
    expect((await ask(media(), { host: name })).status).toBe(403);
  });

  test('another site is refused, even with the token', async () => {
    for (const foreign of [
      'https://evil.example',
      'null',
      'http://127.0.0.1:1',
      origin.replace('http', 'https'),
    ])
      expect((await ask(media(), { origin: foreign })).status).toBe(403);
    expect((await ask(media(), { origin })).status).toBe(200);
  });

  test('bytes are given with the token only', async () => {
    expect((await ask('/media/full/7')).status).toBe(401);
    expect((await ask('/media/full/7?token=')).status).toBe(401);
    expect((await ask(`/media/full/7?token=${token.slice(1)}`)).status).toBe(401);
    expect((await ask('/media/full/7', { cookie: `token=${token}` })).status).toBe(401);
    expect((await ask('/media/full/7', { authorization: `Bearer ${token}` })).status).toBe(200);
  });

  test('the token has 32 bytes and is another at each start', async () => {
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const library = {
      router: router as unknown as HostOptions['library']['router'],
      media: () => Promise.reject(new Error()),
    };
    const other = await startHost({ library, port: 0, pageFolder: join(folder, 'none') });
    expect(new URL(other.url).searchParams.get('token')).not.toBe(token);
    expect(other.hasPage).toBe(false);
    await other.close();
  });

  test('a port that is taken is refused in words', async () => {
    const library = {
      router: router as unknown as HostOptions['library']['router'],
      media: () => Promise.reject(new Error()),
    };
    const port = Number(new URL(origin).port);
    await expect(startHost({ library, port })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  test('it listens on loopback alone', () => {
    expect(new URL(origin).hostname).toBe('127.0.0.1');
  });
});

describe('bytes', () => {
  test('come whole, in part, and not again', async () => {
    const whole = await ask(media());
    expect(whole).toMatchObject({ status: 200, body: 'abcdefghij' });
    expect(whole.headers['content-security-policy']).toContain('sandbox');
    expect(whole.headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(await ask(media(), { range: 'bytes=3-5' })).toMatchObject({ status: 206, body: 'def' });
    expect((await ask(media(), { range: 'bytes=50-' })).status).toBe(416);
    expect((await ask(media(), { 'if-none-match': whole.headers.etag ?? '' })).status).toBe(304);
    const head = await ask(media('preview'), {}, 'HEAD');
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head.headers['content-length']).toBe('10');
  });

  test('are 404 for what is no item', async () => {
    expect((await ask(media('full', '8'))).status).toBe(404);
    expect((await ask(media('full', '..%2f7'))).status).toBe(404);
    expect((await ask(media('other', '7'))).status).toBe(404);
  });
});

describe('the socket', () => {
  const open = (target: string, headers: Record<string, string> = {}): WebSocket =>
    new WebSocket(origin.replace('http', 'ws') + target, { headers });
  const refusal = (socket: WebSocket): Promise<number> =>
    new Promise((resolve, reject) => {
      socket.on('error', () => undefined);
      socket.once('unexpected-response', (_, response) => {
        resolve(response.statusCode ?? 0);
        socket.terminate();
      });
      socket.once('open', () => reject(new Error('It was let in.')));
    });

  test('is refused to foreign pages, foreign names and whoever lacks the token', async () => {
    const good = `/rpc?token=${token}`;
    expect(await refusal(open(good, { origin: 'https://evil.example' }))).toBe(403);
    expect(await refusal(open(good, { host: 'evil.example' }))).toBe(403);
    expect(await refusal(open('/rpc', { origin }))).toBe(401);
    expect(await refusal(open('/rpc?token=x', { origin }))).toBe(401);
    expect(await refusal(open(`/other?token=${token}`, { origin }))).toBe(404);
  });

  const withClient = async (
    use: (client: ContractRouterClient<Contract>) => Promise<void>,
  ): Promise<void> => {
    const socket = open(`/rpc?token=${token}`, { origin });
    socket.binaryType = 'arraybuffer';
    const client: ContractRouterClient<Contract> = createORPCClient(
      new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
    );
    await use(client);
    socket.close();
  };
  const failureOfCall = (call: Promise<unknown>) => call.then(() => null, failureFrom);

  test('speaks the contract, and failures keep their code and sentences', async () => {
    await withClient(async (client) => {
      expect(await client.roots.remove({ rootId: 5 })).toEqual({ removed: 5 });
      expect(await failureOfCall(client.status())).toEqual({
        code: 'LIBRARY_DAMAGED',
        reason: 'The index cannot be read.',
        remedy: 'Delete index.db.',
      });
      const refused = await failureOfCall(client.roots.remove({ rootId: -1 }));
      expect(refused).toMatchObject({ code: 'INPUT_INVALID' });
    });
  });

  test('carries a dropped picture', async () => {
    await withClient(async (client) => {
      const data = new Blob([new Uint8Array(300_000)]);
      const failure = await failureOfCall(
        client.search.find({ images: [{ source: 'bytes', name: 'a', data }] }),
      );
      expect(failure).toMatchObject({ code: 'QUERY_IMAGE_UNREADABLE', reason: '300000 bytes' });
    });
  });

  test('ends the calls of who goes away', async () => {
    const before = cancelled;
    await withClient(async (client) => {
      const events = await client.indexing.progress();
      expect((await events.next()).value).toMatchObject({ phase: 'idle' });
    });
    await expect.poll(() => cancelled).toBe(before + 1);
  });

  test('survives what is no WebSocket at all', async () => {
    const { port } = new URL(origin);
    await new Promise<void>((resolve) => {
      const stream = connect(Number(port), '127.0.0.1', () => {
        stream.write(
          `GET /rpc?token=${token} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n\0\0`,
        );
      });
      stream.on('error', () => undefined);
      stream.once('close', () => resolve());
      stream.resume();
    });
    expect((await ask('/')).status).toBe(200);
  });
});
