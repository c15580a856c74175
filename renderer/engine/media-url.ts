// Runs in the page: where the bytes of an item are, beside the contract.
import type { ItemId } from '../../contract/ids.ts';
import { bridge } from './bridge.ts';

export type MediaForm = 'preview' | 'full' | 'strip';
export type MediaUrl = (itemId: ItemId, form: MediaForm) => string;

/** Addresses of previews and whole pictures, by item id: `media:` in the app, `/media/…` in the host. */
export function mediaUrls(token: string): MediaUrl {
  if (bridge()) return (itemId, form) => `media://${form}/${String(itemId)}`;
  const query = new URLSearchParams({ token }).toString();
  return (itemId, form) => `./media/${form}/${String(itemId)}?${query}`;
}
