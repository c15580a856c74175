// Runs in the HTTP host and in Electron's utility process: a request for an item's bytes becomes a reply.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import { Failure, ItemId, type FailureCode } from '../contract/index.ts';
import { failureFrom } from './failures.ts';

/** `preview`: the small WebP of the grid; `full`: the whole, as a browser can show or play it; `strip`: a film's tiles. */
export type MediaForm = 'preview' | 'full' | 'strip';

/** The part of a request for bytes that decides what is answered. Header values as they came, or null. */
export interface MediaRequest {
  readonly itemId: ItemId;
  readonly form: MediaForm;
  readonly method: 'GET' | 'HEAD';
  readonly range: string | null;
  readonly ifRange: string | null;
  readonly ifNoneMatch: string | null;
  /** `Sec-Fetch-Dest`: what the page wants it for; an SVG is given as an image only. */
  readonly destination: string | null;
}

/**
 * What to answer: status and headers, and which bytes of which file follow, both ends included. A `null`
 * body has nothing after the headers; text is a sentence for a person.
 */
export interface MediaReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body:
    | { readonly kind: 'slice'; readonly path: string; readonly start: number; readonly end: number }
    | { readonly kind: 'text'; readonly text: string }
    | null;
}

/** The part of a library that this needs. */
export interface MediaSource {
  media(
    itemId: ItemId,
    form: MediaForm,
    signal?: AbortSignal,
  ): Promise<{ readonly path: string; readonly mediaType: string }>;
}

/**
 * No page can make these bytes run: an SVG opened by itself is in a sandbox without scripts and may
 * fetch nothing; whatever is none of these types is a download.
 */
const ALWAYS = {
  'Accept-Ranges': 'bytes',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const;
const SHOWN = /^(image|video|audio)\/[a-z0-9][a-z0-9.+-]*$/;

/** Previews may be painted again without asking for a while; a whole picture is asked about each time. */
const CACHING: Readonly<Record<MediaForm, string>> = {
  preview: 'private, max-age=600',
  full: 'private, no-cache',
  strip: 'private, no-cache',
};

/** Reads a method, a path (`/media/preview/12`) and headers; null when it names no form and item. */
export function mediaRequest(
  method: 'GET' | 'HEAD',
  path: string,
  header: (name: string) => string | null,
): MediaRequest | null {
  const match = /^\/media\/(preview|full|strip)\/([1-9]\d{0,15})$/.exec(path);
  const itemId = ItemId.safeParse(Number(match?.[2]));
  if (match === null || !itemId.success) return null;
  return {
    itemId: itemId.data,
    form: match[1] as MediaForm,
    method,
    range: header('range'),
    ifRange: header('if-range'),
    ifNoneMatch: header('if-none-match'),
    destination: header('sec-fetch-dest'),
  };
}

/** Where a Sec-Fetch-Dest shows bytes as a document of its own. */
const DOCUMENTS = new Set(['document', 'iframe', 'frame', 'embed', 'object']);

/**
 * What to answer to a request for an item's bytes: status, headers, and the part of a file to send.
 * Never throws; what fails is a reply with the failure's code and sentence.
 */
export async function replyToMedia(
  source: MediaSource,
  request: MediaRequest,
  signal?: AbortSignal,
): Promise<MediaReply> {
  try {
    const { path, mediaType } = await source.media(request.itemId, request.form, signal);
    const file = await stat(path, { bigint: true }).catch((error: unknown) => {
      throw new Failure('FILE_NOT_FOUND', 'The file of this item cannot be read now.', '', { cause: error });
    });
    const isSvg = mediaType === 'image/svg+xml';
    if (isSvg && DOCUMENTS.has(request.destination ?? ''))
      throw new Failure('MEDIA_UNSAFE', 'A drawing is shown inside the page only.');
    return sliceReply(request, { path, mediaType, bytes: Number(file.size), tag: entityTag(path, file) });
  } catch (error) {
    return failureReply(error);
  }
}

interface Content {
  readonly path: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly tag: string;
}

function sliceReply(request: MediaRequest, content: Content): MediaReply {
  const shown = SHOWN.test(content.mediaType);
  const headers: Record<string, string> = {
    ...ALWAYS,
    'Content-Type': shown ? content.mediaType : 'application/octet-stream',
    'Cache-Control': CACHING[request.form],
    ETag: content.tag,
    ...(shown ? {} : { 'Content-Disposition': 'attachment' }),
  };
  if (matches(request.ifNoneMatch, content.tag)) return { status: 304, headers, body: null };
  const whole = request.range === null || (request.ifRange !== null && request.ifRange !== content.tag);
  const range = whole ? 'all' : parseRange(request.range, content.bytes);
  if (range === 'unsatisfiable')
    return {
      status: 416,
      headers: { ...ALWAYS, 'Content-Range': `bytes */${content.bytes}`, 'Content-Length': '0' },
      body: null,
    };
  const { start, end } = range === 'all' ? { start: 0, end: content.bytes - 1 } : range;
  headers['Content-Length'] = String(end - start + 1);
  if (range !== 'all') headers['Content-Range'] = `bytes ${start}-${end}/${content.bytes}`;
  const empty = request.method === 'HEAD' || end < start;
  return {
    status: range === 'all' ? 200 : 206,
    headers,
    body: empty ? null : { kind: 'slice', path: content.path, start, end },
  };
}

/**
 * One byte range of RFC 9110, section 14: `bytes=0-99`, `bytes=100-`, `bytes=-50`. Several ranges, other
 * units and what cannot be read are answered with everything, as the RFC allows.
 *
 * @returns first and last byte, both included
 */
export function parseRange(
  header: string | null,
  bytes: number,
): { start: number; end: number } | 'all' | 'unsatisfiable' {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (first === '' && last === '') return 'all';
  if (first === '') {
    const length = Math.min(Number(last), bytes);
    return length === 0 ? 'unsatisfiable' : { start: bytes - length, end: bytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== '' && Number(last) < start) return 'all';
  return start >= bytes ? 'unsatisfiable' : { start, end };
}

/** Whether an If-None-Match names this tag; `W/` does not matter there. */
function matches(ifNoneMatch: string | null, tag: string): boolean {
  if (ifNoneMatch === null) return false;
  const tags = ifNoneMatch.split(',').map((one) => one.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(tag);
}

/** Stands for the bytes: another file, or the same one written again, has another tag. */
function entityTag(path: string, file: BigIntStats): string {
  const identity = [path, file.dev, file.ino, file.size, file.mtimeNs].join('\n');
  return `"${createHash('sha256').update(identity).digest('base64url').slice(0, 27)}"`;
}

const STATUS: Partial<Record<FailureCode, number>> = {
  ITEM_UNKNOWN: 404,
  FILE_NOT_FOUND: 404,
  MEDIA_NO_PREVIEW: 404,
  FILE_NOT_READABLE: 403,
  MEDIA_UNSAFE: 403,
  MEDIA_NOT_SUPPORTED: 415,
  MEDIA_DAMAGED: 422,
  MEDIA_TOO_LARGE: 422,
  MEDIA_TIMED_OUT: 504,
  INPUT_INVALID: 400,
  CANCELLED: 503,
};

function failureReply(error: unknown): MediaReply {
  const { code, reason } = failureFrom(error);
  const text = `${code}: ${reason}\n`;
  const headers = {
    ...ALWAYS,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text)),
    'Cache-Control': 'no-store',
  };
  return { status: STATUS[code] ?? 500, headers, body: { kind: 'text', text } };
}
