// Runs under Vitest: while one film is watched, its own share is told.
import { createRouterClient } from '@orpc/server';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLibrary } from '../../library/library.ts';
import { makeFilm } from '../fixtures/film.ts';
import { silentLog } from '../support/fixture-library.ts';
import { createFixturePacks } from '../support/fixture-packs.ts';
import { temporaryFolder } from '../support/picture-folder.ts';

test('progress moves within a film, and nothing of it is left at the end', async () => {
  using ours = temporaryFolder();
  using theirs = temporaryFolder();
  await makeFilm(join(theirs.path, 'drawn.mp4'));
  const clock = { nowMs: () => Date.now() };
  const options = { folder: ours.path, holder: 'a test', packs: createFixturePacks(), watch: false };
  const library = await openLibrary({ ...options, log: silentLog, clock });
  try {
    const ask = createRouterClient(library.router);
    await ask.roots.add({ path: theirs.path });
    const shares: number[] = [];
    const stopping = new AbortController();
    const listening = (async () => {
      for await (const { within } of await ask.indexing.progress(undefined, { signal: stopping.signal }))
        shares.push(within);
    })().catch(() => undefined);
    await library.index();
    stopping.abort();
    await listening;
    expect(shares.some((share) => share > 0 && share < 1)).toBe(true);
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
    for await (const { within } of await ask.indexing.progress()) {
      expect(within).toBe(0);
      break;
    }
  } finally {
    await library.close();
  }
});
