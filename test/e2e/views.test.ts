// Runs under Vitest: views that stand beside the everyday ones, under axe-core's rules in both themes and languages.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShellCommand } from '../../contract/desktop.ts';
import { en } from '../../renderer/i18n/en.ts';
import { ko } from '../../renderer/i18n/ko.ts';
import { drawDemo } from '../fixtures/demo-library.ts';
import { render } from '../fixtures/render.ts';
import { drawScene } from '../fixtures/scenes.ts';
import { launchBrowser, openPage, startHost, type Host } from '../support/browser-host.ts';
import { commandLine } from '../support/command-line.ts';
import { addDesktopBridge, openInPage, tellPage } from '../support/desktop-bridge.ts';
import { seriousFaults } from './accessibility.ts';

const SLOW_MS = 150_000;
let folder = '';
let pictures = '';
let host: Host;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-views-'));
  pictures = join(folder, 'home', 'Pictures');
  mkdirSync(pictures, { recursive: true });
  await drawDemo(pictures);
  // The same clock once more, in other bytes: it folds behind the first.
  writeFileSync(join(pictures, 'again.png'), await render(drawScene('clock', 'table'), { format: 'png' }));
  writeFileSync(join(pictures, 'empty.png'), '');
  const library = join(folder, 'library');
  spawnSync(process.execPath, [commandLine, 'add', pictures, '--library', library], { encoding: 'utf8' });
  host = await startHost(library, join(folder, 'home'));
  browser = await launchBrowser();
}, SLOW_MS);

afterAll(async () => {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
});

const looks = [
  ['en-US', 'light', en],
  ['en-US', 'dark', en],
  ['ko-KR', 'light', ko],
  ['ko-KR', 'dark', ko],
] as const;

/** Looks at views one after another; what is found is told together. */
const looker = (page: Page) => {
  const found: string[] = [];
  const look = async (view: string): Promise<void> => {
    found.push(...(await seriousFaults(page)).map((fault) => `${view}: ${fault}`));
  };
  return { found, look };
};

test.each(looks)(
  'of results and pictures: %s, %s',
  { timeout: SLOW_MS },
  async (locale, colorScheme, words) => {
    const { page } = await openPage(browser, host.url, { locale, colorScheme });
    page.setDefaultTimeout(60_000);
    const { found, look } = looker(page);
    const cells = page.locator('.grid [role=option]');
    await cells.first().waitFor();
    await page.getByRole('textbox').first().fill('clock');
    await page.locator('.badge-fold').first().click();
    await page.locator('.badge-fold', { hasText: '−' }).waitFor();
    await look('an opened fold');
    await page.locator('.badge-fold', { hasText: '−' }).click();

    await cells.first().click();
    const viewer = page.locator('dialog.viewer');
    await viewer.waitFor();
    await page.keyboard.press('c');
    await viewer.locator('figure').nth(1).waitFor();
    await look('two pictures beside each other');
    await page.keyboard.press('i');
    await viewer.getByRole('complementary').waitFor();
    await look('two pictures and what is known');
    await page.keyboard.press('i');
    await page.keyboard.press('c');
    await viewer.locator('figure').nth(1).waitFor({ state: 'detached' });
    await page.keyboard.press('s');
    await viewer.getByRole('button', { name: words['viewer.slideshow'], pressed: true }).waitFor();
    await look('a slideshow');
    await viewer.getByRole('button', { name: words['viewer.slideshow'] }).focus();
    await look('a slideshow with its bar');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
    expect(found).toEqual([]);
    await page.context().close();
  },
);

test.each(looks)('of the desktop: %s, %s', { timeout: SLOW_MS }, async (locale, colorScheme, words) => {
  const page = await (await browser.newContext({ locale, colorScheme })).newPage();
  page.setDefaultTimeout(60_000);
  await addDesktopBridge(page, host.url, pictures);
  await page.goto(host.url);
  const { found, look } = looker(page);
  const choose = (command: ShellCommand) => tellPage(page, { type: 'command', command });
  const leave = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  const cells = page.locator('.grid [role=option]');
  await cells.first().waitFor();
  // Greyed entries stand in it while nothing can be done again.
  await page.getByRole('button', { name: words['menu.title'] }).click();
  await page.getByRole('menu').waitFor();
  await look('the menu');
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });

  await choose('settings');
  await page.getByRole('tab', { name: words['settings.desktop'] }).click();
  await page.getByRole('tabpanel').getByRole('checkbox').nth(3).waitFor();
  await look('what the app does beside its window');
  await leave();
  for (const count of [1, 2]) {
    const asked = ['Albums', '여행 사진'].slice(0, count);
    await openInPage(
      page,
      asked.map((name) => ({ path: join(folder, 'home', name), isFolder: true })),
    );
    await page.getByRole('button', { name: words['shell.watch'], exact: true }).waitFor();
    await look(`whether to watch ${String(count)}`);
    await leave();
  }
  // Nothing is there: it cannot be watched, and the reason is said.
  await openInPage(page, [{ path: join(folder, 'home', 'nowhere'), isFolder: true }]);
  await page.getByRole('button', { name: words['shell.watch'], exact: true }).click();
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await look('what cannot be watched');
  await leave();

  await cells.first().hover();
  await cells.first().locator('.cell-select').click();
  await choose('new-album');
  await page.getByRole('textbox', { name: words['side.albumName'] }).waitFor();
  await look('a new album');
  await page.getByRole('textbox', { name: words['side.albumName'] }).fill('가족');
  await look('a new album with a name');
  await leave();
  await choose('errors');
  await page.getByRole('dialog').getByText('empty.png', { exact: true }).waitFor();
  await look('files with problems');
  await page.getByRole('button', { name: words['common.tryAgain'], exact: true }).click();
  await page.getByRole('dialog').getByRole('status').filter({ hasText: '1' }).waitFor();
  await look('one that is tried again');
  await leave();
  // Its bytes come by another way than a browser has: what cannot be shown says so.
  await choose('select-none');
  await cells.first().click();
  await page.locator('.stage-failed').waitFor();
  await look('a picture that cannot be shown');
  await leave();
  expect(found).toEqual([]);
  await page.context().close();
});
