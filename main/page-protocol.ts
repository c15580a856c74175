// Runs in Electron's main process: serves the built page from app://afterimage/ under a strict content security policy.
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** Where the page lives: a secure origin of its own, unlike file: addresses. */
export const PAGE_ORIGIN = 'app://afterimage';

/**
 * Nothing comes from elsewhere. Pictures also come by `media:` and, dropped or pasted ones, as `blob:`;
 * neither scripts nor styles are inline.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' media: blob:",
  'media-src media: blob:',
  "font-src 'self'",
  "connect-src 'self' media: blob:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** A file name as Vite writes them: no dot at its start, nothing that a path could be climbed with. */
const plainName = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/;

/**
 * Makes the handler of `app:`.
 *
 * @param folder - the built page, dist/renderer
 * @returns what `protocol.handle` takes; 404 for whatever is not a file of the page
 */
export function servePage(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const headers = {
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
    };
    const notFound = new Response('There is no such file.', { status: 404, headers });
    const address = new URL(request.url);
    if (address.host !== new URL(PAGE_ORIGIN).host || request.method !== 'GET') return notFound;
    const parts = address.pathname === '/' ? ['index.html'] : address.pathname.slice(1).split('/');
    const type = mediaTypes[extname(parts.at(-1) ?? '')];
    if (type === undefined || !parts.every((part) => plainName.test(part))) return notFound;
    try {
      const bytes = await readFile(join(folder, ...parts));
      return new Response(new Uint8Array(bytes), { headers: { ...headers, 'content-type': type } });
    } catch {
      return notFound;
    }
  };
}
