// Runs under Vitest: calibrating a real pack on real photos, and what the pack's manifest says afterwards.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { cutAt } from '../library/search/meaning/relevance.ts';
import { curvesOf, Manifest, parseManifest } from '../native-models/packs/manifest.ts';

const shared = resolve(import.meta.dirname, '..', process.env['AFTERIMAGE_SHARED'] ?? '../shared');
const [pack, photos] = [join(shared, 'packs', 'clip-parity'), join(shared, 'photos')];
const present = existsSync(pack) && existsSync(photos);
if (!present) console.log(`skipped: no pack and photos in ${shared}`);

test.skipIf(!present)(
  'a pack has its curves in its manifest, which says nothing else than before',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'afterimage-calibrate-'));
    try {
      cpSync(pack, folder, { recursive: true });
      const before = parseManifest(readFileSync(join(folder, 'manifest.json'), 'utf8'));
      const script = join(import.meta.dirname, 'calibrate.ts');
      const said = execFileSync(process.execPath, [script, folder, photos], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const after = Manifest.parse(parseManifest(readFileSync(join(folder, 'manifest.json'), 'utf8')));
      expect(curvesOf(after)).toEqual(JSON.parse(said.toString()));
      expect(after.relevance?.textToPicture.middle).toBeGreaterThanOrEqual(cutAt(1000) - 0.001);
      expect({ ...after, relevance: undefined }).toEqual({ ...before, relevance: undefined });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  300_000,
);
