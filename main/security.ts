// Runs in Electron's main process: what pages may do, set once for the session and for every page.
import type { Session, WebContents, WebFrameMain } from 'electron';
import { PAGE_ORIGIN } from './page-protocol.ts';

/** Schemes that the page loads from; everything else is refused before it leaves the process. */
const ownSchemes = ['app:', 'media:', 'blob:', 'devtools:'];

/** Denies every permission, and every request that is not to our own schemes. */
export function secureSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !ownSchemes.includes(new URL(details.url).protocol) });
  });
}

/** Denies navigation away from our page, new windows and embedded pages. */
export function secureContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isOurAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOurAddress(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}

/** Whether an address is one of our page's. */
export function isOurAddress(address: string): boolean {
  return URL.canParse(address) && address.startsWith(`${PAGE_ORIGIN}/`);
}

/** Whether a message comes from the top frame of `contents` while it shows our page. */
export function isOurPage(frame: WebFrameMain | null, contents: WebContents | null): boolean {
  return frame !== null && contents !== null && frame === contents.mainFrame && isOurAddress(frame.url);
}
