// Runs in the HTTP host: who may ask. The address of the machine itself, our own page, this start's token.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A new secret for one start of the host: 32 random bytes, fit for an address. */
export const newToken = (): string => randomBytes(32).toString('base64url');

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in a time that does not depend on where the two differ, or on their lengths. */
export const sameSecret = (given: string, wanted: string): boolean =>
  timingSafeEqual(digest(given), digest(wanted));

/** Names by which a browser on this machine reaches 127.0.0.1. */
const OWN_NAMES = ['127.0.0.1', 'localhost'];

export interface Guard {
  /** Own addresses, `http://127.0.0.1:PORT` first. */
  readonly origins: readonly string[];
  /**
   * Null when the request names this host and does not come from another site's page; else a sentence.
   * Checking `Host` stops a foreign name that was made to point here (DNS rebinding); checking `Origin`
   * stops a foreign page.
   */
  refusal(request: IncomingMessage): string | null;
  /** Whether the request carries this start's token, as `?token=` or as `Authorization: Bearer`. */
  hasToken(request: IncomingMessage): boolean;
}

/**
 * The token is not taken from a cookie: cookies are shared by all ports of a machine, so that any other
 * local server would be handed it.
 */
export function createGuard(port: number, token: string): Guard {
  const hosts = OWN_NAMES.map((name) => `${name}:${port}`);
  // A browser leaves the default port out.
  if (port === 80) hosts.push(...OWN_NAMES);
  const origins = hosts.map((host) => `http://${host}`);
  return {
    origins,
    refusal({ headers }) {
      if (!hosts.includes((headers.host ?? '').toLowerCase())) return 'This address is not ours.';
      if (headers.origin !== undefined && !origins.includes(headers.origin))
        return 'Another site may not ask here.';
      return null;
    },
    hasToken(request) {
      const bearer = /^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? '')?.[1];
      const given = bearer ?? queryOf(request.url ?? '').get('token');
      return given !== null && sameSecret(given, token);
    },
  };
}

/** The part of a request's target after its `?`. */
export const queryOf = (target: string): URLSearchParams =>
  new URLSearchParams(target.includes('?') ? target.slice(target.indexOf('?') + 1) : '');

/** The part before it, decoded; null when it cannot be. */
export function pathOf(target: string): string | null {
  try {
    return decodeURIComponent(target.split('?', 1)[0] ?? '');
  } catch {
    return null;
  }
}
