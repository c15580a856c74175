// Runs under Vitest: first start, settings, packs during a download, errors, export and the trash: by keyboard, and under axe-core's rules in both themes and languages.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { ko } from '../../renderer/i18n/ko.ts';
import { drawDemo } from '../fixtures/demo-library.ts';
import { launchBrowser, openPage, startHost, type Host } from '../support/browser-host.ts';
import { commandLine } from '../support/command-line.ts';
import { mirrorOf } from '../support/offered-clip.ts';
import type { RoughServer } from '../support/rough-server.ts';
import { seriousFaults } from './accessibility.ts';

const SLOW_MS = 240_000;
let folder = '';
let pictures = '';
let host: Host;
let empty: Host;
let browser: Browser;
let server: RoughServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-dialogs-'));
  pictures = join(folder, 'home', 'Pictures');
  for (const name of ['Pictures', 'Exports']) mkdirSync(join(folder, 'home', name), { recursive: true });
  await drawDemo(pictures);
  writeFileSync(join(pictures, 'empty.png'), '');
  const args = ['add', pictures, '--library', join(folder, 'library')];
  spawnSync(process.execPath, [commandLine, ...args], { encoding: 'utf8' });
  server = await mirrorOf('tinyclip');
  server.pace = { bytes: 20_000, pauseMs: 20 };
  host = await startHost(join(folder, 'library'), join(folder, 'home'));
  empty = await startHost(join(folder, 'empty'), join(folder, 'home'));
  browser = await launchBrowser();
}, SLOW_MS);

afterAll(async () => {
  await browser.close();
  await host.stop();
  await empty.stop();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const cells = (page: Page): Locator => page.locator('.grid [role=option]');
const settings = async (page: Page, words: Readonly<Record<keyof typeof en, string>>): Promise<void> => {
  await page.getByRole('button', { name: words['menu.title'] }).click();
  await page.getByRole('menuitem', { name: words['menu.settings'] }).click();
  await page.getByRole('dialog').waitFor();
};

test(
  'a pack is downloaded in sight: mirror, consent, progress, pause, and a reason when it fails',
  async () => {
    const { page } = await openPage(browser, host.url);
    page.setDefaultTimeout(60_000);
    await cells(page).first().waitFor();
    await settings(page, en);
    await page.getByRole('tab', { name: en['settings.packs'] }).click();
    const mirror = page.getByRole('textbox', { name: en['mirror.title'] });
    await mirror.fill('nowhere');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').first().waitFor();
    await mirror.fill(`${server.origin}/`);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: en['mirror.save'] }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Download TinyCLIP ViT-8M/16' }).click();
    await page.getByText(/MIT\?/).waitFor();
    await page.getByRole('button', { name: en['offers.yes'], exact: true }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'TinyCLIP' });
    await row.getByRole('progressbar').waitFor();
    await row.getByText(/\/s/).waitFor();
    await row.getByRole('button', { name: en['offers.stop'] }).click();
    await row.getByText(/Paused at/).waitFor();
    const before = server.requests.length;
    server.pace = null;
    await row.getByRole('button', { name: en['offers.goOn'] }).click();
    // The bytes are not the pack's: said by a sentence, and the pack is not there.
    await row.getByRole('alert').waitFor();
    expect(server.requests.slice(before).some(({ range }) => range !== null)).toBe(true);
    expect(readdirSync(join(folder, 'library', 'packs')).filter((name) => !name.startsWith('.'))).toEqual([]);
    await row.getByRole('button', { name: en['offers.discard'] }).click();
    await row.getByRole('button', { name: /Download/ }).waitFor();
    await page.context().close();
    server.pace = { bytes: 20_000, pauseMs: 20 };
  },
  SLOW_MS,
);

