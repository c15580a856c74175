// Runs under Vitest: the whole interface by keyboard alone, and every view on the way under axe-core's rules.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { ko } from '../../renderer/i18n/ko.ts';
import { drawDemo } from '../fixtures/demo-library.ts';
import { launchBrowser, openPage, startHost, type Host } from '../support/browser-host.ts';
import { commandLine } from '../support/command-line.ts';
import { seriousFaults } from './accessibility.ts';

/** Drawing, indexing and looking on a small machine. */
const SLOW_MS = 150_000;
const YEAR_MS = 365 * 86_400_000;

let folder = '';
let host: Host;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-keyboard-'));
  const pictures = join(folder, 'home', 'Pictures');
  mkdirSync(pictures, { recursive: true });
  await drawDemo(pictures);
  // Spread over years, so that there is something to scrub through.
  const files = readdirSync(pictures, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes('.'),
  );
  for (const [at, name] of files.entries()) {
    const time = new Date(Date.UTC(2024, 5, 1) - Math.floor(at / 4) * YEAR_MS);
    utimesSync(join(pictures, name), time, time);
  }
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

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName);

/** Tab (or Shift+Tab) until the focus stands on something of that name. */
async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  for (let steps = 0; steps < 40; steps += 1) {
    if (name.test((await focused(page)) ?? '')) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not come to ${String(name)}; it stands on ${String(await focused(page))}.`);
}

test('everything is reached and left again without a pointer', { timeout: SLOW_MS }, async () => {
  const { page, wrong } = await openPage(browser, host.url, { viewport: { width: 1000, height: 420 } });
  page.setDefaultTimeout(60_000);
  const keys = async (...pressed: string[]): Promise<void> => {
    for (const key of pressed) await page.keyboard.press(key);
  };
  const cells = page.locator('.grid [role=option]');
  const viewer = page.locator('dialog.viewer');
  await cells.first().waitFor();

  // Search: the field has the focus from the start; an offer is chosen; Escape closes the list, then clears.
  await page.keyboard.type('cloc');
  const offers = page.getByRole('listbox', { name: en['suggest.label'] });
  await offers.waitFor();
  await keys('ArrowDown');
  await offers.locator('[aria-selected=true]').waitFor();
  await keys('Enter');
  await page.waitForFunction(() =>
    (document.querySelector('input[type=text]') as HTMLInputElement).value.startsWith('clock'),
  );
  await keys('Enter');
  await offers.waitFor({ state: 'detached' });
  // The results of what was typed before the offer was chosen may still stand there: another list is on its way.
  await page.waitForTimeout(200);
  await page.locator('.app-main:not([data-stale]) .grid[aria-label*=result]').waitFor();

  // Pictures: down into them, along them, one opened.
  await keys('ArrowDown');
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'option');
  const first = await focused(page);
  await keys('ArrowRight');
  expect(await focused(page)).not.toBe(first);
  await keys('Enter');
  await viewer.waitFor();

  // The viewer: each part by its key, on and off.
  await keys('i');
  await viewer.getByRole('complementary').waitFor();
  await keys('i', 't');
  await viewer.getByRole('group', { name: en['viewer.filmstrip'] }).waitFor();
  await keys('t', 'c');
  await viewer.locator('figure').nth(1).waitFor();
  await keys('Escape');
  await viewer.locator('figure').first().waitFor({ state: 'detached' });
  await keys('1', '+', '-', '0', 's');
  await viewer.locator('[aria-pressed=true]').first().waitFor();
  await keys('s', 'f');
  await page.waitForFunction(() => document.fullscreenElement !== null);
  await keys('f');
  await page.waitForFunction(() => document.fullscreenElement === null);
  const before = await viewer.getAttribute('aria-label');
  await keys('ArrowLeft');
  await page.waitForFunction(
    (name) => document.querySelector('dialog.viewer')?.getAttribute('aria-label') !== name,
    before,
  );
  await keys('Escape');
  await viewer.waitFor({ state: 'detached' });
  await page.waitForFunction((name) => document.activeElement?.ariaLabel === name, first);

  // More like this, and back to everything.
  await keys('m');
  await page.locator('.example-chip').waitFor();
  await keys('/', 'Escape', 'Escape');
  await page.locator('.example-chip').waitFor({ state: 'detached' });

  // The years: by months and to the ends.
  const slider = page.getByRole('slider', { name: en['timeline.scrubber'] });
  await slider.waitFor();
  await tabTo(page, new RegExp(`^${en['timeline.scrubber']}$`));
  const year = () => slider.getAttribute('aria-valuetext');
  const top = await year();
  await keys('End');
  await page.waitForFunction(
    (text) => document.querySelector('.scrubber-rail')?.getAttribute('aria-valuetext') !== text,
    top,
  );
  await keys('Home');
  await page.waitForFunction(
    (text) => document.querySelector('.scrubber-rail')?.getAttribute('aria-valuetext') === text,
    top,
  );

  // The sheet of keys, and the menu.
  await keys('?');
  await page.getByRole('dialog', { name: en['keys.title'] }).waitFor();
  await keys('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await tabTo(page, new RegExp(`^${en['menu.title']}$`), 'Shift+Tab');
  await keys('Enter');
  await page.getByRole('menu').waitFor();
  await keys('ArrowDown', 'Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(wrong).toEqual([]);
  await page.context().close();
});

test(
  'no view holds a serious fault of accessibility, in both themes and both languages',
  { timeout: 2 * SLOW_MS },
  async () => {
    for (const [language, words] of [
      ['en-US', en],
      ['ko-KR', ko],
    ] as const)
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page } = await openPage(browser, host.url, {
          ...{ locale: language, colorScheme, viewport: { width: 1000, height: 420 } },
        });
        page.setDefaultTimeout(60_000);
        const faults = async (view: string) =>
          (await seriousFaults(page)).map((fault) => `${language} ${colorScheme} ${view}: ${fault}`);
        const found: string[] = [];
        const cells = page.locator('.grid [role=option]');
        await cells.first().waitFor();
        found.push(...(await faults('timeline')));
        await page.keyboard.type('c');
        await page.getByRole('listbox', { name: words['suggest.label'] }).waitFor();
        found.push(...(await faults('suggestions')));
        await page.keyboard.type('lock');
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => document.querySelectorAll('.grid [role=option]').length < 12);
        found.push(...(await faults('results')));
        await page.keyboard.press('ArrowDown');
        await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'option');
        await page.keyboard.press('Enter');
        await page.locator('dialog.viewer').waitFor();
        for (const key of ['i', 't', 'r']) await page.keyboard.press(key);
        await page.locator('.details h2').waitFor();
        found.push(...(await faults('viewer')));
        await page.keyboard.press('c');
        await page.locator('figure').nth(1).waitFor();
        found.push(...(await faults('compare')));
        await page.keyboard.press('Escape');
        await page.keyboard.press('Escape');
        await page.locator('dialog.viewer').waitFor({ state: 'detached' });
        await page.keyboard.press('?');
        await page.getByRole('dialog', { name: words['keys.title'] }).waitFor();
        found.push(...(await faults('keys')));
        await page.keyboard.press('Escape');
        await page.keyboard.press('/');
        await page.keyboard.press('ControlOrMeta+a');
        await page.keyboard.type('purple submarine');
        await page.keyboard.press('Enter');
        await page.locator('.state-nothing').waitFor();
        found.push(...(await faults('nothing matches')));
        expect(found).toEqual([]);
        await page.context().close();
      }
  },
);
