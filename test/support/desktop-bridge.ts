// Runs in end-to-end tests: the bridge of the desktop app in a browser's page, over the host's socket; what it was asked is kept.
// Only main's part is made up: the port speaks the contract to a real engine.
import { basename } from 'node:path';
import type { Page } from 'playwright-core';
import type { OpenedPath, ShellEvent } from '../../contract/desktop.ts';

/**
 * To be called before the page is opened. The address holds the host's token.
 *
 * @param folder - what the platform's folder dialog answers
 */
export async function addDesktopBridge(page: Page, url: string, folder: string): Promise<void> {
  const socket = new URL('./rpc', url);
  socket.protocol = 'ws:';
  socket.search = new URL(url).search;
  // As text: this module is also type-checked where there are no types of a page.
  await page.addInitScript(`(() => {
    const asked = [];
    const keep = (name, answer) => async (...args) => {
      asked.push([name, ...args]);
      return typeof answer === 'function' ? answer(...args) : answer;
    };
    let options = { keepWatching: false, openAtLogin: false, notify: false, checkForUpdates: false };
    let opened = [];
    let places = {};
    let listener = () => undefined;
    const requestPort = async () => {
      const socket = new WebSocket(${JSON.stringify(socket.href)});
      socket.binaryType = 'arraybuffer';
      await new Promise((resolve, reject) => { socket.onopen = resolve; socket.onerror = reject; });
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => socket.send(data);
      socket.onmessage = ({ data }) => port1.postMessage(typeof data === 'string' ? data : new Uint8Array(data));
      socket.onclose = () => port1.close();
      window.postMessage({ type: 'afterimage:port' }, '*', [port2]);
    };
    globalThis.afterimageDesktop = {
      asked,
      tell: (event) => listener(event),
      dropped: (known) => { places = known; },
      open: (paths) => { opened = paths; listener({ type: 'opened' }); },
    };
    globalThis.afterimage = {
      requestPort,
      pickFolder: keep('pickFolder', ${JSON.stringify(folder)}),
      reveal: keep('reveal', true),
      openWith: keep('openWith', true),
      dragOut: keep('dragOut', (ids) => ids.length),
      pathOf: (file) => places[file.name] ?? '',
      speak: keep('speak'),
      setFacts: keep('setFacts'),
      options: async () => options,
      setOptions: keep('setOptions', (change) => (options = { ...options, ...change })),
      takeOpened: async () => opened.splice(0),
      onEvent: (given) => { listener = given; },
    };
  })()`);
}

/** What main would tell the page. */
export const tellPage = (page: Page, event: ShellEvent): Promise<void> =>
  page.evaluate(`globalThis.afterimageDesktop.tell(${JSON.stringify(event)})`);

export const openInPage = (page: Page, paths: readonly OpenedPath[]): Promise<void> =>
  page.evaluate(`globalThis.afterimageDesktop.open(${JSON.stringify(paths)})`);

/**
 * Drops files and folders of the disk on the window, as the platform does: Chromium itself reads them.
 * Where they lie only the preload script knows; here it is told by name.
 */
export async function dropPaths(page: Page, paths: readonly string[]): Promise<void> {
  const places = Object.fromEntries(paths.map((path) => [basename(path), path]));
  await page.evaluate(`globalThis.afterimageDesktop.dropped(${JSON.stringify(places)})`);
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 300, data });
  await session.detach();
}

/** What main was asked, by name. */
export const askedOf = (page: Page, name: string): Promise<unknown[][]> =>
  page.evaluate(
    `globalThis.afterimageDesktop.asked.filter(([one]) => one === ${JSON.stringify(name)}).map(([, ...args]) => args)`,
  );
