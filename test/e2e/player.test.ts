// Runs under Vitest: films and sounds in the player, in Chromium over the host: found, entered, read along, prepared.
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programs } from '../../library/media/ffmpeg/programs.ts';
import { en } from '../../renderer/i18n/en.ts';
import { demoFilmPath, makeDemoFilm } from '../fixtures/demo-film.ts';
import { launchBrowser, openPage, startHost, type Host } from '../support/browser-host.ts';
import { runCommandLine } from '../support/command-line.ts';
import { seriousFaults } from './accessibility.ts';

/** Films are made, indexed and prepared; on a busy machine each takes its time. */
const SLOW_MS = 500_000;
const run = promisify(execFile);
const shared = fileURLToPath(new URL('../../../shared/video/tears-of-steel.webm', import.meta.url));
const hasShared = existsSync(shared);
if (!hasShared) console.log('The WebM of ../shared/video is not played here, because it is not there.');

let folder = '';
let host: Host;
let browser: Browser;
let page: Page;
let wrong: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterimage-player-'));
  const media = join(folder, 'home', 'Films');
  const library = join(folder, 'library');
  mkdirSync(media, { recursive: true });
  expect(await makeDemoFilm(media)).toBe(true);
  const { ffmpeg } = await programs();
  const film = join(media, demoFilmPath);
  const made = (...args: string[]) => run(ffmpeg, ['-y', '-loglevel', 'error', '-nostdin', ...args]);
  await made('-f', 'lavfi', '-t', '6', '-i', 'sine=frequency=330', join(media, 'tone.wav'));
  // Neither the container nor the codecs are a browser's.
  await made('-t', '3', '-i', film, '-c:v', 'mpeg4', '-c:a', 'mp2', '-s', '320x180', join(media, 'old.avi'));
  if (hasShared) copyFileSync(shared, join(media, 'steel.webm'));
  const { code, errors } = await runCommandLine(['add', media, '--library', library]);
  expect(code, errors).toBe(0);
  host = await startHost(library, join(folder, 'home'));
  browser = await launchBrowser();
  // Nothing begins to move by itself: the player stands where it was sent.
  ({ page, wrong } = await openPage(browser, host.url, { reducedMotion: 'reduce' }));
  page.setDefaultTimeout(SLOW_MS);
}, SLOW_MS);

afterAll(async () => {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
});

const dialog = (name: string): Locator => page.getByRole('dialog', { name: `Player: ${name}` });

/** Where the media element stands, seconds; once it can be played from there. */
async function standsAt(): Promise<number> {
  await page.waitForFunction(() => {
    const element = document.querySelector('video, audio');
    return element instanceof HTMLMediaElement && element.readyState >= 2 && !element.seeking;
  });
  return page.evaluate(() => (document.querySelector('video, audio') as HTMLMediaElement).currentTime);
}

async function open(query: string, name: string): Promise<void> {
  await page.getByRole('textbox', { name: en['search.label'] }).fill(query);
  const cell = page.getByRole('option', { name }).first();
  // The list of before holds the same film: its answer to this question says where to enter it.
  if (query !== '') await cell.locator('.cell-entry').waitFor();
  await cell.click();
  await dialog(name).waitFor();
}

async function close(): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

test('a search is answered with the film, and the player stands at the moment that was meant', async () => {
  await open('airplane', 'dm-0501.mp4');
  const seconds = await standsAt();
  expect(seconds).toBeGreaterThanOrEqual(15.9);
  expect(seconds).toBeLessThan(20);
  // The moments are there to be gone to, and the line of time shows what matches.
  await page.getByRole('list', { name: en['player.moments'] }).getByRole('button').first().waitFor();
  await page.locator('.timeline-relevance [data-match]').first().waitFor();
});

test('a line of the transcript leads to its second and is lit', async () => {
  const line = page.getByRole('button', { name: /My grandmother carried/ });
  await line.click();
  await expect.poll(standsAt).toBeCloseTo(4.5, 1);
  await expect.poll(() => line.getAttribute('aria-current')).toBe('true');
});

test('keys move, and the ends of a clip are set', async () => {
  await page.locator('.viewer-frame').focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(standsAt).toBeCloseTo(9.5, 1);
  await page.keyboard.press('j');
  await expect.poll(standsAt).toBeCloseTo(0, 1);
  await page.keyboard.press('[');
  await page.keyboard.press('ArrowRight');
  await expect.poll(standsAt).toBeCloseTo(5, 1);
  await page.keyboard.press(']');
  await page.getByText('Clip 0:00.0 to 0:05.0').waitFor();
});

test('the player holds no serious fault of accessibility, in both themes', async () => {
  for (const theme of ['dark', 'light']) {
    await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
    expect(await seriousFaults(page)).toEqual([]);
  }
  await close();
});

test('a film in the grid shows what it looks like where the pointer is', async () => {
  const cell = page.getByRole('option', { name: 'dm-0501.mp4' }).first();
  const { width, height } = (await cell.boundingBox()) ?? { width: 0, height: 0 };
  const over = (share: number) => cell.hover({ position: { x: width * share, y: height / 2 } });
  const moved = () => page.locator('.scrub-tile img').evaluate((image) => image.style.transform);
  await expect
    .poll(async () => {
      await over(0.2);
      await over(0.21);
      return page.locator('.scrub').count();
    })
    .toBe(1);
  const early = await moved();
  await over(0.9);
  await expect.poll(moved).not.toBe(early);
  await page.mouse.move(0, 0);
  await page.locator('.scrub').waitFor({ state: 'detached' });
});

test('a sound has its waveform', async () => {
  await open('', 'tone.wav');
  await page.getByRole('img', { name: en['player.waveform'] }).waitFor();
  const painted = await page.evaluate(() => {
    const canvas = document.querySelector('canvas.waveform') as HTMLCanvasElement;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return pixels.some((value) => value > 0);
  });
  expect(painted).toBe(true);
  await standsAt();
  await close();
});

test('a format that browsers do not play is made into one that they do', async () => {
  await open('', 'old.avi');
  expect(await standsAt()).toBe(0);
  const seconds = await page.evaluate(() => document.querySelector('video')?.duration);
  expect(seconds).toBeCloseTo(3, 0);
  await close();
});

test.skipIf(!hasShared)('the WebM plays', async () => {
  await open('', 'steel.webm');
  await standsAt();
  await page.keyboard.press('k');
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.3);
  await close();
});

test('a link leads to the second, also in a tab that has no token of its own', async () => {
  await open('airplane', 'dm-0501.mp4');
  await standsAt();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('.viewer-frame').focus();
  await page.keyboard.press('c');
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/item=[0-9a-f]{64}&t=1/);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).not.toContain('token');
  const tab = await page.context().newPage();
  await tab.goto(link);
  await tab.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 15.5);
  await tab.close();
  await close();
});

test('nothing went wrong in the page on the way', () => {
  expect(wrong).toEqual([]);
});
