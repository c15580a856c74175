// Runs under Vitest: token ids and text vectors of the parity packs against their references.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Manifest, readManifest } from '../packs/manifest.ts';
import { openTextTower } from './text-tower.ts';
import { loadTextTokens } from './tokenizer.ts';

const shared = resolve(import.meta.dirname, '../..', process.env['AFTERIMAGE_SHARED'] ?? '../shared');
const folders = ['clip-parity', 'siglip-parity'].map((name) => join(shared, 'packs', name));
const present = folders.every((folder) => existsSync(folder));
if (!present) console.log(`skipped: no parity packs in ${shared}`);

const Reference = z.object({
  texts: z.array(z.object({ text: z.string(), ids: z.array(z.int()), embedding: z.array(z.number()) })),
});

describe.skipIf(!present).each(folders)('%s', (folder) => {
  const load = async () => {
    const manifest = Manifest.parse(await readManifest(folder));
    const { texts } = Reference.parse(JSON.parse(await readFile(join(folder, 'reference.json'), 'utf8')));
    // The references are of the texts as they stand.
    return { manifest: { ...manifest, promptTemplates: {} }, texts };
  };

  test('gives every text its reference token ids', async () => {
    const { manifest, texts } = await load();
    const tokens = await loadTextTokens(folder, manifest.text);
    for (const { text, ids } of texts) expect(tokens.encode([text]).ids).toEqual(ids);
    expect(texts).toHaveLength(70);
  });

  test.each([1, 8])('gives every text its reference vector, %i at a time', async (batch) => {
    const { manifest, texts } = await load();
    const tower = await openTextTower({ folder, manifest, threads: 1 });
    for (let at = 0; at < texts.length; at += batch) {
      const part = texts.slice(at, at + batch);
      const vectors = (await tower.encodeTexts?.(part.map(({ text }) => text))) ?? [];
      part.forEach(({ embedding }, i) => {
        const cosine = embedding.reduce((sum, value, d) => sum + value * (vectors[i]?.[d] ?? 0), 0);
        expect(cosine).toBeGreaterThanOrEqual(0.9999);
      });
    }
    await tower.close();
  });
});
