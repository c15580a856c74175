// Runs under Vitest: the built page in a real browser, served by the app's own handler under the app's own policy.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAGE_ORIGIN, servePage } from '../../main/page-protocol.ts';
import { CHROMIUM_ARGS, findChromium } from '../chromium.ts';

const builtPage = fileURLToPath(new URL('../../dist/renderer', import.meta.url));

let browser: Browser;
let server: Server;
beforeAll(async () => {
  const serve = servePage(builtPage);
  // Electron hands app: requests to the handler; here a server on loopback does.
  server = createServer((request, response) => {
    void serve(new Request(`${PAGE_ORIGIN}${request.url ?? '/'}`)).then(async (answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: [...CHROMIUM_ARGS] });
});
afterAll(async () => {
  await browser.close();
  server.close();
});

test('the page starts under the policy of the app without breaking it', async () => {
  const page = await browser.newPage();
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(error.message));
  // The bridge as the preload script makes it, with an engine that is still starting.
  await page.addInitScript(() => {
    const never = async (): Promise<never> => new Promise(() => {});
    const ofEngine = { requestPort: never, pickFolder: never, reveal: never };
    const ofMenu = { speak: never, setFacts: never, takeOpened: never, onEvent: () => undefined };
    Object.assign(globalThis, { afterimage: { ...ofEngine, ...ofMenu } });
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.getByRole('textbox').first().waitFor();
  expect(wrong).toEqual([]);

  // And the policy is in force: what it forbids is refused.
  const refused = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        addEventListener('securitypolicyviolation', (event) => {
          resolve(event.effectiveDirective);
        });
        const script = document.createElement('script');
        script.textContent = 'globalThis.ran = true';
        document.head.append(script);
      }),
  );
  expect(refused).toContain('script-src');
  await page.close();
});
