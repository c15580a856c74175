// Runs under Vitest: replies to requests for bytes, over real files.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure, type ItemId } from '../contract/index.ts';
import { mediaRequest, parseRange, replyToMedia, type MediaRequest, type MediaSource } from './media.ts';
import { serveMedia } from './media-response.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterimage-media-'));
  await writeFile(join(folder, 'a.webp'), 'abcdefghij');
});
afterAll(() => rm(folder, { recursive: true }));

const source = (mediaType: string): MediaSource => ({
  media: async (itemId) => {
    if (itemId !== 1) throw new Failure('ITEM_UNKNOWN', 'There is no such item.');
    return { path: join(folder, 'a.webp'), mediaType };
  },
});
const request = (changes: Partial<MediaRequest> = {}): MediaRequest => ({
  itemId: 1 as ItemId,
  form: 'full',
  method: 'GET',
  range: null,
  ifRange: null,
  ifNoneMatch: null,
  destination: null,
  ...changes,
});
const webp = source('image/webp');

describe('a range', () => {
  test.each([
    [null, 'all'],
    ['bytes=0-3', { start: 0, end: 3 }],
    ['bytes=4-', { start: 4, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-30', { start: 0, end: 9 }],
    ['bytes=5-500', { start: 5, end: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', 'all'],
    ['bytes=0-1,3-4', 'all'],
    ['lines=1-2', 'all'],
    ['bytes=-', 'all'],
    ['bytes=99999999999999999999-', 'all'],
  ])('%s of ten bytes is %o', (header, expected) => {
    expect(parseRange(header, 10)).toEqual(expected);
  });

  test('never leaves the file, whatever is asked for', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(60), fc.nat(60), fc.integer({ min: 0, max: 2 }), (bytes, a, b, form) => {
        const range = parseRange([`bytes=${a}-${b}`, `bytes=${a}-`, `bytes=-${b}`][form] ?? '', bytes);
        if (typeof range === 'string') return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThanOrEqual(range.start);
        expect(range.end).toBeLessThan(bytes);
      }),
    );
  });
});

describe('a reply', () => {
  test('gives the whole file with its type, length and tag', async () => {
    const reply = await replyToMedia(webp, request());
    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({ 'Content-Type': 'image/webp', 'Content-Length': '10' });
    expect(reply.body).toEqual({ kind: 'slice', path: join(folder, 'a.webp'), start: 0, end: 9 });
  });

  test('gives a part as 206, and 416 beyond the end', async () => {
    const part = await replyToMedia(webp, request({ range: 'bytes=2-4' }));
    expect(part.status).toBe(206);
    expect(part.headers).toMatchObject({ 'Content-Range': 'bytes 2-4/10', 'Content-Length': '3' });
    const beyond = await replyToMedia(webp, request({ range: 'bytes=10-' }));
    expect(beyond).toMatchObject({ status: 416, headers: { 'Content-Range': 'bytes */10' }, body: null });
  });

  test('is 304 for who has it, until the file is another', async () => {
    const tag = (await replyToMedia(webp, request())).headers['ETag'] ?? '';
    expect((await replyToMedia(webp, request({ ifNoneMatch: `"x", W/${tag}` }))).status).toBe(304);
    const changing = join(folder, 'changing.webp');
    const other: MediaSource = { media: async () => ({ path: changing, mediaType: 'image/webp' }) };
    await writeFile(changing, 'one');
    const before = (await replyToMedia(other, request())).headers['ETag'] ?? '';
    await writeFile(changing, 'three');
    expect((await replyToMedia(other, request({ ifNoneMatch: before }))).status).toBe(200);
    const stale = await replyToMedia(other, request({ range: 'bytes=0-1', ifRange: before }));
    expect(stale.status).toBe(200);
  });

  test('lets no bytes run: a drawing is not given as a document, unknown types are downloads', async () => {
    const drawing = source('image/svg+xml');
    const shown = await replyToMedia(drawing, request({ destination: 'image' }));
    expect(shown.headers['Content-Security-Policy']).toContain('sandbox');
    for (const destination of ['document', 'iframe', 'object', 'embed'])
      expect((await replyToMedia(drawing, request({ destination }))).status).toBe(403);
    const page = await replyToMedia(source('text/html'), request());
    expect(page.headers).toMatchObject({
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': 'attachment',
    });
  });

  test('is the failure in words when there is nothing to give', async () => {
    const unknown = await replyToMedia(webp, request({ itemId: 2 as ItemId }));
    expect(unknown.status).toBe(404);
    expect(unknown.body).toMatchObject({ kind: 'text', text: 'ITEM_UNKNOWN: There is no such item.\n' });
    const gone: MediaSource = { media: async () => ({ path: join(folder, 'gone'), mediaType: 'image/png' }) };
    expect((await replyToMedia(gone, request())).status).toBe(404);
  });
});

test('a path names a form and an item, or nothing', () => {
  const read = (path: string) => mediaRequest('GET', path, () => null);
  expect(read('/media/preview/12')).toMatchObject({ form: 'preview', itemId: 12 });
  for (const path of [
    '/media/raw/1',
    '/media/full/0',
    '/media/full/01',
    '/media/full/-1',
    '/media/full/1/../2',
  ])
    expect(read(path)).toBeNull();
});

test('as a web Response it carries the asked part', async () => {
  const response = await serveMedia(webp)(
    new Request('http://media.invalid/media/full/1', { headers: { range: 'bytes=-4' } }),
  );
  expect(response.status).toBe(206);
  expect(await response.text()).toBe('ghij');
  const unchanged = await serveMedia(webp)(
    new Request('http://media.invalid/media/full/1', { headers: { 'if-none-match': '*' } }),
  );
  expect(unchanged.status).toBe(304);
});
