// Runs in Electron's main process: what pages may do, set once for the session and for every page.
import type { Session, WebContents, WebFrameMain } from 'electron';
import { PAGE_ORIGIN } from './page-protocol.ts';

/** Schemes that the page loads from; everything else is refused before it leaves the process. */
const ownSchemes = ['app:', 'media:', 'blob:', 'devtools:'];

/** Filling the screen with a picture reveals nothing and lets nothing in; Escape always leaves it. */
const isGranted = (permission: string): boolean => permission === 'fullscreen';

/** Denies every permission but filling the screen, and every request that is not to our own schemes. */
export function secureSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(isGranted(permission));
  });
  session.setPermissionCheckHandler((_contents, permission) => isGranted(permission));
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
