// Runs in the page in a browser: keeps the host's token out of sight but at hand for a reload.

const KEY = 'afterimage.token';

/**
 * The token of this start of the host: from `?token=` at first load, else from this tab's storage.
 * It is removed from the address bar, so that it is neither copied along nor kept in the history.
 */
export function takeSessionToken(): string {
  const url = new URL(window.location.href);
  const fresh = url.searchParams.get('token');
  if (fresh === null) return window.sessionStorage.getItem(KEY) ?? '';
  window.sessionStorage.setItem(KEY, fresh);
  url.searchParams.delete('token');
  window.history.replaceState(null, '', url);
  return fresh;
}
