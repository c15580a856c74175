// Runs by hand: pictures of the query language and of folded results in docs/images, taken in Chromium over a host with photos.
// node scripts/screenshots-search.ts PICTURES [NAME…]: a folder with photos, cat.jpg and train.jpg among them, without those named.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser, openPage, startHost } from '../test/support/browser-host.ts';
import { buildRenderer } from './building.ts';
import { projectFolder } from './tools.ts';

const [given, ...leftOut] = process.argv.slice(2);
if (given === undefined) throw new Error('Name a folder with photos.');
const folder = mkdtempSync(join(tmpdir(), 'afterimage-screenshots-'));
const photos = join(folder, 'photos');

const shot = async (page: Page, name: string): Promise<void> => {
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1_200);
  const bytes = await page.screenshot({ type: 'jpeg', quality: 84 });
  writeFileSync(join(projectFolder, 'docs', 'images', `${name}.jpg`), bytes);
  console.log(`${name}  ${Math.round(bytes.length / 1000)} kB`);
};

cpSync(resolve(given), photos, { recursive: true, filter: (path) => !leftOut.includes(basename(path)) });
// The same picture in other bytes, as copies come about: they fold.
for (const name of ['cat (1).jpg', 'cat (2).jpg']) {
  cpSync(join(photos, 'cat.jpg'), join(photos, name));
  appendFileSync(join(photos, name), name);
}
await buildRenderer();
const launcher = join(projectFolder, 'bin', 'afterimage.js');
const library = join(folder, 'library');
spawnSync(process.execPath, [launcher, 'add', photos, '--library', library], { stdio: 'inherit' });
const host = await startHost(library, folder);
const browser = await launchBrowser();
try {
  const ask = async (text: string, options: BrowserContextOptions): Promise<Page> => {
    const { page } = await openPage(browser, host.url, {
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    await page.getByRole('option').first().waitFor();
    await page.getByRole('textbox').first().fill(text);
    await page.keyboard.press('Enter');
    await page.getByRole('listbox', { name: /result|결과/ }).waitFor();
    return page;
  };
  const dark: BrowserContextOptions = { locale: 'ko-KR', colorScheme: 'dark' };

  await shot(await ask('cat', {}), 'folded');
  const english = '2:cat 0.5:animal -dog type:photo after:2000 -is:animated in:photos no:gps sort:newest';
  await shot(await ask(english, {}), 'chips');
  const korean = '2:고양이 0.5:동물 -개 종류:사진 이후:2000 -상태:움직임 폴더:photos 없음:위치 정렬:최신';
  await shot(await ask(korean, dark), 'korean-chips-dark');
  const train = await ask('기차', dark);
  // The file's name answers: its word is lit.
  await train.getByRole('option', { name: /train\.jpg/ }).hover();
  await shot(train, 'korean-lit');
} finally {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
}
