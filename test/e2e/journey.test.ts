// Runs under Vitest: a person's way through the interface, in Chromium over the host, from no folder to a deleted file.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { ko } from '../../renderer/i18n/ko.ts';
import { drawDemo } from '../fixtures/demo-library.ts';
import { seriousFaults } from './accessibility.ts';
import { dropFile, launchBrowser, openPage, startHost, type Host } from '../support/browser-host.ts';

/** Drawing, indexing and looking on a small machine. */
const SLOW_MS = 120_000;

let folder = '';
let pictures = '';
let host: Host;
let browser: Browser;
let page: Page;
let wrong: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-journey-'));
  pictures = join(folder, 'home', 'Pictures');
  mkdirSync(pictures, { recursive: true });
  await drawDemo(pictures);
  host = await startHost(join(folder, 'library'), join(folder, 'home'));
  browser = await launchBrowser();
  ({ page, wrong } = await openPage(browser, host.url));
  page.setDefaultTimeout(SLOW_MS);
}, SLOW_MS);

afterAll(async () => {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Pictures, and not what the search field offers. */
const cells = (): Locator => page.locator('.grid').getByRole('option');
const cell = (name: string): Locator => page.getByRole('option', { name });
const field = (): Locator => page.getByRole('textbox', { name: en['search.label'] });
const first = async (): Promise<string> => (await cells().first().getAttribute('aria-label')) ?? '';

/** Types a question and waits until its answer stands there. */
async function ask(text: string, then: Locator): Promise<void> {
  await field().fill(text);
  await then.waitFor();
}

test('without a folder the page proposes those of the platform, and others can be chosen', async () => {
  await page.getByRole('heading', { name: en['welcome.title'] }).waitFor();
  const proposed = page.getByRole('checkbox', { name: /Pictures/ });
  await proposed.waitFor();
  expect(await proposed.isChecked()).toBe(true);
  await page.getByText('24 files').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('button', { name: en['welcome.another'] }).click();
  const dialog = page.getByRole('dialog', { name: en['roots.pick'] });
  await dialog
    .getByRole('list', { name: en['folders.inside'] })
    .getByRole('button', { name: 'Pictures' })
    .click();
  await dialog.getByText(pictures, { exact: true }).waitFor();
  await dialog.getByRole('button', { name: en['folders.choose'] }).click();
  expect(await page.getByRole('checkbox').count()).toBe(1);
  await page.getByRole('button', { name: 'Begin with 1 folder' }).click();
  // The first pictures are there before anything was understood.
  await cells().first().waitFor();
});

test('progress is shown until everything is indexed', async () => {
  const progress = page.getByRole('progressbar', { name: en['progress.label'] });
  await progress.waitFor();
  await progress.waitFor({ state: 'detached' });
  await page.getByRole('listbox', { name: '24 items' }).waitFor();
});

test('results come while typing, the best first, with why', async () => {
  await ask('red clock', cell('dm-0102.jpg').first());
  await page.waitForFunction(() => document.querySelector('[role=option]')?.ariaLabel?.includes('dm-0102'));
  expect(await first()).toMatch(/clock \d+ %/);
  expect(new URL(page.url()).searchParams.get('q')).toBe('red clock');
});

test('words in Korean find the same', async () => {
  await ask('비행기', cell('dm-0201.jpg'));
  expect(await first()).toContain('dm-0201.jpg');
});

test('where nothing matches the page says so and names the word', async () => {
  await ask('purple submarine', page.getByRole('heading', { name: /Nothing matches/ }));
  await page.getByText(/does not know: submarine/).waitFor();
});

test('a picture opens, arrows go on, Escape goes back', async () => {
  await ask('clock', cell('dm-0101.jpg').first());
  await page.getByRole('listbox', { name: /results?$/ }).waitFor();
  const names = await cells().evaluateAll((all) => all.map((one) => one.ariaLabel?.split(',')[0] ?? ''));
  expect(names.length).toBeGreaterThanOrEqual(3);
  await cells().first().click();
  const shown = (name: string | undefined) => page.getByRole('dialog', { name: `Picture ${name ?? ''}` });
  await shown(names[0]).waitFor();
  await page.keyboard.press('ArrowRight');
  await shown(names[1]).waitFor();
  await page.keyboard.press('ArrowRight');
  await shown(names[2]).waitFor();
  await page.keyboard.press('ArrowLeft');
  await shown(names[1]).waitFor();
  await page.keyboard.press('i');
  await shown(names[1]).getByText(en['details.why']).waitFor();
  await page.keyboard.press('i');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // The focus stands on the picture that was open last.
  await page.waitForFunction((name) => document.activeElement?.ariaLabel?.startsWith(name ?? '?'), names[1]);
});

test('a picture that is dropped on the page is searched by', async () => {
  await field().fill('');
  await page.getByRole('listbox', { name: '24 items' }).waitFor();
  await dropFile(page, 'mine.jpg', 'image/jpeg', readFileSync(join(pictures, 'trips', 'dm-0202.jpg')));
  await page.getByRole('button', { name: 'Do not search by mine.jpg' }).waitFor();
  await page.waitForFunction(() => document.querySelector('[role=option]')?.ariaLabel?.includes('dm-0202'));
  await page.getByRole('button', { name: 'Do not search by mine.jpg' }).click();
  await page.getByRole('listbox', { name: '24 items' }).waitFor();
});

test('more like this searches by the picture that is open', async () => {
  await ask('document', cell('dm-0301.png').first());
  await cell('dm-0301.png').first().click();
  await page.getByRole('button', { name: en['viewer.moreLike'] }).click();
  await page.getByRole('button', { name: /Do not search by dm-0301/ }).waitFor();
  await page.waitForFunction(() =>
    document.querySelectorAll('[role=option]')[1]?.ariaLabel?.includes('dm-0302'),
  );
  expect(await first()).toContain('dm-0301');
  await page.getByRole('button', { name: /Do not search by dm-0301/ }).click();
});

test('the interface speaks Korean when asked to, and stays dark when asked to', async () => {
  await page.getByRole('button', { name: en['menu.title'] }).click();
  await page.getByRole('menuitemradio', { name: en['theme.dark'] }).click();
  const light = (colour: string): number => {
    const numbers = colour.match(/[\d.]+/g)?.map(Number) ?? [];
    return colour.startsWith('okl') ? (numbers[0] ?? 1) * 255 : Math.max(...numbers.slice(0, 3));
  };
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.waitForFunction(() => document.documentElement.outerHTML.includes('dark'));
  expect(light(await background())).toBeLessThan(90);
  const korean = page.getByRole('menuitemradio', { name: '한국어' });
  if (!(await korean.isVisible())) await page.getByRole('button', { name: en['menu.title'] }).click();
  await korean.click();
  await page.getByRole('textbox', { name: ko['search.label'] }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('ko');
  // Both are kept.
  await page.reload();
  await page.getByRole('textbox', { name: ko['search.label'] }).waitFor();
  expect(light(await background())).toBeLessThan(90);
});

test('what is seen is named in the language of the interface', async () => {
  await page.getByRole('textbox', { name: ko['search.label'] }).fill('clock');
  await page
    .getByRole('option', { name: /시계 \d+ %/ })
    .first()
    .waitFor();
  expect(await page.getByRole('option', { name: /clock \d+ %/ }).count()).toBe(0);
});

test('a file that is deleted on disk disappears from the page by itself', async () => {
  // By name: among all, newest first, it may lie below what the window shows.
  await page.getByRole('textbox', { name: ko['search.label'] }).fill('dm-0205');
  await cell('dm-0205.png').waitFor();
  rmSync(join(pictures, 'trips', 'dm-0205.png'));
  await cell('dm-0205.png').waitFor({ state: 'detached' });
});

test('the views on the way hold no serious fault of accessibility, in both themes', async () => {
  await page.getByRole('textbox', { name: ko['search.label'] }).fill('');
  await cells().first().waitFor();
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
    expect(await seriousFaults(page)).toEqual([]);
    await cells().first().click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('i');
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
});

test('nothing went wrong in the page on the way', () => {
  expect(wrong).toEqual([]);
});
