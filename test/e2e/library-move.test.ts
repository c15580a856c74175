// Runs under Vitest: the library is moved from the settings in Chromium, stopped, moved again, and searched at its new place.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { ko } from '../../renderer/i18n/ko.ts';
import { drawDemo } from '../fixtures/demo-library.ts';
import { launchBrowser, openPage, startHost, type Host } from '../support/browser-host.ts';
import { commandLine } from '../support/command-line.ts';
import { seriousFaults } from './accessibility.ts';

const SLOW_MS = 240_000;
let folder = '';
let library = '';
let home = '';
let host: Host;
let browser: Browser;

beforeAll(async () => {
  folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'afterimage-library-move-')));
  [library, home] = [join(folder, 'library'), join(folder, 'home')];
  const pictures = join(home, 'Pictures');
  for (const name of ['Pictures', 'Disk', 'Empty']) mkdirSync(join(home, name), { recursive: true });
  writeFileSync(join(home, 'Disk', 'letter.txt'), 'Dear Anna');
  await drawDemo(pictures);
  spawnSync(process.execPath, [commandLine, 'add', pictures, '--library', library]);
  // A download that was left off is copied byte by byte, also on one disk: long enough to be seen and stopped.
  mkdirSync(join(library, 'packs', '.left-off'), { recursive: true });
  writeFileSync(join(library, 'packs', '.left-off', 'model.onnx'), '');
  truncateSync(join(library, 'packs', '.left-off', 'model.onnx'), 1_000_000_000);
  host = await startHost(library, home);
  browser = await launchBrowser();
}, SLOW_MS);

afterAll(async () => {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
});

const cells = (page: Page): Locator => page.locator('.grid [role=option]');

/** Settings, storage, and the dialog over them. */
async function openMove(page: Page, words: Readonly<Record<keyof typeof en, string>> = en): Promise<Locator> {
  await page.getByRole('button', { name: words['menu.title'] }).click();
  await page.getByRole('menuitem', { name: words['menu.settings'] }).click();
  await page.getByRole('tab', { name: words['settings.storage'] }).click();
  await page.getByRole('button', { name: words['move.open'] }).click();
  const dialog = page.getByRole('dialog', { name: words['move.title'] });
  await dialog.waitFor();
  return dialog;
}

async function chooseFolder(page: Page, dialog: Locator, name: string): Promise<void> {
  await dialog.getByRole('button', { name: en['move.choose'] }).click();
  const picker = page.getByRole('dialog', { name: en['move.pick'] });
  await picker.getByRole('button', { name }).first().click();
  await picker.getByRole('button', { name: en['folders.choose'] }).click();
}

test(
  'a move is planned, stopped, begun again, goes on through a reload, and everything is found afterwards under the same address',
  async () => {
    const { page } = await openPage(browser, host.url);
    page.setDefaultTimeout(60_000);
    await cells(page).first().waitFor();
    const pictures = await cells(page).count();
    let dialog = await openMove(page);
    await dialog.getByText(library).waitFor();
    await chooseFolder(page, dialog, 'Disk');
    // What holds other things gets a folder of its own in it.
    const to = join(home, 'Disk', 'Afterimage');
    await dialog.getByText(to).waitFor();
    expect(await dialog.getByRole('button', { name: en['move.start'], exact: true }).isEnabled()).toBe(true);
    expect(await seriousFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: en['move.start'], exact: true }).click();
    await dialog.getByRole('button', { name: en['move.stop'] }).click();
    await dialog.getByText(en['move.stopped']).waitFor();
    expect(existsSync(to)).toBe(false);
    await dialog.getByRole('button', { name: en['move.start'], exact: true }).click();
    await dialog.getByRole('progressbar').waitFor();
    // The keyboard is where the button was.
    expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true);
    expect(await seriousFaults(page)).toEqual([]);

    await page.reload();
    await cells(page).first().waitFor();
    dialog = await openMove(page);
    await dialog.getByText(/^.* moved in/).waitFor();
    await dialog.getByText(to).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: en['common.close'] }).last().click();
    // The settings behind it say so, too.
    await page.getByRole('tabpanel').getByText(to).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await cells(page).count()).toBe(pictures);
    await page.getByRole('textbox', { name: en['search.label'] }).fill('in:pictures');
    await cells(page).first().waitFor();
    await page.waitForFunction(() => {
      const shown = [...document.querySelectorAll<HTMLImageElement>('.grid img')];
      return shown.length === 0 || shown.some((image) => image.naturalWidth > 0);
    });
    await page.context().close();
    await expect.poll(() => readdirSync(library), { timeout: 60_000 }).toEqual(['moved-to.json']);
    expect(readdirSync(join(home, 'Disk')).toSorted()).toEqual(['Afterimage', 'letter.txt']);
  },
  SLOW_MS,
);

test(
  'the dialog is right in Korean and in the dark, and a place that cannot be is said',
  async () => {
    const { page } = await openPage(browser, host.url, { locale: 'ko-KR', colorScheme: 'dark' });
    page.setDefaultTimeout(60_000);
    await cells(page).first().waitFor();
    const dialog = await openMove(page, ko);
    await dialog.getByRole('button', { name: ko['move.choose'] }).click();
    const picker = page.getByRole('dialog', { name: ko['move.pick'] });
    await picker.getByRole('button', { name: 'Pictures' }).first().click();
    await picker.getByRole('button', { name: ko['folders.choose'] }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await dialog.getByRole('alert').textContent()).toContain(ko['failure.FOLDER_WATCHED']);
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    // The focus is back on what opened it.
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(ko['move.open']);
    await page.context().close();
  },
  SLOW_MS,
);
