// Runs in Electron's main process: answers media: requests by item id, never by path, with what the engine serves.
import type { MediaClient } from './media-client.ts';

/** Headers of the page's request that the serving function looks at. */
const forwarded = ['range', 'if-none-match', 'if-range', 'sec-fetch-dest'];

/**
 * Makes the handler of `media:`, whose addresses are `media://<form>/<item id>`.
 *
 * @param client - the engine that answers at this moment; rejects while there is none
 */
export function serveMedia(client: () => Promise<MediaClient>): (request: Request) => Promise<Response> {
  return async (request) => {
    const path = mediaPath(request.url);
    if (path === null || request.method !== 'GET') return new Response(null, { status: 404 });
    const headers = Object.fromEntries(
      forwarded.flatMap((name) => {
        const value = request.headers.get(name);
        return value === null ? [] : [[name, value] as const];
      }),
    );
    try {
      return await (await client()).fetch(path, headers, request.signal);
    } catch {
      return new Response(null, { status: 503 });
    }
  };
}

/** `media://preview/12` as `preview/12`; null for anything that is not a form and an item's id. */
export function mediaPath(address: string): string | null {
  const match = /^media:\/\/([a-z]+)\/([1-9][0-9]{0,15})\/?$/.exec(address);
  return match === null ? null : `${match[1] ?? ''}/${match[2] ?? ''}`;
}
