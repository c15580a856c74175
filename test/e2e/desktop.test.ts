// Runs under Vitest: the built desktop app in the real Electron, where its binary is installed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron as electron } from 'playwright-core';
import { expect, test } from 'vitest';
import { findDesktop } from '../../scripts/desktop.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const desktop = findDesktop();
/** Set where the desktop app must be there, so that a missing binary fails instead of being skipped. */
const isRequired = process.env['AFTERIMAGE_DESKTOP'] === 'required';
const missing = 'missing' in desktop && !isRequired ? desktop.missing : null;
if (missing !== null) console.log(`The desktop app is not tested here, because ${missing}.`);

test.skipIf(missing !== null)('the app opens our page, confined, with a port to the engine', async () => {
  if ('missing' in desktop) throw new Error(desktop.missing);
  const library = mkdtempSync(join(tmpdir(), 'afterimage-desktop-'));
  const app = await electron.launch({
    executablePath: desktop.program,
    args: [projectFolder, '--library', library],
    cwd: projectFolder,
  });
  try {
    const page = await app.firstWindow();
    expect(page.url()).toBe('app://afterimage/');

    const seen = await page.evaluate(() => ({
      node: 'process' in globalThis || 'require' in globalThis,
      bridge: Object.keys((globalThis as { afterimage?: object }).afterimage ?? {}).sort(),
    }));
    expect(seen.node).toBe(false);
    expect(seen.bridge).toEqual([
      ...['dragOut', 'onEvent', 'openWith', 'options', 'pathOf', 'pickFolder', 'requestPort', 'reveal'],
      ...['setFacts', 'setOptions', 'speak', 'takeOpened'],
    ]);

    // The page is there, and a port to the engine comes when it is asked for.
    await page.getByRole('textbox').first().waitFor();
    const port = await page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          addEventListener('message', (event: MessageEvent<{ type?: string }>) => {
            if (event.data.type === 'afterimage:port') resolve(event.ports.length === 1);
          });
          const bridge = (globalThis as unknown as { afterimage: { requestPort(): Promise<void> } })
            .afterimage;
          void bridge.requestPort();
        }),
    );
    expect(port).toBe(true);

    // The menu has words and its commands reach the page.
    await app.evaluate(({ Menu }) => {
      const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
      items.find(({ label }) => /^(Keys|단축키)$/.test(label))?.click();
    });
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');

    // Nothing comes from elsewhere: neither by the policy nor by the session.
    const fetched = await page.evaluate(async () =>
      fetch('https://example.org/').then(
        () => 'reached',
        () => 'refused',
      ),
    );
    expect(fetched).toBe('refused');
  } finally {
    await app.close();
    rmSync(library, { recursive: true, force: true });
  }
});
