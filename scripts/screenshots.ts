// Runs by hand: the interface's pictures in docs/images, taken in Chromium over a host with a small library.
// node scripts/screenshots.ts [PICTURES [NAME…]]: photos where they are given, without those named (a licence that does
// not go with ours); else the demo's drawings. docs/images/README.md says whose the photos are.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { demoPictures, drawDemo } from '../test/fixtures/demo-library.ts';
import { dropFile, launchBrowser, openPage, startHost } from '../test/support/browser-host.ts';
import {
  shootErrors,
  shootKoreanAlbum,
  shootNarrowSide,
  shootSelection,
  shootSettings,
} from './screenshots-collections.ts';
import { buildRenderer } from './building.ts';
import { projectFolder } from './tools.ts';

const MOST_BYTES = 150_000;
const images = join(projectFolder, 'docs', 'images');
const folder = mkdtempSync(join(tmpdir(), 'afterimage-screenshots-'));
const library = join(folder, 'library');
const [given, ...leftOut] = process.argv.slice(2);
const pictures = join(folder, 'Pictures');

/** What is asked in the pictures: of photos, else of drawings. */
const ask =
  given === undefined
    ? {
        ...{ en: 'clock type:photo', ko: '빨간 시계', open: 'clock', typed: 'cl' },
        drop: demoPictures[0]?.path ?? '',
      }
    : { en: 'cat type:photo after:2000', ko: '고양이', open: 'dog', typed: 'ca', drop: 'cat.jpg' };

const shot = async (page: Page, name: string): Promise<void> => {
  // Previews fade in, and a search answers while one still types.
  await page.waitForLoadState('networkidle');
  // Asked through the DevTools protocol: the page's own policy forbids to make code of text.
  while (!(await page.evaluate<boolean>('[...document.images].every((image) => image.complete)')))
    await page.waitForTimeout(50);
  await page.waitForTimeout(900);
  const path = join(images, `${name}.jpg`);
  let quality = 86;
  let bytes = await page.screenshot({ type: 'jpeg', quality });
  while (bytes.length > MOST_BYTES && quality > 40) {
    quality -= 6;
    bytes = await page.screenshot({ type: 'jpeg', quality });
  }
  writeFileSync(path, bytes);
  console.log(`${path}  ${Math.round(statSync(path).size / 1000)} kB`);
};

mkdirSync(images, { recursive: true });
mkdirSync(join(folder, 'home', 'Pictures'), { recursive: true });
if (given === undefined) await drawDemo(pictures);
else
  cpSync(resolve(given), pictures, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !leftOut.includes(basename(path)),
  });
await buildRenderer();
const launcher = join(projectFolder, 'bin', 'afterimage.js');

cpSync(pictures, join(folder, 'home', 'Pictures'), { recursive: true });
mkdirSync(join(folder, 'home', 'Videos'));
const empty = await startHost(join(folder, 'empty'), join(folder, 'home'));
const browser = await launchBrowser();
const size = { viewport: { width: 1280, height: 800 } };
try {
  const { page } = await openPage(browser, empty.url, size);
  await page.getByRole('button', { name: /Begin with/ }).waitFor();
  await shot(page, 'welcome');
} finally {
  await empty.stop();
}

spawnSync(process.execPath, [launcher, 'add', pictures, '--library', library], { stdio: 'inherit' });
const host = await startHost(library, join(folder, 'home'));
try {
  const { page } = await openPage(browser, host.url, size);
  const field = page.getByRole('textbox').first();
  const results = page.getByRole('option');
  await results.first().waitFor();
  // The scrubber says where one is while it is pointed at.
  await page.getByRole('slider').last().hover();
  await shot(page, 'timeline');
  // The pointer rests where it lights up nothing.
  await page.mouse.move(640, 795);
  const find = async (text: string): Promise<void> => {
    await field.fill(text);
    await page.keyboard.press('Enter');
    await page.getByRole('listbox', { name: /result/ }).waitFor();
    await page.waitForTimeout(700);
  };
  await find(ask.en);
  // Why, and where in the picture.
  await results.first().hover();
  await shot(page, 'search');
  await page.mouse.move(640, 795);
  await field.fill(ask.typed);
  await page.getByRole('listbox', { name: 'Suggestions' }).waitFor();
  await shot(page, 'suggestions');
  await find(ask.open);
  await results.first().click();
  for (const key of ['i', 'r', 't']) await page.keyboard.press(key);
  // Without the part that tells where the file lies: that is nobody's folder.
  await page.setViewportSize({ width: 1280, height: 650 });
  await shot(page, 'viewer');
  await page.keyboard.press('i');
  await page.keyboard.press('c');
  await shot(page, 'compare');
  await page.setViewportSize(size.viewport);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await field.fill('');
  await dropFile(page, 'dropped.jpg', 'image/jpeg', readFileSync(join(pictures, ask.drop)));
  await page.getByRole('button', { name: /dropped\.jpg/ }).waitFor();
  await shot(page, 'by-picture');
  await page.getByRole('button', { name: /dropped\.jpg/ }).click();
  await page.keyboard.press('Escape');
  await field.fill('purple submarine');
  await page.getByRole('heading', { name: /Nothing matches/ }).waitFor();
  await shot(page, 'nothing-matches');

  await field.fill('');
  // What was asked before is offered in an empty field.
  await field.press('Escape');
  await results.first().waitFor();
  await shootSelection(page, shot);
  await shootSettings(page, shot, folder);

  const korean = await openPage(browser, host.url, { ...size, locale: 'ko-KR', colorScheme: 'dark' });
  await korean.page.getByRole('textbox').first().fill(ask.ko);
  await korean.page.getByRole('option').first().waitFor();
  await shot(korean.page, 'korean-dark');
  await korean.page.getByRole('textbox').first().fill('');
  await shootKoreanAlbum(korean.page, shot);

  const narrow = await openPage(browser, host.url, { viewport: { width: 390, height: 780 } });
  await narrow.page.getByRole('option').first().waitFor();
  await shot(narrow.page, 'narrow');
  await shootNarrowSide(narrow.page, shot);
  await shootErrors(page, shot, pictures, folder);
} finally {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
}
