// Runs in the page in a browser: keeps the host's token out of sight but at hand for a reload.
import { bridge } from './bridge.ts';

const KEY = 'afterimage.token';

/**
 * The token of this start of the host: from `?token=` at first load, else from this tab's storage.
 * It is removed from the address bar, so that it is neither copied along nor kept in the history.
 */
export async function takeSessionToken(): Promise<string> {
  const token = tokenHere() ?? (bridge() ? '' : await askOtherTabs());
  if (token !== '') window.sessionStorage.setItem(KEY, token);
  giveToOtherTabs(token);
  return token;
}

function tokenHere(): string | null {
  const url = new URL(window.location.href);
  const fresh = url.searchParams.get('token');
  if (fresh === null) return window.sessionStorage.getItem(KEY);
  window.sessionStorage.setItem(KEY, fresh);
  url.searchParams.delete('token');
  window.history.replaceState(null, '', url);
  return fresh;
}

const CHANNEL = 'afterimage.token';
/** An open tab answers at once; without one the page says what to do. */
const OTHER_TABS_MS = 400;

/**
 * A link to a moment holds no token. Tabs of the same host (the channel reaches no other origin) hand it to a
 * tab that was opened by such a link.
 */
function askOtherTabs(): Promise<string> {
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise<string>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'object' && data !== null && 'token' in data && typeof data.token === 'string')
        resolve(data.token);
    };
    channel.postMessage('who');
    setTimeout(() => resolve(''), OTHER_TABS_MS);
  }).finally(() => channel.close());
}

function giveToOtherTabs(token: string): void {
  if (token === '') return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === 'who') channel.postMessage({ token });
  };
}
