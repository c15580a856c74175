// Runs in end-to-end tests and scripts: the HTTP host in a process of its own, and a page in Chromium on it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../chromium.ts';
import { commandLine } from './command-line.ts';

export interface Host {
  /** The address that `serve` printed, token and all. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * @param home - what the host takes for the person's home: where the folder dialog starts
 */
export async function startHost(library: string, home: string): Promise<Host> {
  const child = spawn(process.execPath, [commandLine, 'serve', '--library', library, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, HOME: home, USERPROFILE: home, AFTERIMAGE_BUILT_IN: builtIn() },
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`serve ended with ${String(code)} before it printed its address.`);
    }),
  ])) as [string];
  return {
    url: (JSON.parse(line) as { url: string }).url,
    async stop() {
      child.kill('SIGINT');
      await once(child, 'exit');
    },
  };
}

/** The models of this person, although the home is another: they need not be made for every test. */
function builtIn(): string | undefined {
  return process.env['AFTERIMAGE_BUILT_IN'];
}

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: findChromium() ?? '', args: [...CHROMIUM_ARGS] });

/** A page whose errors are kept: nothing may be written to its console as an error. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; wrong: string[] }> {
  const context = await browser.newContext({ locale: 'en-US', colorScheme: 'light', ...options });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(error.message));
  await page.goto(url);
  return { page, wrong };
}

/** Drops a file on the window, as a hand from another program does. */
export async function dropFile(page: Page, name: string, mediaType: string, bytes: Buffer): Promise<void> {
  // As text: this module is also type-checked where there are no types of a page.
  const transfer = await page.evaluateHandle(`(() => {
    const data = new DataTransfer();
    const content = Uint8Array.from(atob(${JSON.stringify(bytes.toString('base64'))}), (char) => char.charCodeAt(0));
    data.items.add(new File([content], ${JSON.stringify(name)}, { type: ${JSON.stringify(mediaType)} }));
    return data;
  })()`);
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('body', type, { dataTransfer: transfer });
}
