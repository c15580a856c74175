// Runs under Vitest: media: addresses name items and nothing else.
import { expect, test } from 'vitest';
import { MediaClient, type AskingPort } from './media-client.ts';
import { mediaPath, serveMedia } from './media-protocol.ts';

test('a form and an id are taken out of an address', () => {
  expect(mediaPath('media://preview/12')).toBe('preview/12');
  expect(mediaPath('media://full/9/')).toBe('full/9');
});

test.each([
  'media://preview/etc/passwd',
  'media://preview/../12',
  'media://preview/12?path=/etc/passwd',
  'media://preview/-1',
  'media://preview/0',
  'media://preview/',
  'media:///etc/passwd',
  'file:///etc/passwd',
])('%s is no address of an item', (address) => {
  expect(mediaPath(address)).toBeNull();
});

/** A client whose engine answers each question with `answer`. */
function clientAnswering(asked: unknown[]): MediaClient {
  let tell: Parameters<AskingPort['onAnswer']>[0] = () => {};
  return new MediaClient({
    post(ask) {
      asked.push(ask);
      if (ask.type === 'open') tell({ type: 'head', id: ask.id, status: 206, headers: { 'x-a': 'b' } });
      if (ask.type === 'more') tell({ type: 'end', id: ask.id });
    },
    onAnswer(listener) {
      tell = listener;
    },
    onClose() {},
  });
}

test('a request goes to the engine with its range and without its other headers', async () => {
  const asked: unknown[] = [];
  const serve = serveMedia(async () => clientAnswering(asked));
  const headers = { range: 'bytes=10-', cookie: 'x' };
  const response = await serve(new Request('media://full/12', { headers }));
  expect([response.status, response.headers.get('x-a')]).toEqual([206, 'b']);
  expect(asked).toEqual([{ type: 'open', id: 1, path: 'full/12', headers: { range: 'bytes=10-' } }]);
});

test('without an engine the answer is 503, for a wrong address 404', async () => {
  const serve = serveMedia(async () => Promise.reject(new Error('The engine has ended.')));
  expect((await serve(new Request('media://full/12'))).status).toBe(503);
  expect((await serve(new Request('media://full/a'))).status).toBe(404);
  expect((await serve(new Request('media://full/12', { method: 'POST' }))).status).toBe(404);
});
