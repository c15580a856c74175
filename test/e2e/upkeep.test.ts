// Runs under Vitest: files with problems tried again and ignored, the index made anew, and diagnostics that name nothing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { drawDemo } from '../fixtures/demo-library.ts';
import { launchBrowser, openPage, startHost, type Host } from '../support/browser-host.ts';
import { commandLine } from '../support/command-line.ts';

const SLOW_MS = 150_000;
let folder = '';
let pictures = '';
let library = '';
let host: Host;
let browser: Browser;
let page: Page;
let wrong: string[];

/** A picture by its first bytes, and no more of it: an item that cannot be shown. */
const torn = (): string => join(pictures, 'Grandmother Seoul 2019', 'torn smile.png');
const empty = (): string => join(pictures, 'Grandmother Seoul 2019', '빈 사진.png');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-upkeep-'));
  pictures = join(folder, 'home of Marguerite', 'My Photographs');
  library = join(folder, 'home of Marguerite', 'kept library');
  mkdirSync(join(pictures, 'Grandmother Seoul 2019'), { recursive: true });
  await drawDemo(pictures);
  const whole = readFileSync(join(pictures, 'home', 'dm-0103.png'));
  writeFileSync(torn(), whole.subarray(0, 60));
  writeFileSync(empty(), '');
  spawnSync(process.execPath, [commandLine, 'add', pictures, '--library', library], { encoding: 'utf8' });
  host = await startHost(library, join(folder, 'home of Marguerite'));
  browser = await launchBrowser();
  ({ page, wrong } = await openPage(browser, host.url));
  page.setDefaultTimeout(60_000);
  await cells().first().waitFor();
}, SLOW_MS);

afterAll(async () => {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
});

const cells = (): Locator => page.locator('.grid [role=option]');
const dialog = (name: string): Locator => page.getByRole('dialog', { name });
const row = (path: string): Locator =>
  dialog(en['errors.title']).getByRole('listitem').filter({ hasText: path });
const fromMenu = async (name: string): Promise<void> => {
  await page.getByRole('button', { name: en['menu.title'] }).click();
  await page.getByRole('menuitem', { name }).click();
};
const leave = async (): Promise<void> => {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};
const settingsTab = async (name: string): Promise<void> => {
  await fromMenu(en['menu.settings']);
  await page.getByRole('tab', { name }).click();
};

test(
  'a file with a problem is tried again when that is asked, and says so',
  { timeout: SLOW_MS },
  async () => {
    await fromMenu(en['menu.errors']);
    await row(torn()).waitFor();
    await row(torn()).getByRole('button', { name: en['common.tryAgain'] }).click();
    await page.getByText('1 file is being tried again.').waitFor();
    // It is as broken as before: it comes back with its reason.
    await row(torn()).waitFor();
    expect(await dialog(en['errors.title']).getByRole('listitem').count()).toBe(2);
    await page.getByRole('button', { name: en['errors.retry'] }).click();
    await page.getByText('2 files are being tried again.').waitFor();
    await row(empty()).waitFor();
    await leave();
  },
);

test(
  'an ignored file leaves the list, stays as it is, and comes back by its pattern',
  { timeout: SLOW_MS },
  async () => {
    const before = { bytes: readFileSync(torn()), mtimeMs: statSync(torn()).mtimeMs };
    await fromMenu(en['menu.errors']);
    await row(torn()).getByRole('button', { name: en['errors.ignore'] }).click();
    await row(torn()).waitFor({ state: 'detached' });
    await page.getByText(en['errors.ignored']).waitFor();
    await row(empty()).waitFor();
    await leave();
    expect({ bytes: readFileSync(torn()), mtimeMs: statSync(torn()).mtimeMs }).toEqual(before);

    await fromMenu(en['menu.rescan']);
    await page.getByText(en['rescan.same']).waitFor();
    await fromMenu(en['menu.errors']);
    await row(empty()).waitFor();
    expect(await row(torn()).count()).toBe(0);
    await leave();

    await settingsTab(en['roots.title']);
    const patterns = page.getByRole('textbox', { name: en['ignore.title'] });
    await page.waitForFunction(() => document.querySelector('textarea')?.value !== '');
    expect(await patterns.inputValue()).toBe('/Grandmother Seoul 2019/torn smile.png');
    await patterns.fill('');
    await page.getByRole('button', { name: en['ignore.save'] }).click();
    await page.getByRole('button', { name: en['ignore.save'] }).waitFor({ state: 'detached' });
    await leave();
    await fromMenu(en['menu.errors']);
    await row(torn()).waitFor();
    await leave();
  },
);

