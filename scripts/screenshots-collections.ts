// Runs in scripts/screenshots.ts: the pictures of collections, a selection, settings and files with problems.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

export type Shot = (page: Page, name: string) => Promise<void>;

/** Where the pictures lie on this machine is nobody's concern: shown is a folder as a person has it. */
export async function tidyPaths(page: Page, folder: string): Promise<void> {
  // As text: scripts are type-checked where there are no types of a page.
  await page.evaluate(`(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      walker.currentNode.textContent = walker.currentNode.textContent.replaceAll(${JSON.stringify(folder)}, '/home/mira');
    for (const line of document.querySelectorAll('.path-line')) {
      const way = line.title.replace(${JSON.stringify(folder)}, '/home/mira').split('/').filter(Boolean).slice(0, -1);
      const crumbs = [...line.querySelectorAll('.path-way bdi')];
      for (const [at, crumb] of crumbs.entries()) crumb.textContent = way.at(at - crumbs.length) ?? '';
    }
  })()`);
}

/** An album, tags and favourites are made as a person makes them, by pointing. */
export async function shootSelection(page: Page, shot: Shot): Promise<void> {
  const cells = page.locator('.grid [role=option]');
  const select = async (first: number, last: number): Promise<void> => {
    await cells.nth(first).hover();
    await cells.nth(first).locator('.cell-select').click();
    await cells.nth(last).click({ modifiers: ['Shift'] });
  };
  const newAlbum = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'Add to an album' }).click();
    await page.getByRole('menuitem', { name: 'New album…' }).click();
    await page.getByPlaceholder('Name of the album').fill(name);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').getByRole('button', { name }).first().waitFor();
  };
  await select(0, 7);
  await newAlbum('Around the house');
  await page.keyboard.press('Escape');
  await select(8, 11);
  await newAlbum('Summer 2019');
  await page.keyboard.press('f');
  await page.getByRole('button', { name: 'Tags…' }).click();
  for (const tag of ['family', 'to print']) {
    await page.getByPlaceholder('New tag').fill(tag);
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'Tags of the selection' }).getByText(tag).waitFor();
  }
  await page.getByRole('button', { name: 'Done' }).click();
  await page.keyboard.press('Escape');
  await select(1, 4);
  // The sentence of the last edit has gone by then.
  await page.waitForTimeout(9_500);
  await page.mouse.move(640, 400);
  await shot(page, 'selection');
  await page.keyboard.press('Escape');
}

export async function shootSettings(page: Page, shot: Shot, folder: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Settings…' }).click();
  await page.getByRole('tab', { name: 'Storage and health' }).click();
  await page.getByText('in all, in').waitFor();
  await tidyPaths(page, folder);
  await shot(page, 'settings');
  await page.keyboard.press('Escape');
}

/** Two files are broken while the library watches, as they break on a disk. */
export async function shootErrors(page: Page, shot: Shot, pictures: string, folder: string): Promise<void> {
  writeFileSync(join(pictures, 'scan-of-a-letter.png'), '');
  const jpeg = Buffer.from('ffd8ffe000104a46494600010101004800480000', 'hex');
  writeFileSync(join(pictures, 'harbour-at-night.jpg'), jpeg);
  await page.getByRole('button', { name: /files? with (a )?problems?/ }).waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: /files? with (a )?problems?/ }).click();
  await page.getByRole('dialog').getByRole('listitem').nth(1).waitFor();
  await tidyPaths(page, folder);
  await shot(page, 'errors');
  await page.keyboard.press('Escape');
}

/** The side bar in Korean and dark, and over a narrow window. */
export async function shootKoreanAlbum(page: Page, shot: Shot): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Summer 2019' }).first().click();
  await page.getByRole('option').first().waitFor();
  await shot(page, 'korean-album');
}

export async function shootNarrowSide(page: Page, shot: Shot): Promise<void> {
  await page.getByRole('button', { name: 'Side bar' }).click();
  await page.getByRole('navigation').getByText('Albums').waitFor();
  await shot(page, 'narrow-side');
}