test(
  'a selection is exported in each form, and goes to the trash only when that is said',
  async () => {
    const { page } = await openPage(browser, host.url);
    page.setDefaultTimeout(60_000);
    await cells(page).first().waitFor();
    for (const at of [0, 1]) {
      await cells(page).nth(at).hover();
      await cells(page).nth(at).locator('.cell-select').click();
    }
    const exports = join(folder, 'home', 'Exports');
    for (const form of ['copies', 'zip', 'json', 'csv'] as const) {
      await page.getByRole('button', { name: en['select.export'] }).click();
      await page.getByRole('radio', { name: en[`export.${form}`] }).check();
      await page.getByRole('button', { name: en['export.choose'] }).click();
      const picker = page.getByRole('dialog', { name: en['export.pick'] });
      await picker.getByRole('button', { name: 'Exports' }).first().click();
      await picker.getByRole('button', { name: en['folders.choose'] }).click();
      await page.locator('.export-done').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    const written = readdirSync(exports, { recursive: true, encoding: 'utf8' });
    for (const ending of ['.zip', '.json', '.csv'])
      expect(written.filter((name) => name.endsWith(ending))).toHaveLength(1);
    const table = written.find((name) => name.endsWith('.json')) ?? '';
    expect(JSON.parse(readFileSync(join(exports, table), 'utf8'))).toBeTruthy();
    expect(written.length).toBeGreaterThanOrEqual(5);

    const files = readdirSync(pictures, { recursive: true }).length;
    await page.getByRole('button', { name: en['select.trash'] }).click();
    await page.getByRole('dialog').getByRole('button', { name: en['common.cancel'] }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(readdirSync(pictures, { recursive: true })).toHaveLength(files);
    await page.getByRole('button', { name: en['select.trash'] }).click();
    await page.getByRole('dialog').getByRole('button', { name: en['trash.move'] }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(readdirSync(pictures, { recursive: true })).toHaveLength(files - 2);
    await page.context().close();
  },
  SLOW_MS,
);

test(
  'settings and errors are reached, used and left by keys alone',
  async () => {
    const { page, wrong } = await openPage(browser, host.url);
    page.setDefaultTimeout(60_000);
    await cells(page).first().waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    const tabTo = async (wanted: RegExp): Promise<void> => {
      for (let steps = 0; steps < 60; steps += 1) {
        if (wanted.test(await focused())) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab does not come to ${String(wanted)}.`);
    };
    await page.getByRole('button', { name: en['menu.title'] }).focus();
    for (const key of ['Enter', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('dialog', { name: en['settings.title'] }).waitFor();
    await tabTo(new RegExp(`^${en['roots.title']}$`));
    for (const name of [
      'settings.packs',
      'settings.indexing',
      'settings.look',
      'settings.storage',
    ] as const) {
      await page.keyboard.press('ArrowDown');
      await page.getByRole('tab', { name: en[name], selected: true }).waitFor();
    }
    await tabTo(/^1 file with a problem$/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: en['errors.title'] }).waitFor();
    await tabTo(new RegExp(`^${en['common.tryAgain']}$`));
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('empty.png', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(wrong).toEqual([]);
    await page.context().close();
  },
  SLOW_MS,
);

test.each([
  ['en-US', 'light', en],
  ['en-US', 'dark', en],
  ['ko-KR', 'light', ko],
  ['ko-KR', 'dark', ko],
] as const)(
  'nothing serious in any of them: %s, %s',
  async (locale, colorScheme, words) => {
    const found: string[] = [];
    const look = async (page: Page, view: string): Promise<void> => {
      found.push(...(await seriousFaults(page)).map((fault) => `${view}: ${fault}`));
    };
    const first = (await openPage(browser, empty.url, { locale, colorScheme })).page;
    await first.getByRole('heading', { name: words['welcome.title'] }).waitFor();
    await look(first, 'first start');
    await first.context().close();

    const { page } = await openPage(browser, host.url, { locale, colorScheme });
    page.setDefaultTimeout(60_000);
    await cells(page).first().waitFor();
    await look(page, 'library');
    await settings(page, words);
    await look(page, 'folders');
    for (const name of [
      'settings.packs',
      'settings.indexing',
      'settings.look',
      'settings.storage',
    ] as const) {
      await page.getByRole('tab', { name: words[name] }).click();
      await page.getByRole('tabpanel').getByRole('heading').or(page.locator('legend')).first().waitFor();
      await look(page, name);
    }
    await page.getByRole('tab', { name: words['settings.packs'] }).click();
    await page.getByRole('button', { name: /TinyCLIP/ }).click();
    await look(page, 'consent');
    await page.getByRole('button', { name: words['offers.yes'], exact: true }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'TinyCLIP' });
    await row.getByRole('progressbar').waitFor();
    await look(page, 'download');
    await row.getByRole('button', { name: words['offers.discard'] }).click();
    await row.getByRole('progressbar').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: words['menu.title'] }).click();
    await page.getByRole('menuitem', { name: words['menu.errors'] }).click();
    await page.getByRole('dialog').getByText('empty.png', { exact: true }).waitFor();
    await look(page, 'errors');
    await page.keyboard.press('Escape');
    await cells(page).first().hover();
    await cells(page).first().locator('.cell-select').click();
    await page.getByRole('toolbar').waitFor();
    await look(page, 'selection');
    for (const name of ['select.export', 'select.tags', 'select.trash'] as const) {
      await page.getByRole('button', { name: words[name] }).click();
      await page.getByRole('dialog').waitFor();
      await look(page, name);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    expect(found).toEqual([]);
    await page.context().close();
  },
  SLOW_MS,
);
