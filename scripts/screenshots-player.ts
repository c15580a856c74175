// Runs by hand: pictures of the player in docs/images, taken in Chromium over a host with the demo's drawn film.
// node scripts/screenshots-player.ts
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { programs } from '../library/media/ffmpeg/programs.ts';
import { demoFilmPath, demoSubtitles, makeDemoFilm } from '../test/fixtures/demo-film.ts';
import { launchBrowser, openPage, startHost } from '../test/support/browser-host.ts';
import { runCommandLine } from '../test/support/command-line.ts';
import { buildRenderer } from './building.ts';
import { projectFolder } from './tools.ts';

const images = join(projectFolder, 'docs', 'images');
const folder = mkdtempSync(join(tmpdir(), 'afterimage-player-pictures-'));
const media = join(folder, 'home', 'Films');
mkdirSync(media, { recursive: true });

const shot = async (page: Page, name: string): Promise<void> => {
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(900);
  const bytes = await page.screenshot({ type: 'jpeg', quality: 82 });
  writeFileSync(join(images, `${name}.jpg`), bytes);
  console.log(`${name}.jpg  ${String(Math.round(bytes.length / 1000))} kB`);
};

await makeDemoFilm(media);
const { ffmpeg } = await programs();
const film = join(media, demoFilmPath);
const memo = join(media, 'voice-memo');
execFileSync(ffmpeg, ['-y', '-loglevel', 'error', '-i', film, '-vn', `${memo}.wav`]);
writeFileSync(`${memo}.srt`, demoSubtitles());
await buildRenderer();
const library = join(folder, 'library');
await runCommandLine(['add', media, '--library', library]);
const host = await startHost(library, join(folder, 'home'));
const browser = await launchBrowser();
const size = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } as const;

/** Opens what answers, and goes to the line that is named. */
async function enter(page: Page, query: string, name: string, line: RegExp): Promise<void> {
  await page.getByRole('textbox').first().fill(query);
  const cell = page.getByRole('option', { name }).first();
  await cell.locator('.cell-entry').waitFor();
  await cell.click();
  await page.getByRole('dialog').getByRole('button', { name: line }).click();
  const media = page.locator('video, audio').first();
  while (await media.evaluate((one: object) => (one as { seeking: boolean }).seeking))
    await page.waitForTimeout(50);
}

try {
  const { page } = await openPage(browser, host.url, { ...size, colorScheme: 'dark' });
  await enter(page, 'grandmother', 'dm-0501.mp4', /My grandmother carried/);
  await page.locator('.timeline').hover({ position: { x: 520, y: 20 } });
  await shot(page, 'player-film');
  await page.keyboard.press('Escape');
  // The pointer over a film of the grid.
  const cell = page.getByRole('option', { name: 'dm-0501.mp4' }).first();
  await cell.hover({ position: { x: 20, y: 60 } });
  await page.waitForTimeout(300);
  await cell.hover({ position: { x: 170, y: 60 } });
  await shot(page, 'film-scrubbed');

  const light = await openPage(browser, host.url, { ...size, colorScheme: 'light' });
  await enter(light.page, 'kettle', 'voice-memo.wav', /The kettle has just/);
  await light.page.locator('canvas.waveform').waitFor();
  await shot(light.page, 'player-sound');
} finally {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
}
