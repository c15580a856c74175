// Runs under Vitest: the page as the desktop app has it: the menu's commands, files opened with the app, dragging out, options.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canAct, type ShellFacts } from '../../contract/command-facts.ts';
import { shellCommands, type ShellCommand } from '../../contract/desktop.ts';
import { en } from '../../renderer/i18n/en.ts';
import { drawDemo } from '../fixtures/demo-library.ts';
import { launchBrowser, startHost, type Host } from '../support/browser-host.ts';
import { addDesktopBridge, askedOf, dropPaths, openInPage, tellPage } from '../support/desktop-bridge.ts';
import { seriousFaults } from './accessibility.ts';

const SLOW_MS = 120_000;
let folder = '';
let pictures = '';
let host: Host;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-desktop-page-'));
  pictures = join(folder, 'Pictures');
  mkdirSync(pictures);
  await drawDemo(pictures);
  host = await startHost(join(folder, 'library'), folder);
  browser = await launchBrowser();
  page = await (await browser.newContext({ locale: 'en-US' })).newPage();
  page.setDefaultTimeout(60_000);
  await addDesktopBridge(page, host.url, pictures);
  await page.goto(host.url);
}, SLOW_MS);

afterAll(async () => {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
});

const cells = (): Locator => page.locator('.grid [role=option]');
const dialog = (name: string | RegExp): Locator => page.getByRole('dialog', { name });
const choose = (command: ShellCommand) => tellPage(page, { type: 'command', command });
const leave = async (): Promise<void> => {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

/** Waits until main was told that exactly these of the menu's commands can act. */
const canActNow = async (...expected: ShellCommand[]): Promise<void> => {
  const always: ShellCommand[] = ['add-folder', 'settings', 'errors', 'keys'];
  const now = async (): Promise<ShellCommand[]> => {
    const [facts] = ((await askedOf(page, 'setFacts')).at(-1) ?? []) as [ShellFacts?];
    return facts ? shellCommands.filter((command) => canAct(command, facts)).toSorted() : [];
  };
  await expect.poll(now, { timeout: 60_000 }).toEqual([...always, ...expected].toSorted());
};

test('a folder dropped on the icon is watched once that is said', { timeout: SLOW_MS }, async () => {
  await page.getByRole('heading', { name: en['welcome.title'] }).waitFor();
  expect(await askedOf(page, 'speak')).toContainEqual(['en']);
  await canActNow();
  await openInPage(page, [{ path: pictures, isFolder: true }]);
  await dialog(en['shell.watchTitle_one']).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('button', { name: en['shell.watch'] }).click();
  await page.locator('.grid [aria-setsize="24"]').first().waitFor();
});

test('a file of the library that is opened with the app is shown, of another the folder is offered', async () => {
  const name = (await cells().first().getAttribute('aria-label'))?.split(',')[0] ?? '';
  await cells().first().click();
  await page.locator('dialog.viewer').waitFor();
  await page.keyboard.press('i');
  const file = (await page.locator('.detail-files .path').first().textContent()) ?? '';
  expect(file).toContain(name);
  await page.getByRole('button', { name: en['details.openWith'] }).click();
  expect(await askedOf(page, 'openWith')).toHaveLength(1);
  await choose('reveal');
  expect(await askedOf(page, 'reveal')).toEqual(await askedOf(page, 'openWith'));
  await choose('next');
  await page.keyboard.press('i');
  await leave();
  await openInPage(page, [{ path: file, isFolder: false }]);
  await page.locator('dialog.viewer').getByText(name).first().waitFor();
  await leave();
  await openInPage(page, [{ path: '/elsewhere/dog.jpg', isFolder: false }]);
  await dialog(en['shell.watchTitle_one']).getByText('/elsewhere', { exact: true }).waitFor();
  await leave();
});

test('every command of the menu does something, or says what is missing', { timeout: SLOW_MS }, async () => {
  const said = page.getByText(en['shell.nothing']);
  for (const command of ['export', 'trash', 'tags', 'favourite', 'open-with', 'compare'] as const) {
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await choose(command);
    await said.waitFor();
  }
  await choose('find');
  await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
  // In a text the keys of the menu are no letters.
  await page.keyboard.type('clock');
  await choose('side-bar');
  expect(await page.getByRole('textbox').first().inputValue()).toBe('clock');
  await choose('side-bar');
  await page.keyboard.press('Escape');

  for (const [command, title] of [
    ['settings', en['settings.title']],
    ['errors', en['errors.title']],
    ['keys', en['keys.title']],
    ['add-folder', en['shell.watchTitle_one']],
  ] as const) {
    await choose(command);
    await dialog(title).waitFor();
    await leave();
  }
  await choose('select-all');
  const bar = page.getByRole('toolbar');
  await bar.waitFor();
  for (const command of ['export', 'trash', 'tags', 'new-album'] as const) {
    await choose(command);
    await page.getByRole('dialog').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await leave();
  }
  await choose('favourite');
  await page.locator('.cell-favourite').first().waitFor();
  await choose('undo');
  await page.locator('.cell-favourite').first().waitFor({ state: 'detached' });
  await choose('redo');
  await page.locator('.cell-favourite').first().waitFor();
  await choose('select-none');
  await bar.waitFor({ state: 'detached' });
  await choose('look-again');
  await page.getByText(en['rescan.same']).waitFor();

  await cells().first().click();
  const viewer = page.locator('dialog.viewer');
  await viewer.waitFor();
  const part: Partial<Record<ShellCommand, Locator>> = {
    details: viewer.getByRole('complementary'),
    filmstrip: viewer.getByRole('group', { name: en['viewer.filmstrip'] }),
    compare: viewer.locator('figure').nth(1),
  };
  for (const [command, shown] of Object.entries(part) as [ShellCommand, Locator][]) {
    await choose(command);
    await shown.waitFor();
    await choose(command);
    await shown.waitFor({ state: 'detached' });
  }
  await leave();
});

test('main is told what the menu can do, as it changes', { timeout: SLOW_MS }, async () => {
  const list = ['look-again', 'find', 'side-bar', 'select-all', 'undo'] as const;
  const marks = ['favourite', 'rate-0', 'rate-1', 'rate-2', 'rate-3', 'rate-4', 'rate-5'] as const;
  const selected = ['open-with', 'reveal', 'export', 'trash', 'tags', 'new-album', 'hide-item'] as const;
  const ofItem = [...marks, 'open-with', 'reveal', 'more-like-this', 'look-again'] as const;
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await canActNow(...list);
  await cells().first().focus();
  await canActNow(...list, ...marks, 'more-like-this', 'next');
  await page.keyboard.press('ArrowRight');
  await canActNow(...list, ...marks, 'more-like-this', 'next', 'previous');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('x');
  const onSelected = [...list, ...marks, ...selected, 'select-none', 'more-like-this', 'next'] as const;
  await canActNow(...onSelected);
  await choose('tags');
  await page.getByRole('dialog').waitFor();
  await canActNow('look-again');
  await leave();
  await choose('undo');
  await canActNow(...onSelected.filter((command) => command !== 'undo'), 'redo');
  await choose('redo');
  await canActNow(...onSelected);
  await choose('select-none');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const viewer = page.locator('dialog.viewer');
  await viewer.waitFor();
  const ofPicture = [...ofItem, 'details', 'filmstrip', 'compare', 'slideshow'] as const;
  await canActNow(...ofPicture, 'next');
  // What is decided on the open picture is seen on it, and taken back the same way.
  await choose('details');
  const three = viewer.getByRole('group', { name: en['select.rate'] }).getByRole('button').nth(2);
  await choose('rate-3');
  await viewer.locator('.stars [data-given]').nth(2).waitFor();
  expect(await three.getAttribute('aria-pressed')).toBe('true');
  expect(await seriousFaults(page)).toEqual([]);
  await three.click();
  await viewer.locator('.stars [data-given]').first().waitFor({ state: 'detached' });
  await choose('details');
  // The stars came with what was decided before them, so the heart says what is so.
  const heart = viewer.getByRole('button', { name: en['select.favourite'] });
  const [now, then] =
    (await heart.getAttribute('aria-pressed')) === 'true'
      ? (['true', 'false'] as const)
      : (['false', 'true'] as const);
  await choose('favourite');
  await viewer.locator(`[aria-pressed="${then}"] .heart`).waitFor();
  await page.keyboard.press('h');
  await viewer.locator(`[aria-pressed="${now}"] .heart`).waitFor();
  // The page's own buttons go by the same.
  expect(await viewer.getByRole('button', { name: en['viewer.previous'] }).isDisabled()).toBe(true);
  await page.keyboard.press('End');
  await viewer.getByRole('button', { name: en['viewer.next'], disabled: true }).waitFor();
  // A clock was seen in it.
  await viewer.getByRole('button', { name: en['viewer.regions'] }).waitFor();
  await canActNow(...ofPicture, 'outlines', 'previous');
  await leave();
  // The focus goes back to the picture that was open last.
  await canActNow(...list, ...marks, 'more-like-this', 'previous');

  const field = page.getByRole('textbox').first();
  await field.fill('clock');
  await canActNow(...list, 'redo');
  await field.fill('');
  await canActNow(...list);
});

test('pictures are dragged out as files, and are still items over an album', async () => {
  await cells().nth(0).hover();
  await cells().nth(0).locator('.cell-select').click();
  await choose('new-album');
  await page.getByPlaceholder('Name of the album').fill('Dragged');
  await page.keyboard.press('Enter');
  const album = page.getByRole('navigation').locator('.side-row', { hasText: 'Dragged' });
  await album.getByText('1', { exact: true }).waitFor();
  await choose('select-none');
  const id = Number(await cells().nth(1).getAttribute('data-item'));
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['bytes'], 'one.jpg', { type: 'image/jpeg' }));
    return data;
  });
  const of = { dataTransfer: transfer };
  await cells().nth(1).dispatchEvent('dragstart', of);
  expect(await askedOf(page, 'dragOut')).toEqual([[[id]]]);
  await page.dispatchEvent('body', 'dragenter', of);
  expect(await page.locator('.drop-target').count()).toBe(0);
  for (const type of ['dragover', 'drop']) await album.dispatchEvent(type, of);
  await album.getByText('2', { exact: true }).waitFor();
  // The drag is over when the pointer moves over the page again: then files are files.
  await page.mouse.move(500, 300);
  await page.dispatchEvent('body', 'dragenter', of);
  await page.getByText(en['drop.orFolder']).waitFor();
  await page.dispatchEvent('body', 'dragleave', of);
});

