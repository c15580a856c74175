// Runs under Vitest: what pages may do, by calling what was set on doubles of a session and a page.
import type { OnBeforeRequestListenerDetails, Session, WebContents, WebFrameMain } from 'electron';
import { expect, test, vi } from 'vitest';
import { isOurAddress, isOurPage, secureContents, secureSession } from './security.ts';

function securedSession() {
  const session = {
    setPermissionRequestHandler: vi.fn<Session['setPermissionRequestHandler']>(),
    setPermissionCheckHandler: vi.fn<Session['setPermissionCheckHandler']>(),
    setDevicePermissionHandler: vi.fn<Session['setDevicePermissionHandler']>(),
    webRequest: { onBeforeRequest: vi.fn() },
  };
  secureSession(session as unknown as Session);
  return session;
}

function securedContents() {
  const listeners = new Map<string, (event: { url: string; preventDefault(): void }) => void>();
  let openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined;
  const contents = {
    setWindowOpenHandler: (handler: typeof openHandler) => {
      openHandler = handler;
    },
    on: (name: string, listener: (event: { url: string; preventDefault(): void }) => void) => {
      listeners.set(name, listener);
    },
  };
  secureContents(contents as unknown as WebContents);
  const isPrevented = (name: string, url: string): boolean => {
    const preventDefault = vi.fn();
    listeners.get(name)?.({ url, preventDefault });
    return preventDefault.mock.calls.length > 0;
  };
  return { isPrevented, openHandler };
}

test('every permission and every device is denied; a picture may fill the screen', () => {
  const session = securedSession();
  const answer = vi.fn();
  const request = session.setPermissionRequestHandler.mock.calls[0]?.[0];
  for (const permission of ['media', 'geolocation', 'openExternal', 'fullscreen'] as const)
    request?.({} as WebContents, permission, answer, {} as never);
  expect(answer.mock.calls).toEqual([[false], [false], [false], [true]]);
  expect(session.setPermissionCheckHandler.mock.calls[0]?.[0]?.(null, 'media', '', {} as never)).toBe(false);
  expect(session.setDevicePermissionHandler.mock.calls[0]?.[0]?.({} as never)).toBe(false);
});

test.each([
  ['app://afterimage/index.html', false],
  ['media://preview/1', false],
  ['blob:app://afterimage/1', false],
  ['https://example.org/', true],
  ['http://127.0.0.1/', true],
  ['ws://127.0.0.1/', true],
  ['file:///etc/passwd', true],
])('a request to %s is cancelled: %s', (url, cancelled) => {
  const listener = securedSession().webRequest.onBeforeRequest.mock.calls[0]?.[0] as (
    details: Pick<OnBeforeRequestListenerDetails, 'url'>,
    answer: (response: { cancel: boolean }) => void,
  ) => void;
  const answer = vi.fn();
  listener({ url }, answer);
  expect(answer).toHaveBeenCalledWith({ cancel: cancelled });
});

test('new windows are denied, and embedded pages', () => {
  const { openHandler, isPrevented } = securedContents();
  expect(openHandler?.({ url: 'app://afterimage/' } as never)).toEqual({ action: 'deny' });
  expect(isPrevented('will-attach-webview', 'app://afterimage/')).toBe(true);
});

test('navigation and redirects stay on our page', () => {
  const { isPrevented } = securedContents();
  for (const name of ['will-navigate', 'will-redirect']) {
    expect(isPrevented(name, 'https://example.org/')).toBe(true);
    expect(isPrevented(name, 'file:///etc/passwd')).toBe(true);
    expect(isPrevented(name, 'app://afterimage.example.org/')).toBe(true);
    expect(isPrevented(name, 'app://afterimage/')).toBe(false);
  }
});

test('a sender is ours only as the top frame of our window on our page', () => {
  const frame = { url: 'app://afterimage/' } as WebFrameMain;
  const contents = { mainFrame: frame } as WebContents;
  expect(isOurPage(frame, contents)).toBe(true);
  expect(isOurPage({ url: 'app://afterimage/' } as WebFrameMain, contents)).toBe(false);
  expect(isOurPage(null, contents)).toBe(false);
  const strayed = { url: 'https://example.org/' } as WebFrameMain;
  expect(isOurPage(strayed, { mainFrame: strayed } as WebContents)).toBe(false);
  expect(isOurAddress('not an address')).toBe(false);
});
