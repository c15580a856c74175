// Runs by hand: the pictures of the pack manager during a download and of the desktop's settings, over the demo's drawings.
// node scripts/screenshots-packs.ts [FOLDER]: into docs/images when not said.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawDemo } from '../test/fixtures/demo-library.ts';
import { launchBrowser, openPage, startHost } from '../test/support/browser-host.ts';
import { addDesktopBridge } from '../test/support/desktop-bridge.ts';
import { mirrorOf } from '../test/support/offered-clip.ts';
import { tidyPaths } from './screenshots-collections.ts';
import { projectFolder } from './tools.ts';

const target = process.argv[2] ?? join(projectFolder, 'docs', 'images');
const folder = mkdtempSync(join(tmpdir(), 'afterimage-screenshots-'));
const pictures = join(folder, 'Pictures');
mkdirSync(pictures);
await drawDemo(pictures);
const library = join(folder, 'library');
const launcher = join(projectFolder, 'bin', 'afterimage.js');
spawnSync(process.execPath, [launcher, 'add', pictures, '--library', library], { stdio: 'inherit' });
const server = await mirrorOf('tinyclip');
server.pace = { bytes: 40_000, pauseMs: 10 };
const host = await startHost(library, folder);
const browser = await launchBrowser();
try {
  const { page } = await openPage(browser, host.url, { viewport: { width: 1280, height: 800 } });
  await page.getByRole('option').first().waitFor();
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Settings…' }).click();
  await page.getByRole('tab', { name: 'Packs' }).click();
  const mirror = page.getByRole('textbox', { name: 'Mirror' });
  await mirror.fill(`${server.origin}/`);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Use this address' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Download TinyCLIP ViT-8M/16' }).click();
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  await page.getByText('left', { exact: false }).first().waitFor();
  // Every cost on this machine is measured by then.
  while ((await page.getByText('Measuring this computer').count()) > 0) await page.waitForTimeout(500);
  await page.mouse.move(750, 400);
  await page.mouse.wheel(0, -2_000);
  await page.mouse.move(1_270, 790);
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(target, 'packs.jpg'), type: 'jpeg', quality: 84 });

  const desktop = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await addDesktopBridge(desktop, host.url, pictures);
  await desktop.goto(host.url);
  await desktop.getByRole('option').first().waitFor();
  await desktop.getByRole('button', { name: 'Menu' }).click();
  await desktop.getByRole('menuitem', { name: 'Settings…' }).click();
  await desktop.getByRole('tab', { name: 'Desktop' }).click();
  await tidyPaths(desktop, folder);
  await desktop.waitForTimeout(500);
  await desktop.screenshot({ path: join(target, 'desktop.jpg'), type: 'jpeg', quality: 84 });
} finally {
  await browser.close();
  await host.stop();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
