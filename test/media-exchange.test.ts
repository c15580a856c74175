// Runs under Vitest: main's and the engine's end of a media port, over a real MessageChannel.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MediaAnswer, MediaAsk } from '../contract/shell.ts';
import { answerMedia, type MediaSource } from '../hosts/media-port.ts';
import { MediaClient } from '../main/media-client.ts';

let ports: readonly [MessagePort, MessagePort];
const requests: Request[] = [];
let served = 0;
let cancelled = 0;

/** A body of pieces made when they are asked for, so that a test can count how far it was read. */
function pieces(count: number): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (next === count) {
          controller.close();
          return;
        }
        served = ++next;
        controller.enqueue(new Uint8Array([next, next]));
      },
      cancel() {
        cancelled += 1;
      },
    },
    { highWaterMark: 0 },
  );
}

const source: MediaSource = {
  async serve(request) {
    requests.push(request);
    const path = new URL(request.url).pathname;
    if (path === '/media/full/404') return new Response('no such item', { status: 404 });
    if (path === '/media/full/304') return new Response(null, { status: 304 });
    if (path === '/media/full/500') throw new Error('the disk is gone');
    return new Response(pieces(3), { status: 206, headers: { 'content-type': 'image/webp' } });
  },
  locate: async (itemId) => (itemId === 1 ? '/pictures/one.jpg' : null),
};

function connect(): MediaClient {
  const { port1, port2 } = new MessageChannel();
  ports = [port1, port2];
  answerMedia(
    {
      post: (answer) => {
        port2.postMessage(answer);
      },
      onAsk: (listener) =>
        port2.on('message', (ask: MediaAsk) => {
          listener(ask);
        }),
      onClose: (listener) => port2.on('close', listener),
    },
    source,
  );
  return new MediaClient({
    post: (ask) => {
      port1.postMessage(ask);
    },
    onAnswer: (listener) =>
      port1.on('message', (answer: MediaAnswer) => {
        listener(answer);
      }),
    onClose: (listener) => port1.on('close', listener),
  });
}

let client: MediaClient;
beforeEach(() => {
  requests.length = 0;
  served = 0;
  cancelled = 0;
  client = connect();
});
afterEach(() => {
  ports[0].close();
});

const never = new AbortController().signal;

test('status, headers and body cross the port, and the range reaches the one serving function', async () => {
  const response = await client.fetch('preview/7', { range: 'bytes=0-5' }, never);
  expect(response.status).toBe(206);
  expect(response.headers.get('content-type')).toBe('image/webp');
  expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([1, 1, 2, 2, 3, 3]);
  expect(requests[0]?.headers.get('range')).toBe('bytes=0-5');
  expect(new URL(requests[0]?.url ?? '').pathname).toBe('/media/preview/7');
});

test('a body is read no further than it is taken, and a reader that leaves ends it', async () => {
  const response = await client.fetch('full/7', {}, never);
  const reader = response.body?.getReader();
  await reader?.read();
  expect(served).toBe(1);
  await reader?.cancel();
  await expect.poll(() => cancelled).toBe(1);
});

test('a request that is cancelled ends at the engine too', async () => {
  const stop = new AbortController();
  const response = await client.fetch('full/7', {}, stop.signal);
  stop.abort();
  await expect.poll(() => cancelled).toBe(1);
  expect(response.status).toBe(206);
});

test('what is not found or not changed keeps its status', async () => {
  expect((await client.fetch('full/404', {}, never)).status).toBe(404);
  expect((await client.fetch('full/304', {}, never)).status).toBe(304);
});

test('a failure of the engine is a failure of the request, in its words', async () => {
  await expect(client.fetch('full/500', {}, never)).rejects.toThrow('the disk is gone');
});

test('exchanges side by side do not mix', async () => {
  const bodies = await Promise.all(
    [1, 2, 3, 4].map(async (one) => (await client.fetch(`preview/${one}`, {}, never)).arrayBuffer()),
  );
  expect(bodies.map((body) => body.byteLength)).toEqual([6, 6, 6, 6]);
});

test('an item is located by its id', async () => {
  expect(await client.locate(1)).toBe('/pictures/one.jpg');
  expect(await client.locate(2)).toBeNull();
});

test('when the engine ends, what waits fails, and what comes later too', async () => {
  ports[1].close();
  await expect.poll(async () => client.locate(1).then(() => '', String)).toContain('The engine has ended');
});