test(
  'decisions outlive an index that is made anew, and everything is found again',
  { timeout: SLOW_MS },
  async () => {
    const side = (name: string): Locator =>
      page.getByRole('navigation').locator('.side-row', { hasText: name });
    await cells().nth(0).hover();
    await cells().nth(0).locator('.cell-select').click();
    await cells().nth(1).click();
    await page.keyboard.press('f');
    await side(en['side.favourites']).getByText('2', { exact: true }).waitFor();
    await page.getByRole('button', { name: en['select.tags'] }).click();
    await page.getByRole('combobox', { name: en['tags.new'] }).fill('Marguerite tagged');
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: en['tags.has'] }).getByText('Marguerite tagged').waitFor();
    await leave();
    await page.getByRole('button', { name: en['select.addToAlbum'] }).click();
    await page.getByRole('menuitem', { name: en['select.newAlbum'] }).click();
    await page.getByRole('textbox', { name: en['side.albumName'] }).fill('Marguerite album');
    await page.keyboard.press('Enter');
    const kept = [en['side.favourites'], 'Marguerite album', 'Marguerite tagged'];
    const stand = async (): Promise<void> => {
      for (const name of kept) await side(name).getByText('2', { exact: true }).waitFor();
    };
    await stand();
    const names = async (): Promise<(string | undefined)[]> =>
      (await cells().evaluateAll((all) => all.map((one) => one.ariaLabel?.split(',')[0]))).toSorted();
    const openAlbum = async (): Promise<void> => {
      await side('Marguerite album').getByRole('button').first().click();
      await page.locator('.grid [aria-setsize="2"]').first().waitFor();
    };
    await openAlbum();
    const inAlbum = await names();
    await side(en['side.all']).getByRole('button').first().click();
    await page.locator('.grid [aria-setsize="25"]').first().waitFor();

    await settingsTab(en['settings.storage']);
    await page.getByRole('button', { name: en['health.rebuild'] }).click();
    await page.getByRole('button', { name: en['health.rebuildYes'], exact: true }).click();
    await page.getByText(en['health.rebuilt']).waitFor();
    await leave();
    await page.locator('.grid [aria-setsize="25"]').first().waitFor();
    // Pictures are seen again, also those that were asked for while their previews were away.
    await page.waitForFunction(() => {
      const images = [...document.querySelectorAll<HTMLImageElement>('.grid img')];
      return images.length > 10 && images.every((image) => image.complete && image.naturalWidth > 0);
    });
    wrong.splice(0, wrong.length, ...wrong.filter((text) => !text.includes('404')));
    await stand();
    await openAlbum();
    expect(await names()).toEqual(inAlbum);
    await side(en['side.all']).getByRole('button').first().click();

    // Not by a remembered answer: asked in words that were not asked before.
    const field = page.getByRole('textbox').first();
    await field.fill('aeroplane');
    await page.locator('.grid [role=option][aria-label*="dm-0201"]').waitFor();
    await field.fill('');
    await fromMenu(en['menu.errors']);
    await row(torn()).waitFor();
    await row(empty()).waitFor();
    await leave();
  },
);

test('diagnostics name no file, folder, album, tag or query of theirs', { timeout: SLOW_MS }, async () => {
  await settingsTab(en['settings.storage']);
  const arriving = page.waitForEvent('download');
  await page.getByRole('button', { name: en['health.diagnostics'] }).click();
  const download = await arriving;
  expect(download.suggestedFilename()).toBe('afterimage-diagnostics.json');
  const bytes = readFileSync(await download.path());
  await leave();
  // What a person would look for in it is there …
  const told = JSON.parse(bytes.toString('utf8')) as Record<string, never>;
  expect(told).toMatchObject({
    status: { items: 25, errors: 2 },
    collections: { albums: 1, tags: 1, favourites: 2 },
    roots: [{ state: 'present' }],
  });
  // … and nothing that names what is theirs, in whatever case or form.
  const theirs = readdirSync(pictures, { recursive: true, encoding: 'utf8' })
    .flatMap((path) => path.split(/[\\/]/))
    // "home" and "trips" are words of English, too.
    .filter((name) => name !== 'home');
  const words = [
    'Marguerite',
    'Photographs',
    'kept library',
    'afterimage-upkeep',
    'aeroplane',
    '/home',
    tmpdir(),
  ];
  const text = bytes.toString('utf8').normalize('NFC').toLowerCase();
  for (const name of new Set([...theirs, ...words, folder, pictures, library]))
    expect(text.includes(name.normalize('NFC').toLowerCase()), name).toBe(false);
});

test('a file that is mended leaves the list by itself', { timeout: SLOW_MS }, async () => {
  await fromMenu(en['menu.errors']);
  await row(torn()).waitFor();
  writeFileSync(torn(), readFileSync(join(pictures, 'home', 'dm-0103.png')));
  await row(torn()).waitFor({ state: 'detached' });
  rmSync(empty());
  await page.getByText(en['errors.none']).waitFor();
  expect(await page.getByRole('button', { name: en['errors.retry'] }).isDisabled()).toBe(true);
  await leave();
  expect(wrong).toEqual([]);
});
