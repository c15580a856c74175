// Runs in the utility process: a reply to a request for an item's bytes as a web Response.
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { mediaRequest, replyToMedia, type MediaSource } from './media.ts';

/** Answers `GET` or `HEAD /media/<form>/<item id>` with range and condition headers; never throws. */
export function serveMedia(source: MediaSource): (request: Request) => Promise<Response> {
  return async (request) => {
    const method = request.method === 'HEAD' ? 'HEAD' : 'GET';
    const asked = mediaRequest(method, new URL(request.url).pathname, (name) => request.headers.get(name));
    if (asked === null) return new Response(null, { status: 404 });
    const { status, headers, body } = await replyToMedia(source, asked, request.signal);
    if (body === null || method === 'HEAD') return new Response(null, { status, headers });
    if (body.kind === 'text') return new Response(body.text, { status, headers });
    const file = createReadStream(body.path, { start: body.start, end: body.end });
    return new Response(Readable.toWeb(file) as ReadableStream<Uint8Array>, { status, headers });
  };
}