test('what is dropped on the window: a folder is offered to be watched, a picture is searched by', async () => {
  const another = join(folder, '다른 사진');
  mkdirSync(another);
  copyFileSync(join(pictures, 'trips', 'dm-0201.jpg'), join(another, 'the same aeroplane.jpg'));
  writeFileSync(join(another, 'notes.txt'), 'no picture');
  await dropPaths(page, [another]);
  const question = dialog(en['shell.watchTitle_one']);
  await question.getByText(another, { exact: true }).waitFor();
  // Seen as a name and the way to it; the whole path is for who hears it.
  expect(await question.locator('.path-name').textContent()).toBe('다른 사진');
  expect(await question.locator('.path-way bdi').last().textContent()).toBe(basename(folder));
  await canActNow('look-again');
  await question.getByRole('button', { name: en['common.cancel'] }).click();
  await question.waitFor({ state: 'detached' });
  expect(await page.getByRole('navigation').getByText('다른 사진').count()).toBe(0);

  // Said yes to, it is a root from then on.
  await dropPaths(page, [another]);
  await question.getByRole('button', { name: en['shell.watch'] }).click();
  await question.waitFor({ state: 'detached' });
  await page.getByRole('navigation').getByText('다른 사진').waitFor();

  await dropPaths(page, [join(pictures, 'trips', 'dm-0202.jpg')]);
  await page.getByRole('img', { name: 'dm-0202.jpg' }).or(page.getByText('dm-0202.jpg')).first().waitFor();
  await page.waitForFunction(() => document.querySelector('[role=option]')?.ariaLabel?.includes('dm-0202'));
  expect(await page.getByRole('dialog').count()).toBe(0);

  await dropPaths(page, [join(another, 'notes.txt')]);
  await page.getByText(en['drop.refused']).waitFor();
  await page.keyboard.press('Escape');
});

test('what the app does beside its window is set, and all of it is off at first', async () => {
  await choose('settings');
  await page.getByRole('tab', { name: en['settings.desktop'] }).click();
  const boxes = page.getByRole('tabpanel').getByRole('checkbox');
  await boxes.nth(3).waitFor();
  expect(await Promise.all((await boxes.all()).map((one) => one.isChecked()))).toEqual(Array(4).fill(false));
  await boxes.nth(3).click();
  await page.getByRole('tabpanel').locator('input:checked').waitFor();
  expect(await askedOf(page, 'setOptions')).toEqual([[{ checkForUpdates: true }]]);
  expect(await seriousFaults(page)).toEqual([]);
  await leave();
});
