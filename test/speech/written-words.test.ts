// Tests of the engine whole: subtitles beside a recording, as they come, change and go, and under another pack.
import { createRouterClient, type RouterClient } from '@orpc/server';
import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PackId } from '../../contract/index.ts';
import { wavOf } from '../../native-models/speech/wav.ts';
import { silentLog } from '../support/fixture-library.ts';
import { createFixturePacks } from '../support/fixture-packs.ts';
import { temporaryFolder } from '../support/picture-folder.ts';
import { noiseOf } from '../support/spoken.ts';
import { type Library, openLibrary } from '../../library/library.ts';
import type { LibraryRouter } from '../../library/router.ts';

let ours: ReturnType<typeof temporaryFolder>;
let theirs: ReturnType<typeof temporaryFolder>;
let library: Library;
let ask: RouterClient<LibraryRouter>;

async function open(watch: boolean): Promise<void> {
  const clock = { nowMs: () => Date.now() };
  const packs = createFixturePacks();
  library = await openLibrary({ folder: ours.path, holder: 'a test', packs, watch, log: silentLog, clock });
  ask = createRouterClient(library.router);
}

const at = (name: string): string => join(theirs.path, name);
const cue = (from: string, until: string, text: string): string =>
  `1\n00:00:${from} --> 00:00:${until}\n${text}\n`;
const said = async (text: string) =>
  (await ask.search.find({ text })).results.map(({ path, moments }) => [basename(path), moments[0]?.startMs]);

beforeEach(() => {
  ours = temporaryFolder();
  theirs = temporaryFolder();
  writeFileSync(at('talk.wav'), wavOf(noiseOf(4)));
});
afterEach(async () => {
  await library.close();
  ours[Symbol.dispose]();
  theirs[Symbol.dispose]();
});

it('finds what subtitles say from when they appear, as they say it now, until they are gone', async () => {
  await open(true);
  await ask.roots.add({ path: theirs.path });
  await expect.poll(async () => (await ask.status()).items, { timeout: 60_000 }).toBe(1);
  expect(await said('"harbour"')).toEqual([]);
  const soon = { timeout: 60_000, interval: 100 };
  writeFileSync(at('talk.srt'), cue('01,500', '02,500', 'Bring the boat to the harbour.'));
  await expect.poll(() => said('"harbour"'), soon).toEqual([['talk.wav', 1_500]]);
  writeFileSync(at('talk.srt'), cue('02,250', '03,000', 'Bring the goat to the meadow, please.'));
  await expect.poll(() => said('"meadow"'), soon).toEqual([['talk.wav', 2_250]]);
  expect(await said('"harbour"')).toEqual([]);
  rmSync(at('talk.srt'));
  await expect.poll(() => said('"meadow"'), soon).toEqual([]);
  expect(await ask.status()).toMatchObject({ items: 1, errors: 0 });
});

it('gives sentences their embeddings by another pack before it takes over', async () => {
  await open(false);
  writeFileSync(at('talk.srt'), cue('01,000', '02,000', 'They inquire about the homeland.'));
  await ask.roots.add({ path: theirs.path });
  await library.index();
  // The pack of concepts has none for sentences: only their words find them.
  expect(await said('ask country')).toEqual([]);
  const packId = PackId.parse('fixture-vectors');
  await ask.packs.use({ packId });
  await library.index();
  expect((await ask.packs.list()).find((pack) => pack.active)?.packId).toBe(packId);
  expect(await said('they ask about the country')).toEqual([['talk.wav', 1_000]]);
});
