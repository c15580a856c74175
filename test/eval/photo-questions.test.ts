// Runs under Vitest: what the built-in pack answers over real photographs, within the bounds that the documents tell.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchPhotos, photosFolder } from '../../hosts/bench/photo-questions.ts';

const photos = photosFolder();
if (photos === null) console.log('skipped: no sample photographs');

test.skipIf(photos === null)(
  'of questions with an answer few are cut off, of those without hardly one is answered',
  async () => {
    const work = mkdtempSync(join(tmpdir(), 'afterimage-photos-'));
    try {
      const rows = await benchPhotos({ work, signal: new AbortController().signal }, photos ?? '');
      expect(rows.map(({ questions }) => questions)).toEqual([245, 234]);
      for (const row of rows) {
        expect.soft(row.nothing).toBeGreaterThanOrEqual(0.95);
        expect.soft(row.nothingTogether).toBeGreaterThanOrEqual(0.95);
        expect.soft(row.nothingOtherwise).toBeGreaterThanOrEqual(0.75);
        expect.soft(row.nothingAbsent).toBeGreaterThanOrEqual(0.95);
        expect.soft(row.cutOff).toBeLessThanOrEqual(0.2);
        expect.soft(row.precision).toBeGreaterThanOrEqual(0.5);
        expect.soft(row.firstRight).toBeGreaterThanOrEqual(0.68);
      }
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  },
  300_000,
);
