// Tests of the connection over a real WebSocket and a real MessagePort: it works the same, and it comes back.
import { implement } from '@orpc/server';
import { RPCHandler as PortHandler } from '@orpc/server/message-port';
import { RPCHandler as SocketHandler } from '@orpc/server/ws';
import { expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { contract } from '../../contract/contract.ts';
import type { SearchAnswer } from '../../contract/search.ts';
import { EngineConnection } from './connect.ts';
import { failureIn } from './failure.ts';
import { followEngine } from './live.ts';
import { socketTransport } from './transports.ts';
import type { Transport } from './transports.ts';
import { RPCLink } from '@orpc/client/message-port';

const answer = (query: string): SearchAnswer => ({
  query,
  plan: {
    ...{ wants: [], phrases: [], excluded: [], filters: [], unknown: [], weak: [] },
    ...{ intent: null, arithmetic: false, sort: 'relevance' },
  },
  tookMs: 1,
  total: 0,

  results: [],
  nearest: [],
});

const os = implement(contract);
const aborted = vi.fn();
/** Says the bytes of a picture, refuses `refuse`, hangs on `hang` until it is cancelled. */
const router = {
  search: {
    find: os.search.find.handler(async ({ input, signal, errors }) => {
      if (input.text === 'refuse')
        throw errors.FAILURE({ data: { code: 'INPUT_INVALID', reason: 'Not so.', remedy: 'Otherwise.' } });
      if (input.text === 'hang')
        await new Promise((_, reject) =>
          signal?.addEventListener('abort', () => {
            aborted();
            reject(new Error('cancelled'));
          }),
        );
      const [image] = input.images;
      return answer(image?.source === 'bytes' ? `${image.name}: ${await image.data.text()}` : input.text);
    }),
  },
  indexing: {
    progress: os.indexing.progress.handler(async function* () {
      yield {
        phase: 'idle',
        pausedFor: null,
        done: 1,
        total: 1,
        within: 0,
        rate: 0,
        remainingMs: null,
        errors: 0,
        filling: null,
      } as const;
    }),
    changes: os.indexing.changes.handler(async function* () {
      yield { topic: 'items' } as const;
    }),
  },
};

async function serve(port = 0) {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  await new Promise((resolve) => server.once('listening', resolve));
  const handler = new SocketHandler(router);
  server.on('connection', (socket) => void handler.upgrade(socket));
  const { port: bound } = server.address() as { port: number };
  const stop = () => {
    for (const socket of server.clients) socket.terminate();
    return new Promise((resolve) => server.close(resolve));
  };
  return { port: bound, stop };
}

const overPort: Transport = async () => {
  const { port1, port2 } = new MessageChannel();
  new PortHandler(router).upgrade(port2);
  port2.start();
  const link = new RPCLink({ port: port1 });
  port1.start();
  return { link, closed: new Promise(() => {}), close: () => port1.close() };
};

async function withBoth(check: (connection: EngineConnection) => Promise<void>) {
  const server = await serve();
  for (const transport of [socketTransport(`ws://127.0.0.1:${String(server.port)}/`), overPort]) {
    const connection = new EngineConnection(transport);
    await check(connection);
    connection.close();
  }
  await server.stop();
}

test('bytes of a picture and failures cross a socket and a port alike', async () => {
  await withBoth(async ({ client }) => {
    const images = [{ source: 'bytes' as const, name: 'a.png', data: new Blob(['bytes of it']) }];
    expect((await client.search.find({ images })).query).toBe('a.png: bytes of it');
    const failure = await client.search.find({ text: 'refuse' }).catch(failureIn);
    expect(failure).toEqual({ code: 'INPUT_INVALID', reason: 'Not so.', remedy: 'Otherwise.' });
  });
});

test('a superseded question is cancelled in the engine', async () => {
  await withBoth(async ({ client }) => {
    aborted.mockClear();
    const stop = new AbortController();
    const asked = client.search.find({ text: 'hang' }, { signal: stop.signal });
    await client.search.find({ text: 'after it' });
    stop.abort();
    await expect(asked).rejects.toThrow();
    await vi.waitFor(() => expect(aborted).toHaveBeenCalledOnce());
  });
});

test('when the engine goes away and comes back, calls wait and streams are followed again', async () => {
  const first = await serve();
  const connection = new EngineConnection(socketTransport(`ws://127.0.0.1:${String(first.port)}/`));
  const change = vi.fn();
  const unfollow = followEngine(connection, { progress: () => {}, change });
  await vi.waitFor(() => expect(change).toHaveBeenCalledWith('items'));

  await first.stop();
  await vi.waitFor(() => expect(connection.state().phase).toBe('waiting'));
  const waiting = connection.client.search.find({ text: 'cat' });
  change.mockClear();
  const second = await serve(first.port);
  connection.retryNow();
  expect((await waiting).query).toBe('cat');
  expect(connection.state()).toEqual({ phase: 'open' });
  await vi.waitFor(() => expect(change).toHaveBeenCalledWith('items'));

  unfollow();
  connection.close();
  await second.stop();
});

test('a call that waits for a link can be cancelled', async () => {
  const connection = new EngineConnection(() => Promise.reject(new Error('nobody')));
  const stop = new AbortController();
  const asked = connection.client.search.find({ text: 'cat' }, { signal: stop.signal });
  stop.abort();
  await expect(asked).rejects.toThrow('cancelled');
  connection.close();
});
