// Runs in the page: links to a moment: a content by its hash and a second, which outlive moves and a new index.
import type { ContentHash } from '../../contract/ids.ts';

export interface MomentLink {
  readonly hash: ContentHash;
  readonly startMs: number;
}

/** The link to a moment of this page. No secret is in it: an open page hands a new one what it needs. */
export function linkTo({ hash, startMs }: MomentLink): string {
  const url = new URL(window.location.href);
  url.search = new URLSearchParams({ item: hash, t: (startMs / 1000).toFixed(1) }).toString();
  url.hash = '';
  return url.href;
}

/** The moment that the page's address names; null where it names none. */
export function linkIn(address: string): MomentLink | null {
  const { searchParams } = new URL(address);
  const hash = searchParams.get('item') ?? '';
  const seconds = Number(searchParams.get('t') ?? 0);
  if (!/^[0-9a-f]{64}$/.test(hash)) return null;
  return { hash: hash as ContentHash, startMs: Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : 0 };
}

/** Takes the moment out of the address: a reload after it was closed does not open it again. */
export function forgetLink(): void {
  const url = new URL(window.location.href);
  url.searchParams.delete('item');
  url.searchParams.delete('t');
  window.history.replaceState(null, '', url);
}
